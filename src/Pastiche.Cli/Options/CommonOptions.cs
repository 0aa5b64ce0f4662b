using System.CommandLine;

namespace Pastiche.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The file to write.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="extensions">The extensions that it may have.</param>
    public static Option<string?> Output(string what, IReadOnlyList<string> extensions) => new("--output", "-o")
    {
        HelpName = "OUT",
        Description = $"{what} The extension decides the format: {string.Join(' ', extensions)}.",
    };

    /// <summary>Long side of the paintings.</summary>
    /// <param name="standard">Its default in words.</param>
    public static NumberOption StyleSize(string standard) => Number("--style-size", nameof(StyleTransferRequest.StyleSize),
        "Long side to which the paintings are brought; smaller makes brush strokes finer.", standard);

    /// <summary>Seed of all randomness.</summary>
    public static NumberOption Seed() => new("--seed", "N", Bounds.Of<StyleTransferRequest>(nameof(StyleTransferRequest.Seed)),
        "Seed of all randomness, any whole number. Default 0.");

    /// <summary>The network.</summary>
    /// <param name="standard">The default in words.</param>
    public static Option<string?> Model(string standard) => new("--model")
    {
        HelpName = "NAME|PATH",
        Description = $"The network: a name that 'pastiche models list' shows, or a weights file. Default {standard}.",
    };

    /// <summary>Threads.</summary>
    public static NumberOption Threads() => Number("--threads", nameof(StyleTransferRequest.Threads),
        "Threads to compute with.", "PASTICHE_THREADS, else one for each processor");

    /// <summary>Whether to be silent.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Arity = ArgumentArity.Zero, Description = "Print nothing but errors." };

    /// <summary>A whole number of a request.</summary>
    /// <param name="name">The option.</param>
    /// <param name="property">The property of <see cref="StyleTransferRequest"/> that has its range.</param>
    /// <param name="text">What it is.</param>
    /// <param name="standard">Its default in words.</param>
    public static NumberOption Number(string name, string property, string text, string standard)
    {
        Bounds bounds = Bounds.Of<StyleTransferRequest>(property);
        return new NumberOption(name, "N", bounds, $"{text} Range {bounds}, default {standard}.");
    }
}
