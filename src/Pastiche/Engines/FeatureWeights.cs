using Pastiche.Imaging;

namespace Pastiche.Engines;

/// <summary>How much the pixels of a feature map count in its statistics.</summary>
internal static class FeatureWeights
{
    /// <summary>The mean opacity of the pixels that a feature stands for; poolings drop an odd last row or column.</summary>
    /// <param name="picture">The picture. Where nothing of it is visible, all of it counts.</param>
    /// <param name="halvings">Poolings between the picture and the features.</param>
    /// <param name="margin">Pixels that the network sees around the picture and that do not count, a multiple of 2^halvings.</param>
    /// <returns>
    /// <c>[(height + 2 margin) >> halvings, (width + 2 margin) >> halvings]</c>, 0 to 1; <c>null</c> when all count.
    /// </returns>
    public static float[]? Of(Picture picture, int halvings, int margin = 0)
    {
        float[]? alpha = picture.Alpha is { } opacity && opacity.Any(value => value < 1) ? picture.Alpha : null;
        if (alpha is null && margin == 0)
            return null;
        float[]? weights = Compute(picture, alpha, halvings, margin);
        return weights ?? (margin == 0 ? null : Compute(picture, null, halvings, margin));
    }

    // null when nothing counts.
    private static float[]? Compute(Picture picture, float[]? alpha, int halvings, int margin)
    {
        int height = (picture.Height + 2 * margin) >> halvings, width = (picture.Width + 2 * margin) >> halvings;
        int offset = margin >> halvings, rows = picture.Height >> halvings, columns = picture.Width >> halvings;
        var weights = new float[height * width];
        bool counts = false;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                float weight = alpha is null ? 1 : MeanOf(alpha, picture.Width, y << halvings, x << halvings, 1 << halvings);
                weights[(y + offset) * width + x + offset] = weight;
                counts |= weight > 0;
            }
        }
        return counts ? weights : null;
    }

    private static float MeanOf(float[] alpha, int width, int top, int left, int side)
    {
        float sum = 0;
        for (int row = top; row < top + side; row++)
        {
            foreach (float opacity in alpha.AsSpan(row * width + left, side))
                sum += Math.Clamp(opacity, 0, 1);
        }
        return sum / (side * side);
    }
}
