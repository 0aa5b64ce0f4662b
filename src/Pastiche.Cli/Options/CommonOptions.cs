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
