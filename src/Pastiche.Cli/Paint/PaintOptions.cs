using System.CommandLine;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Models;
using Pastiche.Transforms;

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
        Output = new Option<string?>("--output", "-o")
        {
            HelpName = "OUT",
            Description = $"The repainted photograph. The extension decides the format: {string.Join(' ', writableExtensions)}.",
        };
        Groups =
        [
            ("Pictures", [Style, Output, Size, StyleSize]),
            ("Engine", [Engine]),
            ("Look, engine gatys", [Preset, StyleWeight, ContentWeight, TotalVariationWeight, StyleLayers, ContentLayers, Pooling, Margin, RawFeatures]),
            ("Optimisation, engine gatys", [Iterations, Optimizer, LearningRate, History]),
            ("Look, engine universal", [Alpha, Levels, Transform]),
            ("Running", [Init, Seed, Model, Threads, SaveEvery, Trace, Quiet]),
        ];
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

    /// <summary>Long side of the result.</summary>
    public NumberOption Size { get; } = Request("--size", nameof(StyleTransferRequest.Size),
        "Long side of the result in pixels; the shape is the photograph's.", SettingText.Format(Defaults.Size));

    /// <summary>Long side of the paintings.</summary>
    public NumberOption StyleSize { get; } = Request("--style-size", nameof(StyleTransferRequest.StyleSize),
        "Long side to which the paintings are brought; smaller makes brush strokes finer.", "as --size");

    /// <summary>How to repaint.</summary>
    public ChoiceOption<EngineKind> Engine { get; } = new("--engine", Words<EngineKind>(),
        "gatys: by optimisation (Gatys et al.), which takes longest. universal: by transforming features (Li et al.), any style in a few "
        + $"passes. Default {SettingText.Format(Defaults.Engine)}.");

    /// <summary>Strength of the style.</summary>
    public NumberOption Alpha { get; } = new("--alpha", "X", Bounds.Of<UniversalOptions>(nameof(UniversalOptions.Alpha)),
        $"Strength of the style. Range {Bounds.Of<UniversalOptions>(nameof(UniversalOptions.Alpha))}, default {SettingText.Format(Defaults.Universal.Alpha)}.");

    /// <summary>The levels and their order.</summary>
    public Option<string[]> Levels { get; } = new("--levels")
    {
        HelpName = "LEVEL[:ALPHA],...",
        Description = "Depths at which features are transformed, one after the other: 5 has the largest patterns, 1 the colours; a level "
            + "may have a strength of its own. A level for which a picture is too small (2^LEVEL pixels) is left out. "
            + $"{LevelArgument.Allowed}. Default {string.Join(',', Defaults.Universal.Levels.Select(level => level.Level))}.",
    };

    /// <summary>How features get the style's statistics.</summary>
    public ChoiceOption<TransformKind> Transform { get; } = new("--transform", UniversalOptions.Transforms,
        "wct: whitening and colouring. adain: mean and deviation of each channel, which is weaker. ot: optimal transport, which changes "
        + $"features least. Default {UniversalOptions.Transforms.First(pair => pair.Value == Defaults.Universal.Transform).Key}.");

    /// <summary>The set of defaults.</summary>
    public ChoiceOption<GatysOptions> Preset { get; } = new("--preset", GatysOptions.Presets,
        "Defaults to start from; every other option overrides them. gatys: the paper's layers, features at a common scale, so that "
        + "a weight means the same for every size and network. slides: the classic slide-deck model exactly. Default gatys.");

    /// <summary>Weight of the style losses.</summary>
    public NumberOption StyleWeight { get; } = Gatys("--style-weight", "X", nameof(GatysOptions.StyleWeight),
        "Weight of the paintings' style.");

    /// <summary>Weight of the content losses.</summary>
    public NumberOption ContentWeight { get; } = Gatys("--content-weight", "X", nameof(GatysOptions.ContentWeight),
        "Weight of the photograph's content.");

    /// <summary>Weight of total variation.</summary>
    public NumberOption TotalVariationWeight { get; } = Gatys("--tv-weight", "X", nameof(GatysOptions.TotalVariationWeight),
        "Weight of total variation, which smooths; 0 leaves it out.");

    /// <summary>Taps of the style losses.</summary>
    public Option<string[]> StyleLayers { get; } = new("--style-layers")
    {
        HelpName = "A,B,...",
        Description = "Layers at which style is compared: relu3_1 is after, conv3_1 before the ReLU. "
            + $"Default {SettingText.PresetDefaults(nameof(GatysOptions.StyleLayers))}.",
    };

    /// <summary>Taps of the content losses.</summary>
    public Option<string[]> ContentLayers { get; } = new("--content-layers")
    {
        HelpName = "A,B,...",
        Description = $"Layers at which content is compared. Default {SettingText.PresetDefaults(nameof(GatysOptions.ContentLayers))}.",
    };

    /// <summary>Pooling of the network.</summary>
    public ChoiceOption<PoolingKind> Pooling { get; } = new("--pooling", Words<PoolingKind>(),
        $"Pooling of the network; average gives slightly smoother pictures. Default {SettingText.PresetDefaults(nameof(GatysOptions.Pooling))}.");

    /// <summary>The margin around the picture.</summary>
    public NumberOption Margin { get; } = Gatys("--margin", "N", nameof(GatysOptions.Margin),
        "Pixels of a mirrored margin that is painted too and cut off, so that a network padded with zeros leaves no frame at the border; others get none.");

    /// <summary>Whether features keep the network's own scale.</summary>
    public Option<bool> RawFeatures { get; } = new("--raw-features")
    {
        HelpName = "true|false",
        Description = "Take features as the network gives them instead of at the common scale. "
            + $"Default {SettingText.PresetDefaults(nameof(GatysOptions.RawFeatures))}.",
    };

    /// <summary>Evaluations to spend.</summary>
    public NumberOption Iterations { get; } = Gatys("--iterations", "N", nameof(GatysOptions.Iterations),
        "Evaluations of loss and gradient to spend.");

    /// <summary>The optimizer.</summary>
    public ChoiceOption<OptimizerKind> Optimizer { get; } = new("--optimizer", Words<OptimizerKind>(),
        "lbfgs needs the fewest evaluations, adam the least memory. "
        + $"Default {SettingText.PresetDefaults(nameof(GatysOptions.Optimizer))}.");

    /// <summary>Step size of Adam.</summary>
    public NumberOption LearningRate { get; } = Gatys("--learning-rate", "X", nameof(GatysOptions.LearningRate),
        "Step size of adam; white is 1.");

    /// <summary>Memory of L-BFGS.</summary>
    public NumberOption History { get; } = Gatys("--history", "N", nameof(GatysOptions.History),
        "Steps that lbfgs remembers; each costs two images of memory.");

    /// <summary>Where to start.</summary>
    public Option<string?> Init { get; } = new("--init")
    {
        HelpName = "content|noise|FILE",
        Description = "Start from the photograph, from noise or from another picture (./noise is a file of that name). "
            + $"Default {SettingText.Format(Defaults.Init)}.",
    };

    /// <summary>Seed of all randomness.</summary>
    public NumberOption Seed { get; } = new("--seed", "N", Bounds.Of<StyleTransferRequest>(nameof(StyleTransferRequest.Seed)),
        $"Seed of all randomness, any whole number. Default {Defaults.Seed}.");

    /// <summary>The network.</summary>
    public Option<string?> Model { get; } = new("--model")
    {
        HelpName = "NAME|PATH",
        Description = "The network: a name that 'pastiche models list' shows, or a weights file. "
            + $"Default {ModelSource.Vgg19.Name} where it is installed, else {ModelStore.BuiltInName}, which is built in and what the universal engine takes; "
            + $"raw features (preset slides) always default to {ModelSource.Vgg19.Name}.",
    };

    /// <summary>Threads.</summary>
    public NumberOption Threads { get; } = Request("--threads", nameof(StyleTransferRequest.Threads),
        "Threads to compute with.", "PASTICHE_THREADS, else one for each processor");

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
    public Option<bool> Quiet { get; } = new("--quiet") { Arity = ArgumentArity.Zero, Description = "Print nothing but errors." };

    /// <summary>The options by topic, in the order of the help page.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups { get; }

    /// <summary>The options that only one engine has.</summary>
    public IEnumerable<Option> OfEngine(EngineKind engine) =>
        Groups.Where(group => group.Title.EndsWith($"engine {SettingText.Format(engine)}", StringComparison.Ordinal)).SelectMany(group => group.Options);

    /// <summary>All options.</summary>
    public IEnumerable<Option> All => Groups.SelectMany(group => group.Options);

    private static NumberOption Request(string name, string property, string text, string standard)
    {
        Bounds bounds = Bounds.Of<StyleTransferRequest>(property);
        return new NumberOption(name, "N", bounds, $"{text} Range {bounds}, default {standard}.");
    }

    private static NumberOption Gatys(string name, string helpName, string property, string text)
    {
        Bounds bounds = Bounds.Of<GatysOptions>(property);
        return new NumberOption(name, helpName, bounds, $"{text} Range {bounds}, default {SettingText.PresetDefaults(property)}.");
    }

    private static Dictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(value => SettingText.Format(value));
}
