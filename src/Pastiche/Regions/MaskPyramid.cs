namespace Pastiche.Regions;

/// <summary>
/// Shares at the resolutions of a network's layers (Gatys et al., "Controlling Perceptual Factors in Neural Style Transfer", CVPR
/// 2017, arXiv 1611.07865): a feature has the mean share of the pixels that it stands for.
/// </summary>
internal static class MaskPyramid
{
    /// <summary>Brings shares to the resolution after poolings, which drop an odd last row or column.</summary>
    /// <param name="shares"><c>[height, width]</c>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="halvings">Poolings.</param>
    /// <returns><c>[height >> halvings, width >> halvings]</c>; the same array without poolings.</returns>
    public static float[] Reduce(float[] shares, int height, int width, int halvings)
    {
        if (halvings == 0)
            return shares;
        int rows = height >> halvings, columns = width >> halvings;
        var result = new float[rows * columns];
        for (int i = 0; i < result.Length; i++)
            result[i] = MeanOf(shares, width, i / columns << halvings, i % columns << halvings, 1 << halvings);
        return result;
    }

    private static float MeanOf(float[] shares, int width, int top, int left, int side)
    {
        float sum = 0;
        for (int row = top; row < top + side; row++)
        {
            foreach (float share in shares.AsSpan(row * width + left, side))
                sum += share;
        }
        return sum / (side * side);
    }
}
