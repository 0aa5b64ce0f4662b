using Pastiche.Cli.Displays;
using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>Repaints photographs one after the other. One that cannot be is named, and the others are painted all the same.</summary>
/// <param name="read">Reads a picture.</param>
/// <param name="console">Where complaints go.</param>
/// <param name="display">Where progress goes.</param>
internal sealed class PaintBatch(Func<string, Picture> read, CommandConsole console, EngineSession display)
{
    /// <summary>Repaints all photographs.</summary>
    /// <param name="session">The style.</param>
    /// <param name="targets">The photographs.</param>
    /// <param name="jobOf">What there is to do for a photograph, under a heading.</param>
    /// <param name="cancellation">Ctrl-C, which keeps the photographs that are finished.</param>
    /// <returns>The exit code.</returns>
    public int Run(
        IPaintSession session, IReadOnlyList<PhotoTarget> targets, Func<PhotoTarget, string, EngineJob> jobOf, CancellationToken cancellation)
    {
        int painted = 0, refused = 0;
        bool hasFailed = false;
        foreach (PhotoTarget target in targets)
        {
            EngineJob job = jobOf(target, $"photograph {painted + refused + 1} of {targets.Count}: {target.Photo}");
            switch (Paint(session, target, job, cancellation))
            {
                case ExitCode.Cancelled:
                    display.Note($"stopped: {painted} of {targets.Count} photographs are painted; --skip-existing goes on with the others");
                    return ExitCode.Cancelled;
                case ExitCode.InvalidInput:
                    refused++;
                    break;
                case int code:
                    painted++;
                    hasFailed |= code != ExitCode.Success;
                    break;
            }
        }
        if (refused > 0)
            console.Complain($"{refused} of {targets.Count} photographs could not be painted");
        return refused > 0 || hasFailed ? ExitCode.Failure : ExitCode.Success;
    }

    private int Paint(IPaintSession session, PhotoTarget target, EngineJob job, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return ExitCode.Cancelled;
        try
        {
            Picture content = read(target.Photo);
            MakeFolderOf(job.Output);
            MakeFolderOf(target.Trace);
            return display.Make(job with { KeepsUnfinished = false }, progress => session.Run(content, progress, cancellation), cancellation);
        }
        catch (InvalidInputException exception)
        {
            foreach (string problem in exception.Problems)
                console.Complain(problem.Contains(target.Photo, StringComparison.Ordinal) ? problem : $"{target.Photo}: {problem}");
            return ExitCode.InvalidInput;
        }
    }

    private static void MakeFolderOf(string? file)
    {
        if (file is not null && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
    }
}
