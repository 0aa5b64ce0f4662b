using Pastiche.Imaging;

namespace Pastiche;

/// <summary>A part of the photograph that gets paintings of its own.</summary>
/// <param name="Mask">
/// Where it is, in the photograph's shape at any size: white is in the region, black is not, and grey is in it in part, so that edges
/// may be soft. Where regions overlap, they share the pixel in proportion. <see cref="RegionLabels"/> makes masks of a picture in
/// which each colour is a region.
/// </param>
/// <param name="Styles">The paintings, at least one; several mix by weight.</param>
/// <param name="Name">What messages call it.</param>
public sealed record StyleRegion(Picture Mask, IReadOnlyList<StyleSource> Styles, string? Name = null);
