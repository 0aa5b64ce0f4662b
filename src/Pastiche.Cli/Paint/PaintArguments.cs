using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Engines;

namespace Pastiche.Cli.Paint;

/// <summary>What one command line of <c>pastiche paint</c> asks for, with the preset's defaults filled in.</summary>
internal sealed record PaintArguments
{
    /// <summary>The photograph; null when the command line does not name one.</summary>
    public required string? Content { get; init; }

    /// <summary>The paintings.</summary>
    public required IReadOnlyList<StyleArgument> Styles { get; init; }

    /// <summary>The file to write; null when the command line does not name one.</summary>
    public required string? Output { get; init; }

    /// <summary>How to repaint.</summary>
    public required EngineKind Engine { get; init; }

    /// <summary>The preset's name.</summary>
    public required string Preset { get; init; }

    /// <summary>The settings of optimisation: the preset and what overrides it.</summary>
    public required GatysOptions Gatys { get; init; }

    /// <summary>The settings of the universal engine.</summary>
    public required UniversalOptions Universal { get; init; }

    /// <summary>Steps that the engine is to make: iterations or levels.</summary>
    public int Steps => Engine == EngineKind.Universal ? Universal.Levels.Count : Gatys.Iterations;

    /// <summary>What a step is called.</summary>
    public string StepName => Engine == EngineKind.Universal ? "level" : "iteration";

    /// <summary>Long side of the result in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Long side of the paintings; null: as <see cref="Size"/>.</summary>
    public required int? StyleSize { get; init; }

    /// <summary>Where to start.</summary>
    public required InitKind Init { get; init; }

    /// <summary>The picture to start from, when there is one.</summary>
    public required string? InitFile { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public required int Seed { get; init; }

    /// <summary>The model's name or file; null: the library's default.</summary>
    public required string? Model { get; init; }

    /// <summary>Threads; null: the library's default.</summary>
    public required int? Threads { get; init; }

    /// <summary>Iterations between snapshots; null: none.</summary>
    public required int? SaveEvery { get; init; }

    /// <summary>The file for the run's record; null: none.</summary>
    public required string? Trace { get; init; }

    /// <summary>Whether nothing but errors is printed.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="parsed">What the parser made of it.</param>
    /// <param name="options">The options it was parsed with.</param>
    /// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
    public static PaintArguments Read(ParseResult parsed, PaintOptions options, List<string> problems)
    {
        var read = new ArgumentReader(parsed, problems);
        string? content = ReadContent(parsed.GetValue(options.Content) ?? [], options, problems);
        IReadOnlyList<StyleArgument> styles = StyleArgument.ReadAll(parsed.GetValue(options.Style) ?? [], "--style", problems);
        if (parsed.GetValue(options.Output) is null)
            problems.Add("no file for the result; give -o OUT");

        StyleSettings given = read.Settings(options.Groups.All);
        GatysOptions preset = read.Choice(options.Preset, GatysOptions.Gatys);
        StyleTransferRequest request = given.ApplyTo(PaintOptions.Defaults with { Gatys = preset });
        problems.AddRange(options.Groups.ForeignOptions(request.Engine, read));
        string? init = read.FileName(options.Init);
        return new PaintArguments
        {
            Content = content,
            Styles = styles,
            Output = read.FileName(options.Output),
            Engine = request.Engine,
            Preset = GatysOptions.Presets.First(named => named.Value == preset).Key,
            Gatys = request.Gatys,
            Universal = request.Universal,
            Size = request.Size,
            StyleSize = request.StyleSize,
            Init = init switch
            {
                null or "content" => InitKind.Content,
                "noise" => InitKind.Noise,
                _ => InitKind.Picture,
            },
            InitFile = init is "content" or "noise" ? null : init,
            Seed = request.Seed,
            Model = request.Model,
            Threads = read.Whole(options.Threads),
            SaveEvery = read.Whole(options.SaveEvery),
            Trace = read.FileName(options.Trace),
            Quiet = read.Flag(options.Quiet, false),
        };
    }

    // An option that does not exist lands here, too, and is not to be taken for a file.
    private static string? ReadContent(string[] words, PaintOptions options, List<string> problems)
    {
        if (options.Groups.HasUnknownOptions(words, problems))
            return null;
        problems.AddRange(words.Skip(1).Select(word => $"unexpected argument '{word}'; there is one photograph, '{words[0]}'"));
        if (words.Length > 0 && !string.IsNullOrWhiteSpace(words[0]))
            return words[0];
        problems.Add("no photograph; give CONTENT");
        return null;
    }
}
