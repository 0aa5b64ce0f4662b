using System.CommandLine;
using Pastiche.Cli.Displays;
using Pastiche.Cli.Options;
using Pastiche.Cli.Recording;

namespace Pastiche.Cli.Texture;

/// <summary>The command <c>pastiche texture</c>: check everything, compute, write.</summary>
internal sealed class TextureCommand
{
    private const string Summary = "Make a new texture in the style of one or more paintings, seamless if you like.";

    private readonly CommandServices<TextureRequest> _services;
    private readonly CommandConsole _console;
    private readonly TextureOptions _options;

    private TextureCommand(CommandServices<TextureRequest> services, CommandConsole console)
    {
        _services = services;
        _console = console;
        _options = new TextureOptions(services.WritableExtensions);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">Files and engine.</param>
    /// <param name="console">Where results and progress go.</param>
    public static CommandEntry Create(CommandServices<TextureRequest> services, CommandConsole console)
    {
        var texture = new TextureCommand(services, console);
        var command = new Command("texture", Summary);
        command.Arguments.Add(texture._options.Styles);
        foreach (Option option in texture._options.Groups.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(texture.Run(parsed, cancellation)));
        return new CommandEntry(command, TextureHelp.Page(Summary, texture._options));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> problems = [];
        TextureArguments arguments = TextureArguments.Read(parsed, _options, problems);
        TextureRequest request = arguments.Request with
        {
            Styles = _services.ReadStyles(arguments.Styles, problems),
            Regions = _services.ReadRegions(arguments.Regions.Regions, problems),
        };
        SnapshotSaver? snapshots = arguments is { Output: { } target, SaveEvery: { } every }
            ? new SnapshotSaver(target, every, arguments.Steps, _services.Write)
            : null;
        var records = new RunRecords(
            snapshots, arguments.Trace, request.Checkpoint?.File, () => new TracedRequest(RunRecords.Words(parsed), null, arguments.Styles, arguments.Traced(), arguments.Regions.Traced))
        {
            Files = arguments.Files,
        };
        problems.AddRange(TargetProblems(arguments, records));
        if (problems.Count > 0 || arguments.Output is not { } output)
            throw new InvalidInputException(problems);

        string heading = ProgressText.Model(_services.ModelOf(request), request.Model is not null, request.Engine);
        return new EngineSession(_services.Write, _console, arguments.Quiet).Make(
            new EngineJob(request.Engine, arguments.Steps, heading, output, records),
            progress => _services.Run(request, progress, cancellation),
            cancellation);
    }

    private IEnumerable<string> TargetProblems(TextureArguments arguments, RunRecords records)
    {
        var taken = new TakenFiles();
        foreach ((string file, string role) in arguments.Styles.SelectMany(RegionArguments.InputsOf).Concat(arguments.Regions.Inputs))
            taken.AddInput(file, role);
        if (arguments.Output is { } output)
        {
            foreach (string problem in _services.WriteProblems(output, (arguments.Request.Width, arguments.Request.Height)))
                yield return problem;
            if (taken.Clash("--output", output, "the result") is { } clash)
                yield return clash;
        }
        foreach (string problem in records.Problems(taken))
            yield return problem;
    }
}
