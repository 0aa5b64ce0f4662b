using System.Numerics.Tensors;
using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>What has to hold of regions, masks and strength before any work is done. Every problem is one line.</summary>
internal static class RegionValidation
{
    /// <summary>What is missing.</summary>
    public static IEnumerable<string> Missing(IReadOnlyList<StyleSource>? styles, IReadOnlyList<StyleRegion>? regions)
    {
        for (int i = 0; i < regions?.Count; i++)
        {
            if (regions[i]?.Mask is null || regions[i].Styles is null || regions[i].Styles.Any(style => style?.Picture is null))
                yield return $"region '{(regions[i] is { } region ? RegionLayout.NameOf(region, i) : i + 1)}' is missing its mask or a picture";
        }
        if (styles is { Count: 0 } && regions is { Count: 0 })
            yield return "styles is empty; at least one is needed";
    }

    /// <summary>Problems of the values, whatever the photograph.</summary>
    public static IEnumerable<string> Problems(RegionLayout layout)
    {
        for (int i = 0; i < layout.Regions.Count; i++)
        {
            string name = $"region '{RegionLayout.NameOf(layout.Regions[i], i)}'";
            if (layout.Regions[i].Styles.Count == 0)
                yield return $"{name} has no style; at least one is needed";
            foreach (string problem in ValueProblems($"mask of {name}", layout.Regions[i].Mask, mayBeBlack: false))
                yield return problem;
        }
        foreach (string problem in layout.Strength is null ? [] : ValueProblems("strength", layout.Strength, mayBeBlack: true))
            yield return problem;
    }

    /// <summary>Problems of a painting's mask.</summary>
    public static IEnumerable<string> StyleProblems(StyleSource style, string name) => style.Mask is null ? [] :
    [
        .. ValueProblems($"mask of {name}", style.Mask, mayBeBlack: false),
        .. ShapeProblems($"mask of {name}", style.Mask, "the painting", style.Picture.Width, style.Picture.Height),
    ];

    /// <summary>Problems of the masks' shapes with a picture.</summary>
    /// <param name="layout">Valid regions.</param>
    /// <param name="picture">What to call the picture.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public static IEnumerable<string> ShapeProblems(RegionLayout layout, string picture, int width, int height) =>
    [
        .. layout.Regions.SelectMany((region, i) => ShapeProblems($"mask of region '{RegionLayout.NameOf(region, i)}'", region.Mask, picture, width, height)),
        .. layout.Strength is null ? [] : ShapeProblems("strength", layout.Strength, picture, width, height),
    ];

    /// <summary>Regions that are too small for all layers at the size asked for.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="layout">Valid regions.</param>
    /// <param name="width">The picture's width at the size asked for.</param>
    /// <param name="height">Its height.</param>
    /// <param name="styleSize">The length to which the paintings' long sides are brought.</param>
    public static IEnumerable<string> FitProblems(EngineChoice engine, RegionLayout layout, int width, int height, int styleSize)
    {
        IReadOnlyList<StyleDepth> depths = StyleDepth.Of(engine);
        IReadOnlyList<StyleSource> styles = layout.AllStyles;
        if (depths.Count == 0)
            yield break;
        StyleDepth shallowest = depths.MinBy(depth => depth.SmallestArea);
        foreach (StyleSource style in styles.Where(style => style.Mask is not null))
        {
            (int styleWidth, int styleHeight) = Resampling.FitLongSide(style.Picture.Width, style.Picture.Height, styleSize);
            if (TooSmall($"the mask of style '{style.Name}'", Mask.Of(style.Mask!).Resize(styleWidth, styleHeight).Area, shallowest) is { } problem)
                yield return problem;
        }
        foreach (Region region in layout.MapFor(width, height)?.Regions ?? [])
        {
            if (TooSmall(region.Name, region.Area, shallowest) is { } problem)
                yield return problem;
        }
    }

    private static string? TooSmall(string name, double area, StyleDepth shallowest) => area >= shallowest.SmallestArea ? null
        : FormattableString.Invariant(
            $"{name} covers {area:f1} pixels at the size asked for; {shallowest.Name} needs at least {shallowest.SmallestArea}: draw it larger or choose a larger size");

    private static IEnumerable<string> ValueProblems(string name, Picture mask, bool mayBeBlack)
    {
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(mask.Planes)))
            yield return $"{name} has values that are not finite; allowed: 0 to 1";
        else if (!mayBeBlack && Mask.Of(mask).IsEmpty)
            yield return $"{name} is empty: it is black everywhere";
    }

    private static IEnumerable<string> ShapeProblems(string name, Picture mask, string picture, int width, int height)
    {
        if (!Mask.Fits(mask.Width, mask.Height, width, height))
            yield return $"{name} is {mask.Width} x {mask.Height} pixels, {picture} {width} x {height}; allowed: the same shape at any size";
    }
}
