using System.CommandLine;
using Pastiche.Engines;

namespace Pastiche.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The file to write.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="extensions">The extensions that it may have.</param>
    /// <param name="more">What else there is to say of it.</param>
    public static Option<string?> Output(string what, IReadOnlyList<string> extensions, string more = "") => new("--output", "-o")
    {
        HelpName = "OUT",
        Description = $"{what} The extension decides the format: {string.Join(' ', extensions)}.{more}",
    };

    /// <summary>Threads.</summary>
    public static NumberOption Threads() => Number("--threads", nameof(StyleTransferRequest.Threads),
        "Threads to compute with.", "PASTICHE_THREADS, else one for each processor");

    /// <summary>How often a snapshot is written.</summary>
    public static NumberOption SaveEvery() => new("--save-every", "N", Bounds.Of<GatysOptions>(nameof(GatysOptions.Iterations)),
        "Also write the picture so far after every N iterations or levels, beside OUT: out-0010.png, out-0020.png, ...");

    /// <summary>The file for the run's record.</summary>
    /// <param name="more">What else there is to say of it.</param>
    public static Option<string?> Trace(string more = "") => new("--trace")
    {
        HelpName = "FILE.json",
        Description = "Write how the picture was made: all settings, every loss, seed, versions, instruction set, the model's hash." + more,
    };

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
