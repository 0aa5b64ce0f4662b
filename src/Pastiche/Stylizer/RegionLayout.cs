using Pastiche.Regions;

namespace Pastiche;

/// <summary>What of a request says which paintings go where.</summary>
/// <param name="Styles">The paintings of what no region covers.</param>
/// <param name="Regions">The regions.</param>
/// <param name="Strength">How strong the style is at each pixel; <c>null</c>: as the settings say.</param>
internal sealed record RegionLayout(IReadOnlyList<StyleSource> Styles, IReadOnlyList<StyleRegion> Regions, Imaging.Picture? Strength = null)
{
    /// <summary>That of a repainting.</summary>
    public static RegionLayout Of(StyleTransferRequest request) => new(request.Styles, request.Regions, request.Strength);

    /// <summary>That of a texture.</summary>
    public static RegionLayout Of(TextureRequest request) => new(request.Styles, request.Regions);

    /// <summary>All paintings, those of the regions last, with names that tell whose they are.</summary>
    public IReadOnlyList<StyleSource> AllStyles =>
    [
        .. Styles,
        .. Regions.SelectMany((region, number) => region.Styles.Select((style, index) =>
            style with { Name = style.Name ?? $"{index + 1} of region {NameOf(region, number)}" })),
    ];

    /// <summary>What messages call a region.</summary>
    public static string NameOf(StyleRegion region, int index) => region.Name ?? $"{index + 1}";

    /// <summary>Brings the masks to a picture's size; <c>null</c> when there are neither regions nor a strength.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public RegionMap? MapFor(int width, int height)
    {
        if (Regions.Count == 0 && Strength is null)
            return null;
        var regions = new List<Region>();
        int first = Styles.Count;
        for (int i = 0; i < Regions.Count; i++)
        {
            regions.Add(new Region(
                $"region '{NameOf(Regions[i], i)}'", Mask.Of(Regions[i].Mask).Resize(width, height).Shares,
                [.. Enumerable.Range(first, Regions[i].Styles.Count)]));
            first += Regions[i].Styles.Count;
        }
        float[]? strength = Strength is null ? null : Mask.Of(Strength).Resize(width, height).Shares;
        return RegionMap.Divide(height, width, regions, [.. Enumerable.Range(0, Styles.Count)], strength);
    }
}
