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
        PaintArguments arguments, Picture? content, SnapshotSaver? snapshots, PaintServices services)
    {
        (int Width, int Height)? size =
            content is null ? null : Resampling.FitLongSide(content.Width, content.Height, arguments.Size);
        var taken = new Dictionary<string, string>(CanonicalPath.Comparer);
        if (arguments.Content is not null)
            taken.TryAdd(CanonicalPath.Of(arguments.Content), "the photograph");
        foreach (StyleArgument style in arguments.Styles.Where(style => !string.IsNullOrWhiteSpace(style.File)))
            taken.TryAdd(CanonicalPath.Of(style.File), "a painting");
        if (arguments.InitFile is not null)
            taken.TryAdd(CanonicalPath.Of(arguments.InitFile), "the picture to start from");

        if (arguments.Output is not null)
        {
            foreach (string problem in PictureProblems(arguments.Output, size, services))
                yield return problem;
            if (Clash("--output", arguments.Output, "the result", taken) is { } clash)
                yield return clash;
        }

        foreach (string file in snapshots?.Files ?? [])
        {
            if (Directory.Exists(file))
                yield return $"--save-every would write '{file}', which is a folder";
            if (Clash("--save-every", file, "a snapshot", taken) is { } clash)
                yield return clash;
        }

        if (arguments.Trace is not null)
        {
            if (WritableFile.WhyNot(arguments.Trace) is { } reason)
                yield return $"--trace '{arguments.Trace}' cannot be written: {reason}";
            if (Clash("--trace", arguments.Trace, "the trace", taken) is { } clash)
                yield return clash;
        }
    }

    private static IReadOnlyList<string> PictureProblems(string file, (int Width, int Height)? size, PaintServices services)
    {
        try
        {
            services.CheckWritable(file, size);
            return [];
        }
        catch (InvalidInputException exception)
        {
            return exception.Problems;
        }
    }

    private static string? Clash(string option, string file, string role, Dictionary<string, string> taken) =>
        taken.TryAdd(CanonicalPath.Of(file), role) ? null : $"{option} would write '{file}', which is {taken[CanonicalPath.Of(file)]}";
}
