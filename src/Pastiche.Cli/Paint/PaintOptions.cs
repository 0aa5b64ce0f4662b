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
        Output = CommonOptions.Output("The repainted photograph.", writableExtensions, " With several photographs: a folder, where results have the photographs' names.");
        Groups = new OptionGroups(
            ("Pictures", [Style, Output, Setting("size"), SettingOption.Create("style-size", "as --size"), Recursive, SkipExisting]),
            ("Regions", [.. Regions.ForPhotographs]),
            ("Colours", [Setting("colors")]),
            ("Settings from elsewhere", [Preset, NoPreset, Like]),
            ("Engine", [Setting("engine")]),
            ("Look, engine gatys",
                [
                    .. Engines.Gatys(
                        "style-weight", "style-loss", "content-weight", "tv-weight", "style-layers", "style-layer-weights", "style-falloff", "content-layers", "pooling", "margin", "raw-features"),
                ]),
            ("Optimisation, engine gatys", [.. Engines.Gatys("quality", "iterations", "scales", "optimizer", "learning-rate", "history")]),
            ("Look, engine universal", [.. Engines.Universal("alpha", "levels", "detail", "transform")]),
            ("Running", [Init, Setting("seed"), Model, Threads, .. Checkpoint.All, SaveEvery, .. Records.All, Trace, NoMetadata, Quiet]));
    }

    /// <summary>All that is no option: photographs, folders of them, and whatever should not be there.</summary>
    public Argument<string[]> Content { get; } = new("CONTENT")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "The photograph to repaint. Several, or a folder, are repainted one after the other; of a folder, the files that are named like "
            + "pictures.",
    };

    /// <summary>The paintings.</summary>
    public Option<string[]> Style { get; } = new("--style", "-s")
    {
        HelpName = "FILE[:WEIGHT]",
        Description = "A painting. Repeat it to mix several; WEIGHT is its share of the mixture, any positive number (default 1).",
    };

    /// <summary>Which painting goes where.</summary>
    public RegionOptions Regions { get; } = new();

    /// <summary>The file to write.</summary>
    public Option<string?> Output { get; }

    /// <summary>Settings with a name.</summary>
    public Option<string?> Preset { get; } = new("--preset")
    {
        HelpName = "NAME",
        Description = $"Settings with a name: {string.Join(", ", PresetStore.BuiltIn.Select(preset => preset.Name))}, or one of your own; "
            + "'pastiche preset list' shows them. It wins over --like and over a file of settings beside the painting; every other option wins over it.",
        CompletionSources = { _ => PresetStore.Default.Names.Select(name => new System.CommandLine.Completions.CompletionItem(name)) },
    };

    /// <summary>Whether settings beside a painting are left alone.</summary>
    public Option<bool> NoPreset { get; } = new("--no-preset")
    {
        Arity = ArgumentArity.Zero,
        Description = "Do not read the settings beside the painting (wave.pastiche.json beside wave.jpg; of several paintings the one with the "
            + "largest share, else the first).",
    };

    /// <summary>A result whose settings are repeated.</summary>
    public Option<string?> Like { get; } = new("--like")
    {
        HelpName = "RESULT",
        Description = "Repeat the settings of a picture that pastiche made. Without --style its paintings are looked for by name, beside it and "
            + "in the current folder; masks are not repeated.",
    };

    /// <summary>Whether the result does not tell how it was made.</summary>
    public Option<bool> NoMetadata { get; } = new("--no-metadata")
    {
        Arity = ArgumentArity.Zero,
        Description = "Do not write settings, model, version and the paintings' file names into the result; 'pastiche info' shows them.",
    };

    /// <summary>Where to start.</summary>
    public Option<string?> Init { get; } = new("--init")
    {
        HelpName = "content|noise|FILE",
        Description = "Start from the photograph, from noise or from another picture (./noise is a file of that name). "
            + $"Default {SettingText.Format(Defaults.Init)}.",
    };

    /// <summary>Threads.</summary>
    public NumberOption Threads { get; } = CommonOptions.Threads();

    /// <summary>Where the run keeps what it needs to go on.</summary>
    public CheckpointChoice Checkpoint { get; } = new();

    /// <summary>What is drawn of the run.</summary>
    public RecordChoice Records { get; } = new();

    /// <summary>How often a snapshot is written.</summary>
    public NumberOption SaveEvery { get; } = CommonOptions.SaveEvery();

    /// <summary>The file for the run's record.</summary>
    public Option<string?> Trace { get; } = CommonOptions.Trace(" With several photographs: a folder for such files, photo.jpg.json and so on.");

    /// <summary>Whether folders are searched to the bottom.</summary>
    public Option<bool> Recursive { get; } = new("--recursive")
    {
        Arity = ArgumentArity.Zero,
        Description = "Take the pictures of a folder's subfolders, too; results go to subfolders of the same names.",
    };

    /// <summary>Whether photographs that have a result are left out.</summary>
    public Option<bool> SkipExisting { get; } = new("--skip-existing")
    {
        Arity = ArgumentArity.Zero,
        Description = "Leave out photographs whose result is there already: goes on with what was stopped.",
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
