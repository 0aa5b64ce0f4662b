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

    /// <summary>How to repaint; its pictures are still to be read.</summary>
    public required StyleTransferRequest Request { get; init; }

    /// <summary>The picture to start from, when there is one.</summary>
    public required string? InitFile { get; init; }

    /// <summary>The preset's name; null for an engine without presets of its own.</summary>
    public required string? Preset { get; init; }

    /// <summary>Where settings came from that the command line does not give itself.</summary>
    public required BorrowedSettings Borrowed { get; init; }

    /// <summary>Whether the result tells how it was made.</summary>
    public required bool HasMetadata { get; init; }

    /// <summary>Whether the engine is the one of levels.</summary>
    public bool IsUniversal => Request.Engine == EngineKind.Universal;

    /// <summary>Steps that the engine is to make: iterations or levels.</summary>
    public int Steps => IsUniversal ? Request.Universal.Levels.Count : Request.Gatys.Iterations;

    /// <summary>What is drawn of the run.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];

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
    /// <param name="presets">The presets that it may name.</param>
    /// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
    public static PaintArguments Read(ParseResult parsed, PaintOptions options, PresetStore presets, List<string> problems)
    {
        var read = new ArgumentReader(parsed, problems);
        IReadOnlyList<string> contents = ReadContents(parsed.GetValue(options.Content) ?? [], options, problems);
        RegionArguments regions = options.Regions.Read(parsed, read, problems);
        string[] styleWords = parsed.GetValue(options.Style) ?? [];
        string? like = read.FileName(options.Like);
        IReadOnlyList<StyleArgument> styles = like is not null && styleWords.Length == 0
            ? []
            : StyleArgument.ReadAll(styleWords, "--style", problems, isNeeded: !read.IsGiven(options.Regions.Region));
        BorrowedSettings borrowed = BorrowedSettings.Read(
            styles, like, parsed.GetValue(options.Preset), read.IsGiven(options.Regions.Region), useSidecar: !read.IsGiven(options.NoPreset), presets, problems);
        if (parsed.GetValue(options.Output) is null)
            problems.Add("no file for the result; give -o OUT");

        StyleSettings given = read.Settings(options.Groups.All);
        StyleTransferRequest request = given.Over(borrowed.Settings).ApplyTo(PaintOptions.Defaults);
        problems.AddRange(options.Groups.ForeignOptions(request.Engine, read));
        problems.AddRange(borrowed.EngineProblems(request.Engine));
        string init = read.FileName(options.Init) ?? borrowed.InitFile ?? SettingText.Format(request.Init);
        var arguments = new PaintArguments
        {
            Contents = contents,
            Styles = styleWords.Length == 0 ? borrowed.Styles : styles,
            Regions = regions,
            Output = read.FileName(options.Output),
            Request = request with { Init = InitOf(init), Threads = read.Whole(options.Threads), Checkpoint = options.Checkpoint.Read(parsed, read, request.Engine, problems) },
            InitFile = InitOf(init) == InitKind.Picture ? init : null,
            Preset = parsed.GetValue(options.Preset) ?? (request.Engine == EngineKind.Gatys ? "gatys" : null),
            Borrowed = borrowed,
            HasMetadata = !read.IsGiven(options.NoMetadata),
            SaveEvery = read.Whole(options.SaveEvery),
            Trace = read.FileName(options.Trace),
            Recursive = read.Flag(options.Recursive, false),
            SkipExisting = read.Flag(options.SkipExisting, false),
            Quiet = read.Flag(options.Quiet, false),
        };
        return arguments with { Files = options.Records.Read(read, request.Engine, arguments.Steps, problems) };
    }

    /// <summary>All settings as they are in effect, for the trace.</summary>
    public TracedSettings Traced() => new(
        Request.Engine,
        Preset,
        Request.Size,
        Request.StyleSize ?? Request.Size,
        SettingText.Format(Request.Colours),
        Request.Init,
        InitFile,
        Request.Seed,
        IsUniversal ? null : Request.Gatys,
        IsUniversal ? Request.Universal : null);

    private static InitKind InitOf(string init) => init switch
    {
        "content" => InitKind.Content,
        "noise" => InitKind.Noise,
        _ => InitKind.Picture,
    };

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
