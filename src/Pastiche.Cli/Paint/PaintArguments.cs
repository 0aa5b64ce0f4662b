using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Cli.Recording;
using Pastiche.Engines;

namespace Pastiche.Cli.Paint;

/// <summary>What one command line of <c>pastiche paint</c> asks for, with the preset's defaults filled in.</summary>
internal sealed record PaintArguments
{
    /// <summary>The photographs, or folders of them; empty when the command line names none.</summary>
    public required IReadOnlyList<string> Contents { get; init; }

    /// <summary>The paintings.</summary>
    public required IReadOnlyList<StyleArgument> Styles { get; init; }

    /// <summary>Which painting goes where.</summary>
    public required RegionArguments Regions { get; init; }

    /// <summary>The file to write, or the folder for several; null when the command line does not name one.</summary>
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

    /// <summary>The file for the run's record, or the folder for several; null: none.</summary>
    public required string? Trace { get; init; }

    /// <summary>Whether folders are searched to the bottom.</summary>
    public required bool Recursive { get; init; }

    /// <summary>Whether photographs that have a result are left out.</summary>
    public required bool SkipExisting { get; init; }

    /// <summary>Whether nothing but errors is printed.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="parsed">What the parser made of it.</param>
    /// <param name="options">The options it was parsed with.</param>
    /// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
    public static PaintArguments Read(ParseResult parsed, PaintOptions options, List<string> problems)
    {
        var read = new ArgumentReader(parsed, problems);
        IReadOnlyList<string> contents = ReadContents(parsed.GetValue(options.Content) ?? [], options, problems);
        RegionArguments regions = options.Regions.Read(parsed, read, problems);
        IReadOnlyList<StyleArgument> styles = StyleArgument.ReadAll(
            parsed.GetValue(options.Style) ?? [], "--style", problems, isNeeded: !read.IsGiven(options.Regions.Region));
        if (parsed.GetValue(options.Output) is null)
            problems.Add("no file for the result; give -o OUT");

        EngineKind engine = read.Choice(options.Engine, PaintOptions.Defaults.Engine);
        problems.AddRange(options.Groups.ForeignOptions(engine, read));
        GatysOptions preset = read.Choice(options.Preset, GatysOptions.Gatys);
        string? init = read.FileName(options.Init);
        return new PaintArguments
        {
            Contents = contents,
            Styles = styles,
            Regions = regions,
            Output = read.FileName(options.Output),
            Engine = engine,
            Preset = GatysOptions.Presets.First(named => named.Value == preset).Key,
            Gatys = options.Gatys.Read(read, preset),
            Universal = options.Universal.Read(read),
            Size = read.Whole(options.Size, PaintOptions.Defaults.Size),
            StyleSize = read.Whole(options.StyleSize),
            Init = init switch
            {
                null or "content" => InitKind.Content,
                "noise" => InitKind.Noise,
                _ => InitKind.Picture,
            },
            InitFile = init is "content" or "noise" ? null : init,
            Seed = read.Whole(options.Seed, PaintOptions.Defaults.Seed),
            Model = read.FileName(options.Model),
            Threads = read.Whole(options.Threads),
            SaveEvery = read.Whole(options.SaveEvery),
            Trace = read.FileName(options.Trace),
            Recursive = read.Flag(options.Recursive, false),
            SkipExisting = read.Flag(options.SkipExisting, false),
            Quiet = read.Flag(options.Quiet, false),
        };
    }

    /// <summary>All settings as they are in effect, for the trace.</summary>
    public TracedSettings Traced() => new(
        Engine,
        Engine == EngineKind.Gatys ? Preset : null,
        Size,
        StyleSize ?? Size,
        Init,
        InitFile,
        Seed,
        Engine == EngineKind.Gatys ? Gatys : null,
        Engine == EngineKind.Universal ? Universal : null);

    // An option that does not exist lands here, too, and is not to be taken for a file.
    private static IReadOnlyList<string> ReadContents(string[] words, PaintOptions options, List<string> problems)
    {
        if (options.Groups.HasUnknownOptions(words, problems))
            return [];
        if (words.Length > 0 && !words.Any(string.IsNullOrWhiteSpace))
            return words;
        problems.Add("no photograph; give CONTENT");
        return [];
    }
}
