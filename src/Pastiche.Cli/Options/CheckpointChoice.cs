using System.CommandLine;
using Pastiche.Cli.Resuming;
using Pastiche.Engines;

namespace Pastiche.Cli.Options;

/// <summary>The options of checkpoints, which several commands have.</summary>
internal sealed class CheckpointChoice
{
    /// <summary>The option that names the file.</summary>
    public const string OptionName = "--checkpoint";

    private static readonly Bounds Interval = Bounds.Of<CheckpointOptions>(nameof(CheckpointOptions.Interval));

    /// <summary>The file.</summary>
    public Option<string?> File { get; } = new(OptionName)
    {
        HelpName = "FILE",
        Description = "Keep in FILE what the run needs to go on after Ctrl-C or a power failure, to the very picture that it would have given: "
            + "'pastiche resume FILE', or the same command line again. It is deleted when the result is written. Engine gatys.",
    };

    /// <summary>How often.</summary>
    public NumberOption Every { get; } = new("--checkpoint-every", "SECONDS", Interval,
        $"Seconds between two checkpoints. Range {Interval}, default {new CheckpointOptions("").Interval:0}.");

    /// <summary>Both options.</summary>
    public IReadOnlyList<Option> All => [File, Every];

    /// <summary>What a command line says; <c>null</c>: no checkpoints.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">Reads its values.</param>
    /// <param name="engine">The engine that will run.</param>
    /// <param name="problems">Receives one line for each thing that is wrong.</param>
    public CheckpointOptions? Read(ParseResult parsed, ArgumentReader read, EngineKind engine, ICollection<string> problems)
    {
        if (read.FileName(File) is not { } file)
        {
            if (read.IsGiven(Every))
                problems.Add($"{Every.Name} needs {OptionName} FILE");
            return null;
        }
        if (engine != EngineKind.Gatys)
            problems.Add($"{OptionName} is for --engine gatys; universal is done before one is due");
        var options = new CheckpointOptions(file) { Note = CommandNote.Of(parsed) };
        return read.IsGiven(Every)
            ? options with { Interval = read.Number(Every, options.Interval) }
            : options;
    }
}
