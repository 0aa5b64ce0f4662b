using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Cli.Displays;

/// <summary>Runs of an engine as the user sees them: heading, progress, files, notes.</summary>
/// <param name="write">Writes a picture.</param>
/// <param name="console">Where progress and notes go.</param>
/// <param name="isQuiet">Whether there are none.</param>
internal sealed class EngineSession(Action<Picture, string> write, CommandConsole console, bool isQuiet)
{
    /// <summary>Makes a picture and writes it with all that belongs to it.</summary>
    /// <param name="job">What to make.</param>
    /// <param name="run">Runs the engine.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public int Make(EngineJob job, Func<IProgress<StyleProgress>, StyleResult> run, CancellationToken cancellation)
    {
        if (job.Records.Checkpoint is { } checkpoint && File.Exists(checkpoint))
            Tell($"goes on from {checkpoint}");
        string heading = job.Heading;
        StyleResult? result = Display(() => heading, cancellation).Show(show => Run(
            run,
            RunProgress.Of(
                progress =>
                {
                    job.Records.Add(progress);
                    show(progress);
                },
                isQuiet ? null : estimate => heading += Environment.NewLine + ProgressText.Estimate(estimate)),
            cancellation));
        if (result is null || !(result.Completed || job.KeepsUnfinished))
        {
            if (job.KeepsUnfinished)
                Note($"stopped before the first {job.StepName}; nothing was written");
            return ExitCode.Cancelled;
        }

        write(job.PictureOf(result), job.Output);
        if (!isQuiet)
            console.Output.WriteLine(job.Output);
        job.Records.Finish(result, job.Output);
        foreach (string note in result.Notes)
            Note(note);
        if (job.NoteOf(result) is { } recipe)
            Note(recipe);
        NoteWhatIsMissing(result, job);
        if (job.Records.SnapshotFailure is { } failure)
            console.Complain($"snapshots could not be written: {failure.Message}");
        if (result.CheckpointFailure is { } loss)
            console.Complain($"the checkpoint could not be written: {loss.Message}");
        else if (!result.Completed && job.Records.Checkpoint is { } kept)
            Note($"'pastiche resume {kept}' goes on");
        return !result.Completed ? ExitCode.Cancelled
            : job.Records.SnapshotFailure is null && result.CheckpointFailure is null ? ExitCode.Success
            : ExitCode.Failure;
    }

    /// <summary>Writes a line that belongs to the progress.</summary>
    public void Tell(string line)
    {
        if (!isQuiet)
            console.Error.WriteLine(line);
    }

    /// <summary>Says something that is worth knowing, unless the user wants to hear nothing.</summary>
    public void Note(string message)
    {
        if (!isQuiet)
            console.Complain(message);
    }

    private void NoteWhatIsMissing(StyleResult result, EngineJob job)
    {
        if (!result.Completed)
            Note($"stopped after {result.Iterations} of {job.Steps} {job.StepName}s");
        else if (result.Iterations < job.Steps && job.Engine == EngineKind.Universal)
            Note($"{job.Steps - result.Iterations} of {job.Steps} levels were left out: a picture is too small for them");
    }

    // Null when the run was cancelled before there was anything to keep.
    private static StyleResult? Run(Func<IProgress<StyleProgress>, StyleResult> run, IProgress<StyleProgress> progress, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            StyleResult result = run(progress);
            return result.Iterations == 0 ? null : result;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private IProgressDisplay Display(Func<string> heading, CancellationToken cancellation) =>
        isQuiet ? new SilentDisplay()
        : console.Terminal is { } terminal ? new BarDisplay(terminal, heading, cancellation)
        : new LineDisplay(console.Error, heading);
}
