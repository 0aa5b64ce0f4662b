using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Engines;
using Pastiche.Models;

namespace Pastiche.Cli.Texture;

/// <summary>The arguments and options of <c>pastiche texture</c>. Ranges and defaults are those of the options records.</summary>
internal sealed class TextureOptions
{
    /// <summary>A request without pictures: the defaults.</summary>
    public static TextureRequest Defaults { get; } = new() { Styles = [] };

    /// <summary>What a side of the texture may be.</summary>
    public static Bounds Sides { get; } = Bounds.Of<TextureRequest>(nameof(TextureRequest.Width));

    /// <summary>Describes the options.</summary>
    /// <param name="writableExtensions">The extensions that the output may have.</param>
    public TextureOptions(IReadOnlyList<string> writableExtensions)
    {
        Output = CommonOptions.Output("The texture.", writableExtensions);
        Groups = new OptionGroups(
            ("Pictures", [Output, Size, SettingOption.Create("style-size", "as the long side of --size"), Seamless]),
            ("Regions", [.. Regions.ForTextures]),
            ("Engine", [Engine]),
            ("Look, engine universal", [Passes, .. Engines.Universal("alpha", "levels", "detail", "transform")]),
            ("Look, engine gatys", [.. Engines.Gatys("style-loss", "tv-weight", "style-layers", "style-layer-weights", "style-falloff", "pooling")]),
            ("Optimisation, engine gatys", [.. Engines.Gatys("quality", "iterations", "scales", "optimizer", "learning-rate", "history")]),
            ("Running", [SettingOption.Create("seed", SettingText.Format(Defaults.Seed)), Model, Threads, .. Checkpoint.All, SaveEvery, .. Records.All, Trace, Quiet]));
    }

    /// <summary>All that is no option: the paintings.</summary>
    public Argument<string[]> Styles { get; } = new("STYLE[:WEIGHT]")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "A painting. Several are mixed; WEIGHT is a painting's share of the mixture, any positive number (default 1).",
    };

    /// <summary>Which painting goes where.</summary>
    public RegionOptions Regions { get; } = new();

    /// <summary>The file to write.</summary>
    public Option<string?> Output { get; }

    /// <summary>The texture's size.</summary>
    public Option<string?> Size { get; } = new("--size")
    {
        HelpName = "WxH",
        Description = $"Width and height of the texture in pixels; one number makes a square. Range {Sides}, default {Defaults.Width}x{Defaults.Height}.",
    };

    /// <summary>Whether the texture tiles.</summary>
    public Option<bool> Seamless { get; } = new("--seamless")
    {
        Arity = ArgumentArity.Zero,
        Description = "Make a texture that tiles: copies side by side show no seam. Its sides must then be multiples of 16 "
            + "(of 8 without level 5 or relu5_1, and so on).",
    };

    /// <summary>How often to go through the levels.</summary>
    public NumberOption Passes { get; } = new("--passes", "N", Bounds.Of<TextureRequest>(nameof(TextureRequest.Passes)),
        $"How often to go through all levels. Range {Bounds.Of<TextureRequest>(nameof(TextureRequest.Passes))}, default {Defaults.Passes}.");

    /// <summary>Threads.</summary>
    public NumberOption Threads { get; } = CommonOptions.Threads();

    /// <summary>Where the run keeps what it needs to go on.</summary>
    public CheckpointChoice Checkpoint { get; } = new();

    /// <summary>What is drawn of the run.</summary>
    public RecordChoice Records { get; } = new();

    /// <summary>How often a snapshot is written.</summary>
    public NumberOption SaveEvery { get; } = CommonOptions.SaveEvery();

    /// <summary>The file for the run's record.</summary>
    public Option<string?> Trace { get; } = CommonOptions.Trace();

    /// <summary>Whether to be silent.</summary>
    public Option<bool> Quiet { get; } = CommonOptions.Quiet();

    /// <summary>The options by topic.</summary>
    public OptionGroups Groups { get; }

    private static EngineOptions Engines { get; } = new(Defaults.Gatys, Defaults.Universal);

    private static Option Engine => SettingOption.Create(
        "engine",
        SettingText.Format(Defaults.Engine),
        "universal: noise takes on the paintings' features, pass after pass (Li et al.), in seconds. gatys: by optimisation of Gram matrices "
        + "(Gatys et al.), which takes longest.");

    private static Option Model => SettingOption.Create(
        "model",
        $"{ModelStore.BuiltInName}, which is built in, for engine universal; for gatys {ModelSource.Vgg19.Name} where it is installed, else {ModelStore.BuiltInName}");
}
