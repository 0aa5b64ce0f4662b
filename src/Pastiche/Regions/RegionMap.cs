using System.Numerics.Tensors;

namespace Pastiche.Regions;

/// <summary>A part of a picture that gets paintings of its own.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Shares">How much of each pixel belongs to it, <c>[height, width]</c>, 0 to 1.</param>
/// <param name="Styles">The paintings by their numbers in the request's list of all; at least one.</param>
internal sealed record Region(string Name, float[] Shares, IReadOnlyList<int> Styles)
{
    /// <summary>The region's area in pixels.</summary>
    public double Area { get; } = Shares.Sum(share => (double)share);
}

/// <summary>
/// What is painted where: at each pixel the regions' shares sum to 1 at most; what is left of it keeps the photograph.
/// </summary>
internal sealed class RegionMap
{
    // Shares of pixels are whole 255ths and means of such: sums this near to 1 differ from it by rounding.
    private const float NearlyAll = 0.9999f;

    // Below this strength a pixel fades to the photograph itself: without any style an engine would still give its reconstruction,
    // which is less.
    private const float FadingStrength = 0.1f;

    private RegionMap(int height, int width, IReadOnlyList<Region> regions, float[]? strength, float[]? cover) =>
        (Height, Width, Regions, Strength, Cover) = (height, width, regions, strength, cover);

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The regions in an order that does not depend on the one in which they were given.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>What the strength of the style is multiplied with, <c>[Height, Width]</c>; <c>null</c>: 1 everywhere.</summary>
    public float[]? Strength { get; }

    /// <summary>How much of each pixel is painted, <c>[Height, Width]</c>; <c>null</c>: all of it everywhere.</summary>
    public float[]? Cover { get; }

    /// <summary>The area that no region covers, in whole pixels.</summary>
    public long Uncovered { get; private init; }

    /// <summary>Whether there are regions, and not a strength alone.</summary>
    public bool HasRegions { get; private init; }

    /// <summary>Whether that area has paintings, too.</summary>
    public bool IsRestPainted { get; private init; }

    /// <summary>Whether it says no more than that all of the picture is painted alike.</summary>
    public bool IsPlain => Strength is null && Cover is null && Regions.Count == 1;

    /// <summary>How much of each pixel is painted after a region's paintings: its shares times the strength, <c>[Height, Width]</c>.</summary>
    public float[] Painted(Region region)
    {
        if (Strength is null)
            return region.Shares;
        var painted = new float[Strength.Length];
        TensorPrimitives.Multiply(region.Shares, Strength, painted);
        return painted;
    }

    /// <summary>Divides a picture among regions.</summary>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="regions">
    /// The regions with shares as they were drawn, <c>[height, width]</c>. Where they overlap, they are divided by their sum.
    /// </param>
    /// <param name="rest">The paintings of what no region covers; empty: it is not painted.</param>
    /// <param name="strength">What the strength of the style is multiplied with, 0 to 1; <c>null</c>: 1 everywhere.</param>
    public static RegionMap Divide(int height, int width, IReadOnlyList<Region> regions, IReadOnlyList<int> rest, float[]? strength = null)
    {
        // Sums of floats depend on their order.
        Region[] sorted = [.. regions];
        Array.Sort(sorted, (a, b) => a.Shares.AsSpan().SequenceCompareTo(b.Shares));
        var sum = new float[height * width];
        foreach (Region region in sorted)
            TensorPrimitives.Add(sum, region.Shares, sum);
        List<Region> divided = [.. sorted.Select(region => new Region(
            region.Name, [.. region.Shares.Zip(sum, (share, all) => all > NearlyAll ? share / all : share)], region.Styles))];

        float[]? left = sum.Any(all => all <= NearlyAll) ? [.. sum.Select(all => all > NearlyAll ? 0 : 1 - all)] : null;
        var uncovered = (long)Math.Round(left?.Sum(share => (double)share) ?? 0);
        if (left is not null && rest.Count > 0)
        {
            divided.Add(new Region("the rest", left, rest));
            left = null;
        }
        if (strength is not null && strength.All(value => value >= 1))
            strength = null;
        return new RegionMap(height, width, divided, strength, CoverOf(left, strength)) { Uncovered = uncovered, IsRestPainted = rest.Count > 0, HasRegions = regions.Count > 0 };
    }

    /// <summary>Lays the photograph over what is not painted.</summary>
    /// <param name="painted">The painted picture <c>[3, Height, Width]</c>, which is changed.</param>
    /// <param name="photograph">The photograph <c>[3, Height, Width]</c>.</param>
    public void Composite(Span<float> painted, ReadOnlySpan<float> photograph)
    {
        if (Cover is null)
            return;
        for (int i = 0; i < painted.Length; i++)
        {
            float cover = Cover[i % Cover.Length];
            painted[i] = cover >= 1 ? painted[i] : photograph[i] + cover * (painted[i] - photograph[i]);
        }
    }

    private static float[]? CoverOf(float[]? left, float[]? strength)
    {
        if (left is null && strength is null)
            return null;
        float[] cover = left is null ? [.. strength!.Select(Fade)] : [.. left.Select((share, i) => (1 - share) * (strength is null ? 1 : Fade(strength[i])))];
        return cover.All(value => value >= 1) ? null : cover;
    }

    private static float Fade(float strength) => Math.Min(strength / FadingStrength, 1);
}
