using System.ComponentModel.DataAnnotations;
using Pastiche.Engines;

namespace Pastiche;

/// <summary>
/// All that a new texture needs: a picture of any size that has the looks of one or more paintings and nothing of what they
/// show. It is validated once, when <see cref="TextureSynthesizer.Run"/> starts, and all problems are reported together.
/// </summary>
public sealed record TextureRequest
{
    /// <summary>
    /// The paintings, at least one; several mix by weight: the features that each would give (universal), or their Gram matrices
    /// (gatys). With <see cref="Regions"/> they are those of what no region covers; there may be none if regions cover all.
    /// </summary>
    public required IReadOnlyList<StyleSource> Styles { get; init; }

    /// <summary>Parts of the texture that get paintings of their own, in any order; masks have the texture's shape.</summary>
    public IReadOnlyList<StyleRegion> Regions { get; init; } = [];

    /// <summary>Width of the texture in pixels.</summary>
    [Range(16, 16384)]
    public int Width { get; init; } = 512;

    /// <summary>Height of the texture in pixels.</summary>
    [Range(16, 16384)]
    public int Height { get; init; } = 512;

    /// <summary>Long side to which the paintings are brought, in pixels; <c>null</c>: the same as the texture's long side.</summary>
    [Range(16, 16384)]
    public int? StyleSize { get; init; }

    /// <summary>
    /// Whether the texture tiles: copies side by side show no seam. Both sides must then hold whole features of the deepest level or
    /// layer that takes part: they are multiples of 16 pixels for level 5 and <c>relu5_1</c>, of 8 for level 4, and so on.
    /// </summary>
    public bool IsSeamless { get; init; }

    /// <summary>How to make it.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Universal;

    /// <summary>The settings of <see cref="EngineKind.Universal"/>; another engine does not read them.</summary>
    public UniversalOptions Universal { get; init; } = UniversalOptions.Texture;

    /// <summary>
    /// How often <see cref="EngineKind.Universal"/> goes through all levels: from noise, one time is not enough.
    /// </summary>
    [Range(1, 100)]
    public int Passes { get; init; } = 3;

    /// <summary>
    /// The settings of <see cref="EngineKind.Gatys"/>; another engine does not read them. There is no content, and what is said of it
    /// does not count.
    /// </summary>
    public GatysOptions Gatys { get; init; } = GatysOptions.Texture;

    /// <summary>Seed of the noise from which the texture grows.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// A model's name or the path of a weights file; <c>null</c>: as for a repainting (<see cref="StyleTransferRequest.Model"/>).
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
