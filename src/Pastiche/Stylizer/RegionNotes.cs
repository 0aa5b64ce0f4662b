using Pastiche.Engines;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>What the user should know of how regions and parts of paintings were treated, one line each.</summary>
internal static class RegionNotes
{
    /// <summary>All that is worth a line.</summary>
    /// <param name="engine">The engine and its settings.</param>
    /// <param name="map">What was painted where; <c>null</c>: all paintings everywhere.</param>
    /// <param name="styles">The paintings at the size at which they are read.</param>
    public static IReadOnlyList<string> Of(EngineChoice engine, RegionMap? map, IReadOnlyList<WeightedStyle> styles)
    {
        IReadOnlyList<StyleDepth> depths = StyleDepth.Of(engine);
        List<string> notes = [];
        if (map is { HasRegions: true, Uncovered: > 0 })
            notes.Add(Uncovered(map));
        foreach (Region region in map?.Regions ?? [])
            notes.AddRange(LeftOut(depths, region.Name, region.Area));
        for (int i = 0; i < styles.Count; i++)
        {
            // A picture that is too small as a whole is told of elsewhere.
            if (styles[i].Picture.Alpha is not null)
                notes.AddRange(LeftOut(depths, $"what counts of {styles[i].Name}", FeatureWeights.VisibleArea(styles[i].Picture)));
        }
        return notes;
    }

    private static string Uncovered(RegionMap map) => FormattableString.Invariant(
        $"{map.Uncovered} of {(long)map.Width * map.Height} pixels ({100.0 * map.Uncovered / ((long)map.Width * map.Height):f1} %) are in no region; ")
        + (map.IsRestPainted ? "they get the paintings that belong to none" : "they keep the photograph");

    private static IEnumerable<string> LeftOut(IReadOnlyList<StyleDepth> depths, string name, double area)
    {
        StyleDepth[] tooDeep = [.. depths.Where(depth => area < depth.SmallestArea)];
        if (tooDeep.Length > 0)
        {
            yield return FormattableString.Invariant(
                $"{name} has {area:f0} pixels, too few for {string.Join(", ", tooDeep.Select(depth => depth.Name))}: left out there");
        }
    }
}
