using System.CommandLine;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>The command <c>pastiche paint</c>: check everything, compute, write.</summary>
internal sealed class PaintCommand
{
    private const string Summary = "Repaint a photograph in the style of one or more paintings.";

    private readonly PaintServices _services;
    private readonly CommandConsole _console;
    private readonly PaintOptions _options;

    private PaintCommand(PaintServices services, CommandConsole console)
    {
        _services = services;
        _console = console;
        _options = new PaintOptions(services.WritableExtensions);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">Files and engine.</param>
    /// <param name="console">Where results and progress go.</param>
    public static CommandEntry Create(PaintServices services, CommandConsole console)
    {
        var paint = new PaintCommand(services, console);
        var command = new Command("paint", Summary);
        command.Arguments.Add(paint._options.Content);
        foreach (Option option in paint._options.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(paint.Run(parsed, cancellation)));
        return new CommandEntry(command, PaintHelp.Page(Summary, paint._options));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> problems = [];
        PaintArguments arguments = PaintArguments.Read(parsed, _options, problems);
        SnapshotSaver? snapshots = arguments is { Output: { } target, SaveEvery: { } every }
            ? new SnapshotSaver(target, every, arguments.Steps, _services.Write)
            : null;
        StyleTransferRequest? request = Load(arguments, problems);
        problems.AddRange(PaintTargets.Problems(arguments, request?.Content, snapshots, _services));
        if (problems.Count > 0 || request is null || arguments.Output is not { } output)
            throw new InvalidInputException(problems);

        TraceRecorder? trace = arguments.Trace is null ? null : new TraceRecorder();
        StyleResult? result = Display(arguments, request, cancellation).Show(show => Paint(
            request,
            progress =>
            {
                trace?.Add(progress);
                snapshots?.Save(progress);
                show(progress);
            },
            cancellation));
        if (result is null)
        {
            Note(arguments, $"stopped before the first {arguments.StepName}; nothing was written");
            return ExitCode.Cancelled;
        }

        _services.Write(result.Picture, output);
        if (!arguments.Quiet)
            _console.Output.WriteLine(output);
        trace?.Finish(Words(parsed), arguments, output, result).Write(arguments.Trace!);
        if (!result.Completed)
            Note(arguments, $"stopped after {result.Iterations} of {arguments.Steps} {arguments.StepName}s");
        else if (result.Iterations < arguments.Steps && arguments.Engine == EngineKind.Universal)
            Note(arguments, $"{arguments.Steps - result.Iterations} of {arguments.Steps} levels were left out: a picture is too small for them");
        if (snapshots?.Failure is { } failure)
            _console.Complain($"snapshots could not be written: {failure.Message}");
        return !result.Completed ? ExitCode.Cancelled : snapshots?.Failure is null ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Runs the engine; <c>null</c> when it was cancelled before there was anything to keep.</summary>
    private StyleResult? Paint(StyleTransferRequest request, Action<StyleProgress> report, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            StyleResult result = _services.Run(request, new ImmediateProgress(report), cancellation);
            return result.Iterations == 0 ? null : result;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private StyleTransferRequest? Load(PaintArguments arguments, List<string> problems)
    {
        Picture? content = Read(arguments.Content, problems);
        List<StyleSource> styles = [];
        foreach (StyleArgument style in arguments.Styles)
        {
            if (Read(style.File, problems) is { } picture)
                styles.Add(new StyleSource(picture, style.Weight, style.File));
        }
        Picture? init = Read(arguments.InitFile, problems);
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

    private Picture? Read(string? path, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(path))
            return null; // reported when the arguments were read
        try
        {
            return _services.Read(path);
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems);
            return null;
        }
    }

    private IProgressDisplay Display(PaintArguments arguments, StyleTransferRequest request, CancellationToken cancellation)
    {
        if (arguments.Quiet)
            return new SilentDisplay();
        string heading = ProgressText.Model(_services.ModelOf(request), isNamed: request.Model is not null, arguments.Engine);
        return _console.Terminal is { } terminal
            ? new BarDisplay(terminal, heading, cancellation)
            : new LineDisplay(_console.Error, heading);
    }

    private void Note(PaintArguments arguments, string message)
    {
        if (!arguments.Quiet)
            _console.Complain(message);
    }

    private static string[] Words(ParseResult parsed) => ["pastiche", .. parsed.Tokens.Select(token => token.Value)];

    /// <summary>Unlike <see cref="Progress{T}"/> it reports at once, while the engine waits: snapshots need that.</summary>
    private sealed class ImmediateProgress(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }
}
