using System.CommandLine;
using Pastiche.Engines;
using Pastiche.Transforms;

namespace Pastiche.Cli.Options;

/// <summary>The options of the universal engine. Ranges are those of <see cref="UniversalOptions"/>.</summary>
/// <param name="defaults">What holds without them.</param>
internal sealed class UniversalSettings(UniversalOptions defaults)
{
    /// <summary>Strength of the style.</summary>
    public NumberOption Alpha { get; } = new("--alpha", "X", Bounds.Of<UniversalOptions>(nameof(UniversalOptions.Alpha)),
        $"Strength of the style. Range {Bounds.Of<UniversalOptions>(nameof(UniversalOptions.Alpha))}, default {SettingText.Format(defaults.Alpha)}.");

    /// <summary>The levels and their order.</summary>
    public Option<string[]> Levels { get; } = new("--levels")
    {
        HelpName = "LEVEL[:ALPHA],...",
        Description = "Depths at which features are transformed, one after the other: 5 has the largest patterns, 1 the colours; a level "
            + "may have a strength of its own. A level for which a picture is too small (2^LEVEL pixels) is left out. "
            + $"{LevelArgument.Allowed}. Default {string.Join(',', defaults.Levels.Select(level => level.Level))}.",
    };

    /// <summary>How features get the style's statistics.</summary>
    public ChoiceOption<TransformKind> Transform { get; } = new("--transform", UniversalOptions.Transforms,
        "wct: whitening and colouring. adain: mean and deviation of each channel, which is weaker. ot: optimal transport, which changes "
        + $"features least. Default {UniversalOptions.Transforms.First(pair => pair.Value == defaults.Transform).Key}.");

    /// <summary>Reads a command line.</summary>
    public UniversalOptions Read(ArgumentReader read) => defaults with
    {
        Levels = read.Levels(Levels, defaults.Levels),
        Alpha = read.Number(Alpha, defaults.Alpha),
        Transform = read.Choice(Transform, defaults.Transform),
    };
}
