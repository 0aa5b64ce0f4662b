using System.CommandLine;
using Pastiche.Compute;
using Pastiche.Engines;

namespace Pastiche.Cli.Options;

/// <summary>
/// The options of optimisation. Ranges are those of <see cref="GatysOptions"/>. A command may offer some of them only; the others
/// keep their defaults.
/// </summary>
/// <param name="defaultOf">The default of a property of the record in words.</param>
internal sealed class GatysSettings(Func<string, string> defaultOf)
{
    /// <summary>Weight of the style losses.</summary>
    public NumberOption StyleWeight { get; } = Number(defaultOf, "--style-weight", "X", nameof(GatysOptions.StyleWeight),
        "Weight of the paintings' style.");

    /// <summary>Weight of the content losses.</summary>
    public NumberOption ContentWeight { get; } = Number(defaultOf, "--content-weight", "X", nameof(GatysOptions.ContentWeight),
        "Weight of the photograph's content.");

    /// <summary>Weight of total variation.</summary>
    public NumberOption TotalVariationWeight { get; } = Number(defaultOf, "--tv-weight", "X", nameof(GatysOptions.TotalVariationWeight),
        "Weight of total variation, which smooths; 0 leaves it out.");

    /// <summary>Taps of the style losses.</summary>
    public Option<string[]> StyleLayers { get; } = new("--style-layers")
    {
        HelpName = "A,B,...",
        Description = "Layers at which style is compared: relu3_1 is after, conv3_1 before the ReLU. "
            + $"Default {defaultOf(nameof(GatysOptions.StyleLayers))}.",
    };

    /// <summary>Taps of the content losses.</summary>
    public Option<string[]> ContentLayers { get; } = new("--content-layers")
    {
        HelpName = "A,B,...",
        Description = $"Layers at which content is compared. Default {defaultOf(nameof(GatysOptions.ContentLayers))}.",
    };

    /// <summary>Pooling of the network.</summary>
    public ChoiceOption<PoolingKind> Pooling { get; } = new("--pooling", SettingText.Words<PoolingKind>(),
        $"Pooling of the network; average gives slightly smoother pictures. Default {defaultOf(nameof(GatysOptions.Pooling))}.");

    /// <summary>The margin around the picture.</summary>
    public NumberOption Margin { get; } = Number(defaultOf, "--margin", "N", nameof(GatysOptions.Margin),
        "Pixels of a mirrored margin that is painted too and cut off, so that a network padded with zeros leaves no frame at the border; others get none.");

    /// <summary>Whether features keep the network's own scale.</summary>
    public Option<bool> RawFeatures { get; } = new("--raw-features")
    {
        HelpName = "true|false",
        Description = "Take features as the network gives them instead of at the common scale. "
            + $"Default {defaultOf(nameof(GatysOptions.RawFeatures))}.",
    };

    /// <summary>Evaluations to spend.</summary>
    public NumberOption Iterations { get; } = Number(defaultOf, "--iterations", "N", nameof(GatysOptions.Iterations),
        "Evaluations of loss and gradient to spend.");

    /// <summary>The optimizer.</summary>
    public ChoiceOption<OptimizerKind> Optimizer { get; } = new("--optimizer", SettingText.Words<OptimizerKind>(),
        $"lbfgs needs the fewest evaluations, adam the least memory. Default {defaultOf(nameof(GatysOptions.Optimizer))}.");

    /// <summary>Step size of Adam.</summary>
    public NumberOption LearningRate { get; } = Number(defaultOf, "--learning-rate", "X", nameof(GatysOptions.LearningRate),
        "Step size of adam; white is 1.");

    /// <summary>Memory of L-BFGS.</summary>
    public NumberOption History { get; } = Number(defaultOf, "--history", "N", nameof(GatysOptions.History),
        "Steps that lbfgs remembers; each costs two images of memory.");

    /// <summary>Reads a command line.</summary>
    /// <param name="read">Its values.</param>
    /// <param name="preset">What holds where it says nothing.</param>
    public GatysOptions Read(ArgumentReader read, GatysOptions preset) => preset with
    {
        StyleWeight = read.Number(StyleWeight, preset.StyleWeight),
        ContentWeight = read.Number(ContentWeight, preset.ContentWeight),
        TotalVariationWeight = read.Number(TotalVariationWeight, preset.TotalVariationWeight),
        StyleLayers = read.Names(StyleLayers, preset.StyleLayers),
        ContentLayers = read.Names(ContentLayers, preset.ContentLayers),
        Pooling = read.Choice(Pooling, preset.Pooling),
        Margin = read.Whole(Margin, preset.Margin),
        RawFeatures = read.Flag(RawFeatures, preset.RawFeatures),
        Iterations = read.Whole(Iterations, preset.Iterations),
        Optimizer = read.Choice(Optimizer, preset.Optimizer),
        LearningRate = read.Number(LearningRate, preset.LearningRate),
        History = read.Whole(History, preset.History),
    };

    private static NumberOption Number(Func<string, string> defaultOf, string name, string helpName, string property, string text)
    {
        Bounds bounds = Bounds.Of<GatysOptions>(property);
        return new NumberOption(name, helpName, bounds, $"{text} Range {bounds}, default {defaultOf(property)}.");
    }
}
