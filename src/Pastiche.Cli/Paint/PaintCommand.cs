using System.CommandLine;
using Pastiche.Cli.Displays;
using Pastiche.Cli.Options;
using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>The command <c>pastiche paint</c>: check everything, compute, write.</summary>
internal sealed class PaintCommand
{
    private const string Summary = "Repaint a photograph in the style of one or more paintings.";

    private readonly CommandServices<StyleTransferRequest> _services;
    private readonly CommandConsole _console;
    private readonly PaintOptions _options;

    private readonly PresetStore _presets;

    private PaintCommand(CommandServices<StyleTransferRequest> services, CommandConsole console, PresetStore presets)
    {
        _presets = presets;
        _services = services;
        _console = console;
        _options = new PaintOptions(services.WritableExtensions);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">Files and engine.</param>
    /// <param name="console">Where results and progress go.</param>
    /// <param name="presets">The presets; <c>null</c>: the user's.</param>
    public static CommandEntry Create(CommandServices<StyleTransferRequest> services, CommandConsole console, PresetStore? presets = null)
    {
        var paint = new PaintCommand(services, console, presets ?? PresetStore.Default);
        var command = new Command("paint", Summary);
        command.Arguments.Add(paint._options.Content);
        foreach (Option option in paint._options.Groups.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(paint.Run(parsed, cancellation)));
        return new CommandEntry(command, PaintHelp.Page(Summary, paint._options));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> problems = [];
        PaintArguments arguments = PaintArguments.Read(parsed, _options, _presets, problems);
        SnapshotSaver? snapshots = arguments is { Output: { } target, SaveEvery: { } every }
            ? new SnapshotSaver(target, every, arguments.Steps, _services.Write)
            : null;
        StyleTransferRequest? request = Load(arguments, problems);
        problems.AddRange(PaintTargets.Problems(arguments, request?.Content, snapshots, _services));
        if (problems.Count > 0 || request is null || arguments.Output is not { } output)
            throw new InvalidInputException(problems);

        TraceRecorder? trace = arguments.Trace is null ? null : new TraceRecorder();
        var session = new EngineSession<StyleTransferRequest>(_services, _console, arguments.Quiet);
        if (arguments.Borrowed.Sidecar is { } sidecar)
            session.Note($"settings of {sidecar}; --no-preset leaves them out");
        StyleResult? result = session.Run(request, arguments.Engine, arguments.Model is not null, progress =>
        {
            trace?.Add(progress);
            snapshots?.Save(progress);
        }, cancellation);
        if (result is null)
        {
            session.Note($"stopped before the first {arguments.StepName}; nothing was written");
            return ExitCode.Cancelled;
        }

        session.Write(arguments.HasMetadata ? result with { Picture = Recipe.Of(request, result, arguments.InitFile).Attach(result.Picture) } : result, output);
        trace?.Finish(Words(parsed), arguments, output, result).Write(arguments.Trace!);
        if (arguments.Borrowed.Difference(result) is { } difference)
            session.Note(difference);
        session.NoteWhatIsMissing(result, arguments.Steps, arguments.StepName, arguments.Engine);
        if (snapshots?.Failure is { } failure)
            _console.Complain($"snapshots could not be written: {failure.Message}");
        return !result.Completed ? ExitCode.Cancelled : snapshots?.Failure is null ? ExitCode.Success : ExitCode.Failure;
    }

    private StyleTransferRequest? Load(PaintArguments arguments, List<string> problems)
    {
        Picture? content = _services.TryRead(arguments.Content, problems);
        List<StyleSource> styles = _services.ReadStyles(arguments.Styles, problems);
        Picture? init = _services.TryRead(arguments.InitFile, problems);
        return content is null ? null : new StyleTransferRequest
        {
            Content = content,
            Styles = styles,
            Engine = arguments.Engine,
            Gatys = arguments.Gatys,
            Universal = arguments.Universal,
            Size = arguments.Size,
            StyleSize = arguments.StyleSize,
            Init = arguments.Init,
            InitPicture = init,
            Seed = arguments.Seed,
            Model = arguments.Model,
            Threads = arguments.Threads,
        };
    }

    private static string[] Words(ParseResult parsed) => ["pastiche", .. parsed.Tokens.Select(token => token.Value)];
}
