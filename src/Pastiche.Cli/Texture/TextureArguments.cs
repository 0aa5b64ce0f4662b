using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Cli.Recording;
using Pastiche.Engines;

namespace Pastiche.Cli.Texture;

/// <summary>What one command line of <c>pastiche texture</c> asks for.</summary>
/// <param name="Styles">The paintings.</param>
/// <param name="Regions">Which painting goes where.</param>
/// <param name="Output">The file to write; <c>null</c> when the command line does not name one.</param>
/// <param name="Request">All else; its paintings are still to be read.</param>
/// <param name="SaveEvery">Steps between snapshots; <c>null</c>: none.</param>
/// <param name="Trace">The file for the run's record; <c>null</c>: none.</param>
/// <param name="Quiet">Whether nothing but errors is printed.</param>
internal sealed record TextureArguments(
    IReadOnlyList<StyleArgument> Styles, RegionArguments Regions, string? Output, TextureRequest Request, int? SaveEvery, string? Trace, bool Quiet)
{
    /// <summary>What is drawn of the run.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];

    /// <summary>Steps that the engine is to make: iterations or levels.</summary>
    public int Steps => IsUniversal ? Request.Passes * Request.Universal.Levels.Count : Request.Gatys.Iterations;

    /// <summary>Whether the engine is the one of levels.</summary>
    public bool IsUniversal => Request.Engine == EngineKind.Universal;

    /// <summary>Reads a command line.</summary>
    /// <param name="parsed">What the parser made of it.</param>
    /// <param name="options">The options it was parsed with.</param>
    /// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
    public static TextureArguments Read(ParseResult parsed, TextureOptions options, List<string> problems)
    {
        var read = new ArgumentReader(parsed, problems);
        string[] words = parsed.GetValue(options.Styles) ?? [];
        IReadOnlyList<StyleArgument> styles =
            options.Groups.HasUnknownOptions(words, problems) ? []
            : StyleArgument.ReadAll(words, "STYLE", problems, isNeeded: !read.IsGiven(options.Regions.Region));
        RegionArguments regions = options.Regions.Read(parsed, read, problems);
        if (parsed.GetValue(options.Output) is null)
            problems.Add("no file for the result; give -o OUT");

        TextureRequest defaults = TextureOptions.Defaults;
        StyleSettings given = read.Settings(options.Groups.All);
        (int width, int height) = read.Size(options.Size, TextureOptions.Sides, (defaults.Width, defaults.Height));
        TextureRequest request = given.ApplyTo(defaults with
        {
            Width = width,
            Height = height,
            IsSeamless = read.Flag(options.Seamless, defaults.IsSeamless),
            Passes = read.Whole(options.Passes, defaults.Passes),
            Threads = read.Whole(options.Threads),
        });
        problems.AddRange(options.Groups.ForeignOptions(request.Engine, read));
        request = request with { Checkpoint = options.Checkpoint.Read(parsed, read, request.Engine, problems) };
        var arguments = new TextureArguments(
            styles, regions, read.FileName(options.Output), request, read.Whole(options.SaveEvery), read.FileName(options.Trace), read.Flag(options.Quiet, false));
        return arguments with { Files = options.Records.Read(read, request.Engine, arguments.Steps, problems) };
    }

    /// <summary>All settings as they are in effect, for the trace.</summary>
    public TracedTextureSettings Traced() => new(
        Request.Engine,
        Request.Width,
        Request.Height,
        Request.StyleSize ?? Math.Max(Request.Width, Request.Height),
        Request.IsSeamless,
        Request.Seed,
        IsUniversal ? Request.Passes : null,
        IsUniversal ? null : Request.Gatys,
        IsUniversal ? Request.Universal : null);
}
