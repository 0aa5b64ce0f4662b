using Pastiche.Imaging;

namespace Pastiche.Tests.Regions;

/// <summary>Masks drawn by code.</summary>
internal static class MaskPictures
{
    /// <summary>A disc in the middle with an edge of one pixel, <c>[height, width]</c>.</summary>
    public static float[] Disc(int width, int height) => Draw(width, height, (x, y) =>
        0.4 * Math.Min(width, height) - double.Hypot(x - 0.5 * width, y - 0.5 * height) + 0.5);

    /// <summary>What is left of a column, with an edge of some pixels.</summary>
    public static float[] Left(int width, int height, double column, double softness = 1) => Draw(width, height, (x, _) => (column - x) / softness + 0.5);

    /// <summary>The other pixels.</summary>
    public static float[] Not(float[] shares) => [.. shares.Select(share => 1 - share)];

    /// <summary>A grey picture.</summary>
    public static Picture Grey(int width, int height, float[] shares) => new(width, height, [.. shares, .. shares, .. shares]);

    /// <summary>A grey picture of one value.</summary>
    public static Picture Grey(int width, int height, float value) => Grey(width, height, [.. Enumerable.Repeat(value, width * height)]);

    private static float[] Draw(int width, int height, Func<double, double, double> share) =>
        [.. Enumerable.Range(0, width * height).Select(i => (float)Math.Clamp(share(i % width + 0.5, i / width + 0.5), 0, 1))];
}
