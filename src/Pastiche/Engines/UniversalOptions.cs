using System.ComponentModel.DataAnnotations;
using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>One pass through the network: encode, transform, decode.</summary>
/// <param name="Level">The depth: features are those of <c>relu{Level}_1</c>. 5 sees the largest patterns, 1 the colours.</param>
/// <param name="Alpha">Strength of the style at this level, by which <see cref="UniversalOptions.Alpha"/> is multiplied.</param>
public sealed record UniversalLevel(
    [property: Range(1, 5)] int Level,
    [property: Range(0.0, 1.0)] double Alpha = 1);

/// <summary>
/// Settings of universal style transfer (Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017, arXiv
/// 1705.08086). Initialisers are the one source of defaults; the attributes are the allowed ranges.
/// </summary>
public sealed record UniversalOptions
{
    // What shallower decoders lose is not worth the time of a second decoding.
    private const int FirstLossy = 4;

    /// <summary>
    /// The levels in their order, each working on what the one before gave. The paper goes from coarse to fine. A level at which the
    /// photograph or a painting has less than two by two features (2^level pixels on the short side) is left out. The deep ones move
    /// what is seen, faces first, and are weaker by default.
    /// </summary>
    [MinLength(1)]
    public IReadOnlyList<UniversalLevel> Levels { get; init; } = [new(5, 0.6), new(4, 0.6), new(3), new(2), new(1)];

    /// <summary>
    /// Strength of the style, of all levels: 0 leaves the features as they are, 1 gives them the style's statistics as far as the
    /// level's own strength goes.
    /// </summary>
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 1;

    /// <summary>
    /// Share of what decoding alone loses that is given back at levels 4 and 5, 0 to 1. With 0 each level gives what it decodes, as
    /// in the paper; but the deep decoders blur, whatever the strength. With 1 it gives the picture it worked on, changed by the
    /// difference between what is decoded of the transformed features and of the features as they were: at strength 0 nothing
    /// is changed at all.
    /// </summary>
    [Range(0.0, 1.0)]
    public double Detail { get; init; } = 1;

    /// <summary>How features get the style's statistics.</summary>
    public TransformKind Transform { get; init; } = TransformKind.WhiteningColouring;

    /// <summary>For photographs.</summary>
    public static UniversalOptions Default { get; } = new();

    /// <summary>For textures: nothing of what was there before, noise at first, is to be left.</summary>
    public static UniversalOptions Texture { get; } = new() { Levels = [new(5), new(4), new(3), new(2), new(1)], Detail = 0 };

    /// <summary>The transforms by the name that users type.</summary>
    public static IReadOnlyDictionary<string, TransformKind> Transforms { get; } = new Dictionary<string, TransformKind>
    {
        ["wct"] = TransformKind.WhiteningColouring,
        ["adain"] = TransformKind.AdaIN,
        ["ot"] = TransformKind.OptimalTransport,
    };

    /// <summary>The share of what decoding loses that is given back at a level.</summary>
    internal double DetailOf(int level) => level >= FirstLossy ? Detail : 0;
}
