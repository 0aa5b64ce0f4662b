using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Engines;
using Pastiche.Models;

namespace Pastiche.Cli.Paint;

/// <summary>The arguments and options of <c>pastiche paint</c>. Ranges and defaults are those of the options records.</summary>
internal sealed class PaintOptions
{
    /// <summary>A request without pictures: the defaults of what belongs to no preset.</summary>
    public static StyleTransferRequest Defaults { get; } = new() { Content = null!, Styles = [] };

    /// <summary>Describes the options.</summary>
    /// <param name="writableExtensions">The extensions that the output may have.</param>
    public PaintOptions(IReadOnlyList<string> writableExtensions)
    {
        Output = CommonOptions.Output("The repainted photograph.", writableExtensions);
        Groups = new OptionGroups(
            ("Pictures", [Style, Output, Setting("size"), SettingOption.Create("style-size", "as --size")]),
            ("Engine", [Setting("engine")]),
            ("Look, engine gatys",
                [
                    Preset,
                    .. Engines.Gatys(
                        "style-weight", "content-weight", "tv-weight", "style-layers", "content-layers", "pooling", "margin", "raw-features"),
                ]),
            ("Optimisation, engine gatys", [.. Engines.Gatys("iterations", "optimizer", "learning-rate", "history")]),
            ("Look, engine universal", [.. Engines.Universal("alpha", "levels", "transform")]),
            ("Running", [Init, Setting("seed"), Model, Threads, SaveEvery, Trace, Quiet]));
    }

    /// <summary>All that is no option: the photograph, and whatever should not be there.</summary>
    public Argument<string[]> Content { get; } = new("CONTENT")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "The photograph to repaint.",
    };

    /// <summary>The paintings.</summary>
    public Option<string[]> Style { get; } = new("--style")
    {
        HelpName = "FILE[:WEIGHT]",
        Description = "A painting. Repeat it to mix several; WEIGHT is its share of the mixture, any positive number (default 1).",
    };

    /// <summary>The file to write.</summary>
    public Option<string?> Output { get; }

    /// <summary>The set of defaults.</summary>
    public ChoiceOption<GatysOptions> Preset { get; } = new("--preset", GatysOptions.Presets,
        "Defaults to start from; every other option overrides them. gatys: the paper's layers, features at a common scale, so that "
        + "a weight means the same for every size and network. slides: the classic slide-deck model exactly. Default gatys.");

    /// <summary>Where to start.</summary>
    public Option<string?> Init { get; } = new("--init")
    {
        HelpName = "content|noise|FILE",
        Description = "Start from the photograph, from noise or from another picture (./noise is a file of that name). "
            + $"Default {SettingText.Format(Defaults.Init)}.",
    };

    /// <summary>Threads.</summary>
    public NumberOption Threads { get; } = CommonOptions.Threads();

    /// <summary>How often a snapshot is written.</summary>
    public NumberOption SaveEvery { get; } = new("--save-every", "N", Bounds.Of<GatysOptions>(nameof(GatysOptions.Iterations)),
        "Also write the picture so far after every N iterations or levels, beside OUT: out-0010.png, out-0020.png, ...");

    /// <summary>The file for the run's record.</summary>
    public Option<string?> Trace { get; } = new("--trace")
    {
        HelpName = "FILE.json",
        Description = "Write how the picture was made: all settings, every loss, seed, versions, instruction set, the model's hash.",
    };

    /// <summary>Whether to be silent.</summary>
    public Option<bool> Quiet { get; } = CommonOptions.Quiet();

    /// <summary>The options by topic.</summary>
    public OptionGroups Groups { get; }

    private static EngineOptions Engines { get; } = new(GatysOptions.Gatys, Defaults.Universal, GatysOptions.Presets);

    private static Option Model => SettingOption.Create(
        "model",
        $"{ModelSource.Vgg19.Name} where it is installed, else {ModelStore.BuiltInName}, which is built in and what the universal engine takes; "
        + $"raw features (preset slides) always default to {ModelSource.Vgg19.Name}");

    private static Option Setting(string key) =>
        SettingOption.Create(key, SettingTable.Request.First(setting => setting.Key == key).TextIn(Defaults)!);
}
