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
            ("Pictures", [Style, Output, Size, StyleSize, Recursive, SkipExisting]),
            ("Regions", [.. Regions.ForPhotographs]),
            ("Engine", [Engine]),
            ("Look, engine gatys",
                [
                    Preset, Gatys.StyleWeight, Gatys.ContentWeight, Gatys.TotalVariationWeight, Gatys.StyleLayers, Gatys.ContentLayers,
                    Gatys.Pooling, Gatys.Margin, Gatys.RawFeatures,
                ]),
            ("Optimisation, engine gatys", [Gatys.Iterations, Gatys.Optimizer, Gatys.LearningRate, Gatys.History]),
            ("Look, engine universal", [Universal.Alpha, Universal.Levels, Universal.Transform]),
            ("Running", [Init, Seed, Model, Threads, SaveEvery, Trace, Quiet]));
    }

    /// <summary>All that is no option: photographs, folders of them, and whatever should not be there.</summary>
    public Argument<string[]> Content { get; } = new("CONTENT")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "The photograph to repaint. Several, or a folder, are repainted one after the other; of a folder, the files that are named like "
            + "pictures.",
    };

    /// <summary>The paintings.</summary>
    public Option<string[]> Style { get; } = new("--style")
    {
        HelpName = "FILE[:WEIGHT]",
        Description = "A painting. Repeat it to mix several; WEIGHT is its share of the mixture, any positive number (default 1).",
    };

    /// <summary>Which painting goes where.</summary>
    public RegionOptions Regions { get; } = new();

    /// <summary>The file to write.</summary>
    public Option<string?> Output { get; }

    /// <summary>Long side of the result.</summary>
    public NumberOption Size { get; } = CommonOptions.Number("--size", nameof(StyleTransferRequest.Size),
        "Long side of the result in pixels; the shape is the photograph's.", SettingText.Format(Defaults.Size));

    /// <summary>Long side of the paintings.</summary>
    public NumberOption StyleSize { get; } = CommonOptions.StyleSize("as --size");

    /// <summary>How to repaint.</summary>
    public ChoiceOption<EngineKind> Engine { get; } = new("--engine", SettingText.Words<EngineKind>(),
        "gatys: by optimisation (Gatys et al.), which takes longest. universal: by transforming features (Li et al.), any style in a few "
        + $"passes. Default {SettingText.Format(Defaults.Engine)}.");

    /// <summary>The settings of optimisation.</summary>
    public GatysSettings Gatys { get; } = new(SettingText.PresetDefaults);

    /// <summary>The settings of the universal engine.</summary>
    public UniversalSettings Universal { get; } = new(Defaults.Universal);

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

    /// <summary>Seed of all randomness.</summary>
    public NumberOption Seed { get; } = CommonOptions.Seed();

    /// <summary>The network.</summary>
    public Option<string?> Model { get; } = CommonOptions.Model(
        $"{ModelSource.Vgg19.Name} where it is installed, else {ModelStore.BuiltInName}, which is built in and what the universal engine takes; "
        + $"raw features (preset slides) always default to {ModelSource.Vgg19.Name}");

    /// <summary>Threads.</summary>
    public NumberOption Threads { get; } = CommonOptions.Threads();

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
}
