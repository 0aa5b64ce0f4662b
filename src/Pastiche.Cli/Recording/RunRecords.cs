using System.CommandLine;
using Pastiche.Cli.Options;

namespace Pastiche.Cli.Recording;

/// <summary>What a run writes besides its result, where the command line asks for it: snapshots, a trace, a plot, a film, a checkpoint.</summary>
/// <param name="snapshots">The snapshots; null: none.</param>
/// <param name="trace">The trace's file; null: none.</param>
/// <param name="checkpoint">The checkpoint's file, which the library writes; null: none.</param>
/// <param name="request">What the trace tells of the command line.</param>
internal sealed class RunRecords(SnapshotSaver? snapshots, string? trace, string? checkpoint, Func<TracedRequest> request)
{
    private readonly TraceRecorder? _recorder = trace is null ? null : new TraceRecorder();

    /// <summary>Why snapshots could not be written; null when they could.</summary>
    public Exception? SnapshotFailure => snapshots?.Failure;

    /// <summary>Files that grow out of the steps.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];

    /// <summary>The checkpoint's file; null: none.</summary>
    public string? Checkpoint => checkpoint;

    /// <summary>The words of a command line, for the trace.</summary>
    public static IReadOnlyList<string> Words(ParseResult parsed) => ["pastiche", .. parsed.Tokens.Select(token => token.Value)];

    /// <summary>One line for each file that cannot or must not be written.</summary>
    /// <param name="taken">The files of the command line so far.</param>
    /// <param name="makesFolder">Whether the trace's folder is made when it is not there.</param>
    public IEnumerable<string> Problems(TakenFiles taken, bool makesFolder = false)
    {
        foreach (string file in snapshots?.Files ?? [])
        {
            if (Directory.Exists(file))
                yield return $"--save-every would write '{file}', which is a folder";
            if (taken.Clash("--save-every", file, "a snapshot") is { } clash)
                yield return clash;
        }

        foreach (RunFile file in Files)
        {
            foreach (string problem in FileProblems(taken, file.Option, file.Path, file.Role))
                yield return problem;
        }

        if (checkpoint is not null)
        {
            foreach (string problem in FileProblems(taken, CheckpointChoice.OptionName, checkpoint, "the checkpoint"))
                yield return problem;
        }

        if (trace is not null)
        {
            bool isFolderToCome = makesFolder && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(trace)));
            foreach (string problem in FileProblems(taken, "--trace", trace, "the trace", isFolderToCome))
                yield return problem;
        }
    }

    /// <summary>Takes a step down.</summary>
    public void Add(StyleProgress progress)
    {
        _recorder?.Add(progress);
        snapshots?.Save(progress);
        foreach (RunFile file in Files)
            file.Add(progress);
    }

    /// <summary>Writes the trace; a checkpoint is no longer needed once a complete result is written.</summary>
    /// <param name="result">What came out.</param>
    /// <param name="output">Where it was written.</param>
    public void Finish(StyleResult result, string output)
    {
        if (trace is not null)
            _recorder!.Finish(request(), output, result).Write(trace);
        foreach (RunFile file in Files)
            file.Write(result);
        if (checkpoint is not null && result.Completed)
            File.Delete(checkpoint);
    }

    private static IEnumerable<string> FileProblems(TakenFiles taken, string option, string file, string role, bool isFolderToCome = false)
    {
        if (!isFolderToCome && WritableFile.WhyNot(file) is { } reason)
            yield return $"{option} '{file}' cannot be written: {reason}";
        if (taken.Clash(option, file, role) is { } clash)
            yield return clash;
    }
}
