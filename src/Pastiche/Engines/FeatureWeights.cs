using Pastiche.Imaging;

namespace Pastiche.Engines;

/// <summary>How much the pixels of a feature map count in its statistics.</summary>
internal static class FeatureWeights
{
    /// <summary>The mean opacity of the pixels that a feature stands for; poolings drop an odd last row or column.</summary>
    /// <param name="picture">The picture. Where nothing of it is visible, all of it counts.</param>
    /// <param name="halvings">Poolings between the picture and the features.</param>
    /// <returns><c>[height >> halvings, width >> halvings]</c>, 0 to 1; <c>null</c> when all count.</returns>
    public static float[]? Of(Picture picture, int halvings)
    {
        if (picture.Alpha is not { } alpha || alpha.All(value => value >= 1))
            return null;
        int rows = picture.Height >> halvings, columns = picture.Width >> halvings;
        var weights = new float[rows * columns];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = MeanOf(alpha, picture.Width, i / columns << halvings, i % columns << halvings, 1 << halvings);
        return weights.Any(weight => weight > 0) ? weights : null;
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
