using System.ComponentModel.DataAnnotations;
using Pastiche.Colours;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>A painting and its share of the style.</summary>
/// <param name="Picture">The painting.</param>
/// <param name="Weight">Its share; positive. Shares are divided by their sum.</param>
/// <param name="Name">What the trace calls it, e.g. its file name.</param>
public sealed record StyleSource(Picture Picture, double Weight = 1, string? Name = null)
{
    /// <summary>
    /// Which part of the painting is the style, in the painting's shape at any size: white counts, black does not, grey in part;
    /// <c>null</c>: all of it. Transparent pixels do not count either way.
    /// </summary>
    public Picture? Mask { get; init; }
}

/// <summary>Where the repainting starts.</summary>
public enum InitKind
{
    /// <summary>From the photograph.</summary>
    Content,

    /// <summary>From random noise.</summary>
    Noise,

    /// <summary>From <see cref="StyleTransferRequest.InitPicture"/>.</summary>
    Picture,
}

/// <summary>
/// All that a repainting needs. It is validated once, when <see cref="Stylizer.Run"/> starts, and all problems are reported
/// together.
/// </summary>
public sealed record StyleTransferRequest
{
    /// <summary>The photograph; <c>null</c> only for a <see cref="StylizerSession"/>, which is given its photographs one by one.</summary>
    public required Picture? Content { get; init; }

    /// <summary>
    /// The paintings, at least one; several mix by weight: their Gram matrices (gatys), or the features that each would give
    /// (universal). With <see cref="Regions"/> they are those of what no region covers; there may then be none, and the photograph
    /// stays there.
    /// </summary>
    public required IReadOnlyList<StyleSource> Styles { get; init; }

    /// <summary>Parts of the photograph that get paintings of their own, in any order.</summary>
    public IReadOnlyList<StyleRegion> Regions { get; init; } = [];

    /// <summary>
    /// How strong the style is at each pixel, in the photograph's shape at any size: white leaves the strength
    /// (<see cref="UniversalOptions.Alpha"/> or <see cref="GatysOptions.StyleWeight"/>) as it is, grey multiplies it by the grey's value,
    /// and towards black, below a tenth, the picture fades to the photograph. <c>null</c>: white.
    /// </summary>
    public Picture? Strength { get; init; }

    /// <summary>How to repaint.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Gatys;

    /// <summary>The settings of <see cref="EngineKind.Gatys"/>; another engine does not read them.</summary>
    public GatysOptions Gatys { get; init; } = GatysOptions.Gatys;

    /// <summary>The settings of <see cref="EngineKind.Universal"/>; another engine does not read them.</summary>
    public UniversalOptions Universal { get; init; } = UniversalOptions.Default;

    /// <summary>Long side of the result in pixels; the aspect ratio is the content's.</summary>
    [Range(16, 16384)]
    public int Size { get; init; } = 512;

    /// <summary>Long side to which the paintings are brought, in pixels; <c>null</c>: the same as <see cref="Size"/>.</summary>
    [Range(16, 16384)]
    public int? StyleSize { get; init; }

    /// <summary>Whose colours the result has.</summary>
    public ColourMode Colours { get; init; } = ColourMode.Style;

    /// <summary>Where the optimisation starts, or what the first level of the universal engine works on.</summary>
    public InitKind Init { get; init; } = InitKind.Content;

    /// <summary>The picture to start from when <see cref="Init"/> is <see cref="InitKind.Picture"/>; brought to the result's size.</summary>
    public Picture? InitPicture { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// A model's name (<c>compact</c>, <c>vgg19</c>) or the path of a weights file; <c>null</c>: <c>vgg19</c> where it is stored, else
    /// <c>compact</c>, which is built in; the universal engine takes <c>compact</c>, since it needs decoders; raw features (<see cref="GatysOptions.RawFeatures"/>) are <c>vgg19</c>'s in any case. The
    /// result tells which it was (<see cref="RunRecord.Model"/>).
    /// </summary>
    public string? Model { get; init; }

    /// <summary>
    /// Where <see cref="EngineKind.Gatys"/> keeps what it needs to be continued; a run that finds it there goes on. <c>null</c>: nowhere. A file
    /// is for one picture at a time.
    /// </summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Threads; <c>null</c>: <c>PASTICHE_THREADS</c>, else one for each processor.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }
}
