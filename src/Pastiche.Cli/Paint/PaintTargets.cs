using Pastiche.Cli.Options;
using Pastiche.Cli.Recording;

namespace Pastiche.Cli.Paint;

/// <summary>Checks the files that a run is going to write, before it costs any time.</summary>
internal static class PaintTargets
{
    /// <summary>One line for each file that cannot or must not be written.</summary>
    /// <param name="arguments">What the command line asks for.</param>
    /// <param name="plan">The photographs and their results.</param>
    /// <param name="size">The result's size where there is one photograph that could be read.</param>
    /// <param name="recordsOf">What is written besides a photograph's result.</param>
    /// <param name="services">Checks files for pictures.</param>
    public static IEnumerable<string> Problems(
        PaintArguments arguments, PhotoPlan plan, (int Width, int Height)? size, Func<PhotoTarget, RunRecords> recordsOf,
        CommandServices<StyleTransferRequest> services)
    {
        var taken = new TakenFiles();
        foreach (PhotoTarget target in plan.Targets)
            taken.AddInput(target.Photo, plan.IsBatch ? "a photograph" : "the photograph");
        foreach ((string file, string role) in arguments.Styles.SelectMany(RegionArguments.InputsOf).Concat(arguments.Regions.Inputs))
            taken.AddInput(file, role);
        taken.AddInput(arguments.InitFile, "the picture to start from");
        taken.AddInput(arguments.Request.Colours.PaletteFile, "the palette");

        foreach (PhotoTarget target in plan.Targets)
        {
            if (target.Output is { } output)
            {
                if (!plan.IsBatch || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output))))
                {
                    foreach (string problem in services.WriteProblems(output, size))
                        yield return problem;
                }
                if (taken.Clash("--output", output, plan.IsBatch ? $"the result of '{target.Photo}'" : "the result") is { } clash)
                    yield return clash;
            }
            foreach (string problem in recordsOf(target).Problems(taken, makesFolder: plan.IsBatch))
                yield return problem;
        }

        foreach (string file in arguments.Regions.Maps(arguments.Styles.Count))
        {
            foreach (string problem in services.WriteProblems(file, null))
                yield return problem;
            if (taken.Clash("--save-regions", file, "a label map") is { } clash)
                yield return clash;
        }
    }
}
