namespace Pastiche.Networks;

/// <summary>Rows of a picture that are worked on at once.</summary>
/// <param name="Top">The first row.</param>
/// <param name="End">The row after the last.</param>
internal readonly record struct Strip(int Top, int End)
{
    /// <summary>Rows.</summary>
    public int Rows => End - Top;

    /// <summary>The strip with what a network must see above and below it.</summary>
    /// <param name="halo">Rows.</param>
    /// <param name="height">Rows of the whole picture.</param>
    public Strip Grow(int halo, int height) => new(Math.Max(Top - halo, 0), Math.Min(End + halo, height));

    /// <summary>The rows that are left of it after poolings.</summary>
    public Strip Halve(int poolings) => new(Top >> poolings, End >> poolings);
}

/// <summary>
/// Cuts large pictures into strips of whole rows, so that memory does not grow with the picture. What a network computes of a row
/// depends on the rows around it as far as its receptive field reaches; with that many rows more a strip comes out as it would
/// within the whole picture.
/// </summary>
internal static class StripPlan
{
    /// <summary>
    /// Pixels of a strip with its halo; a picture that has no more is not cut. Twelve bytes of each are the picture, 128 the two
    /// widest maps of <c>compact</c>.
    /// </summary>
    public const int Pixels = 3_000_000;

    /// <summary>
    /// Rows above and below on which the features at the first tap of a block depend: each 3x3 convolution adds one at its depth.
    /// Whole features; the mirrored decoder depends on as many.
    /// </summary>
    /// <param name="level">The block, from 1.</param>
    public static int HaloOf(int level)
    {
        int unit = UnitOf(level), rows = unit;
        for (int block = 1; block < level; block++)
            rows += Vgg19.ConvolutionsPerBlock[block - 1] * UnitOf(block);
        return (rows + unit - 1) / unit * unit;
    }

    /// <summary>Rows of the picture for one of features.</summary>
    public static int UnitOf(int level) => 1 << (level - 1);

    /// <summary>The most rows of a strip with its halo: at least twice as many are used as are thrown away.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="halo">Rows that are computed above and below each strip.</param>
    /// <param name="pixels">The most pixels of a strip, if it is not to consist of halo.</param>
    public static int MostRows(int width, int halo, int pixels) => Math.Max(pixels / width, 6 * halo);

    /// <summary>Cuts a picture for a level. Strips begin where a row of features does.</summary>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns.</param>
    /// <param name="level">The deepest block that is computed.</param>
    /// <param name="halo">Rows that are computed above and below each strip.</param>
    /// <param name="pixels">The most pixels of a strip, if it is not to consist of halo.</param>
    public static IReadOnlyList<Strip> Cut(int height, int width, int level, int halo, int pixels)
    {
        if (height <= pixels / width)
            return [new Strip(0, height)];
        int most = MostRows(width, halo, pixels) - 2 * halo, unit = UnitOf(level);
        int count = (height + most - 1) / most;
        int[] tops = [.. Enumerable.Range(0, count).Select(i => (int)((long)height * i / count) / unit * unit)];
        return [.. tops.Zip(tops.Skip(1).Append(height), (top, end) => new Strip(top, end)).Where(strip => strip.Rows > 0)];
    }
}
