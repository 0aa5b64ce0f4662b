using Pastiche.Imaging;

namespace Pastiche.Engines;

/// <summary>How much the pixels of a feature map count in its statistics.</summary>
internal static class FeatureWeights
{
    /// <summary>
    /// The mean opacity of the pixels that a feature stands for; poolings drop an odd last row or column.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="halvings">Poolings between the picture and the features.</param>
    /// <returns><c>[height >> halvings, width >> halvings]</c>, 0 to 1; <c>null</c> when all count, as they do where nothing is visible.</returns>
    public static float[]? Of(Picture picture, int halvings)
    {
        if (picture.Alpha is not { } alpha || alpha.All(opacity => opacity >= 1))
            return null;
        int height = picture.Height >> halvings, width = picture.Width >> halvings, side = 1 << halvings;
        var weights = new float[height * width];
        for (int i = 0; i < weights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            float sum = 0;
            for (int row = 0; row < side; row++)
            {
                foreach (float opacity in alpha.AsSpan((y * side + row) * picture.Width + x * side, side))
                    sum += Math.Clamp(opacity, 0, 1);
            }
            weights[i] = sum / (side * side);
        }
        return weights.Any(weight => weight > 0) ? weights : null;
    }
}
