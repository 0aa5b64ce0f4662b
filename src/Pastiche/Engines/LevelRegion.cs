using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche.Engines;

/// <summary>A part of a picture that has a transform of its own at a level.</summary>
/// <param name="Weights">
/// How much features count in its statistics, <c>[rows, columns]</c> of the picture without its margin; <c>null</c>: all alike.
/// </param>
/// <param name="Shares">
/// How much of each feature is transformed, <c>[rows, columns]</c> with the margin; <c>null</c>: all of all, which takes that there is
/// no other region.
/// </param>
/// <param name="Styles">The numbers of its paintings.</param>
internal sealed record LevelRegion(float[]? Weights, float[]? Shares, IReadOnlyList<int> Styles)
{
    /// <summary>All of a picture as one.</summary>
    public static LevelRegion Whole(Picture content, int level, IReadOnlyList<int> styles) =>
        new(FeatureWeights.Of(content, level - 1), null, styles);

    /// <summary>A region.</summary>
    /// <param name="content">The photograph.</param>
    /// <param name="canvas">Its size and the margin that is painted with it.</param>
    /// <param name="level">The level.</param>
    /// <param name="region">The region.</param>
    /// <param name="map">The map that it belongs to.</param>
    public static LevelRegion Of(Picture content, Canvas canvas, int level, Region region, RegionMap map) => new(
        FeatureWeights.Of(content, level - 1, region.Shares),
        MaskPyramid.Reduce(canvas.Enlarge(map.Painted(region)), canvas.Height, canvas.Width, level - 1),
        region.Styles);
}
