using Pastiche.Cli.Options;
using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>Checks the files that a run is going to write, before it costs any time.</summary>
internal static class PaintTargets
{
    /// <summary>One line for each file that cannot or must not be written.</summary>
    /// <param name="arguments">What the command line asks for.</param>
    /// <param name="content">The photograph, whose shape the result has; null when it cannot be read.</param>
    /// <param name="snapshots">The snapshots; null: none.</param>
    /// <param name="services">Checks files for pictures.</param>
    public static IEnumerable<string> Problems(
        PaintArguments arguments, Picture? content, SnapshotSaver? snapshots, CommandServices<StyleTransferRequest> services)
    {
        (int Width, int Height)? size =
            content is null ? null : Resampling.FitLongSide(content.Width, content.Height, arguments.Size);
        var taken = new TakenFiles();
        taken.AddInput(arguments.Content, "the photograph");
        foreach ((string file, string role) in arguments.Styles.SelectMany(RegionArguments.InputsOf).Concat(arguments.Regions.Inputs))
            taken.AddInput(file, role);
        taken.AddInput(arguments.InitFile, "the picture to start from");

        if (arguments.Output is not null)
        {
            foreach (string problem in services.WriteProblems(arguments.Output, size))
                yield return problem;
            if (taken.Clash("--output", arguments.Output, "the result") is { } clash)
                yield return clash;
        }

        foreach (string file in snapshots?.Files ?? [])
        {
            if (Directory.Exists(file))
                yield return $"--save-every would write '{file}', which is a folder";
            if (taken.Clash("--save-every", file, "a snapshot") is { } clash)
                yield return clash;
        }

        foreach (string file in arguments.Regions.Maps(arguments.Styles.Count))
        {
            foreach (string problem in services.WriteProblems(file, null))
                yield return problem;
            if (taken.Clash("--save-regions", file, "a label map") is { } clash)
                yield return clash;
        }

        if (arguments.Trace is not null)
        {
            if (WritableFile.WhyNot(arguments.Trace) is { } reason)
                yield return $"--trace '{arguments.Trace}' cannot be written: {reason}";
            if (taken.Clash("--trace", arguments.Trace, "the trace") is { } clash)
                yield return clash;
        }
    }
}
