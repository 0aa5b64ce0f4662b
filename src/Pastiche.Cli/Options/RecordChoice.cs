using System.CommandLine;
using Pastiche.Cli.Recording;
using Pastiche.Engines;
using Pastiche.Grids;

namespace Pastiche.Cli.Options;

/// <summary>The options of what is drawn of a run: its losses and how the picture emerged.</summary>
internal sealed class RecordChoice
{
    /// <summary>The plot.</summary>
    public Option<string?> Plot { get; } = new(LossPlot.OptionName)
    {
        HelpName = "FILE",
        Description = $"Draw the loss and its parts over the evaluations: {string.Join(", ", LossChart.Extensions)}. Engine gatys.",
    };

    /// <summary>The film.</summary>
    public Option<string?> Timelapse { get; } = new(Recording.Timelapse.OptionName)
    {
        HelpName = "FILE",
        Description = $"Write a film of the picture as it emerges, at most 640 pixels long: {string.Join(", ", Recording.Timelapse.Extensions)} (the last with ffmpeg).",
    };

    /// <summary>Both options.</summary>
    public IReadOnlyList<Option> All => [Plot, Timelapse];

    /// <summary>What a command line asks for.</summary>
    /// <param name="read">Reads its values.</param>
    /// <param name="engine">The engine that will run.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="problems">Receives one line for each thing that is wrong.</param>
    public IReadOnlyList<RunFile> Read(ArgumentReader read, EngineKind engine, int steps, ICollection<string> problems)
    {
        List<RunFile> files = [];
        if (read.FileName(Plot) is { } plot)
        {
            if (engine != EngineKind.Gatys)
                problems.Add($"{LossPlot.OptionName} is for --engine gatys; universal has no losses");
            else if (!LossChart.Extensions.Contains(Path.GetExtension(plot).ToLowerInvariant()))
                problems.Add($"{LossPlot.OptionName} '{plot}' is none of {string.Join(", ", LossChart.Extensions)}");
            files.Add(new LossPlot(plot));
        }
        if (read.FileName(Timelapse) is { } film)
        {
            if (Recording.Timelapse.WhyNot(film) is { } reason)
                problems.Add($"{Recording.Timelapse.OptionName} '{film}' {reason}");
            files.Add(new Timelapse(film, steps));
        }
        return files;
    }
}
