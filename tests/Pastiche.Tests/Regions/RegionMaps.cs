using Pastiche.Imaging;

namespace Pastiche.Tests.Regions;

/// <summary>Label maps drawn by code.</summary>
internal static class RegionMaps
{
    private static readonly LabelColour[] Colours = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255)];

    /// <summary>Red, green and blue stripes.</summary>
    public static Picture ThreeStripes(int width, int height) => new(width, height,
    [
        .. Enumerable.Range(0, 3 * width * height).Select(i => StripeOf(i % width, width) is var colour && i / (width * height) is 0 ? colour.Red / 255f
            : i / (width * height) is 1 ? colour.Green / 255f : colour.Blue / 255f),
    ]);

    /// <summary>The colour of a column.</summary>
    public static LabelColour StripeOf(int x, int width) => Colours[3 * x / width];
}
