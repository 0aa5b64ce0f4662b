using System.CommandLine;
using Pastiche.Cli.Displays;
using Pastiche.Cli.Options;
using Pastiche.Cli.Recording;
using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>The command <c>pastiche paint</c>: check everything, compute, write.</summary>
internal sealed class PaintCommand
{
    private const string Summary = "Repaint a photograph, or many, in the style of one or more paintings.";

    private readonly CommandServices<StyleTransferRequest> _services;
    private readonly Func<StyleTransferRequest, IPaintSession> _open;
    private readonly CommandConsole _console;
    private readonly PaintOptions _options;

    private readonly PresetStore _presets;

    private PaintCommand(
        CommandServices<StyleTransferRequest> services, Func<StyleTransferRequest, IPaintSession> open, CommandConsole console, PresetStore presets)
    {
        _presets = presets;
        _services = services;
        _open = open;
        _console = console;
        _options = new PaintOptions(services.WritableExtensions);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">Files and engine.</param>
    /// <param name="open">Opens a session for many photographs.</param>
    /// <param name="console">Where results and progress go.</param>
    /// <param name="presets">The presets; <c>null</c>: the user's.</param>
    public static CommandEntry Create(
        CommandServices<StyleTransferRequest> services, Func<StyleTransferRequest, IPaintSession> open, CommandConsole console,
        PresetStore? presets = null)
    {
        var paint = new PaintCommand(services, open, console, presets ?? PresetStore.Default);
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
        PhotoPlan plan = PhotoPlan.Of(arguments, _services.WritableExtensions, problems);
        StyleTransferRequest request = Load(arguments, problems);
        if (plan is { IsBatch: false, Targets: [var only] })
            request = request with { Content = _services.TryRead(only.Photo, problems) };
        problems.AddRange(PaintTargets.Problems(arguments, plan, SizeOf(request), RecordsOf, _services));
        if (plan.IsBatch && request.Checkpoint is not null)
            problems.Add($"{CheckpointChoice.OptionName} is for one photograph; with several, --skip-existing goes on with what was stopped");
        if (plan.IsBatch)
            problems.AddRange(arguments.Files.Select(file => $"{file.Option} is for one photograph; there are several"));
        if (plan.IsBatch && arguments.Regions.Auto is not null)
            problems.Add("--regions finds the regions of one photograph; there are several");
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        var session = new EngineSession(_services.Write, _console, arguments.Quiet);
        if (plan.Skipped > 0)
            session.Note($"{plan.Skipped} of {plan.Skipped + plan.Targets.Count} photographs have their results and are left out");
        if (plan.Targets.Count == 0)
            return ExitCode.Success;

        if (arguments.Borrowed.Sidecar is { } sidecar)
            session.Note($"settings of {sidecar}; --no-preset leaves them out");

        string model = ProgressText.Model(_services.ModelOf(request), request.Model is not null, request.Engine);
        request = FindRegions(request, arguments);
        if (!plan.IsBatch)
            return session.Make(JobOf(plan.Targets[0], model), progress => _services.Run(request, progress, cancellation), cancellation);

        using IPaintSession painter = _open(request);
        session.Tell(model);
        return new PaintBatch(_services.Read, _console, session).Run(painter, plan.Targets, JobOf, cancellation);

        EngineJob JobOf(PhotoTarget target, string heading) => new(request.Engine, arguments.Steps, heading, target.Output!, RecordsOf(target))
        {
            PictureOf = result => arguments.HasMetadata ? Recipe.Of(request, result, arguments.InitFile).Attach(result.Picture) : result.Picture,
            NoteOf = arguments.Borrowed.Difference,
        };

        RunRecords RecordsOf(PhotoTarget target)
        {
            SnapshotSaver? snapshots = arguments.SaveEvery is { } every && target.Output is { } output
                ? new SnapshotSaver(output, every, arguments.Steps, _services.Write)
                : null;
            return new RunRecords(
                snapshots, target.Trace, plan.IsBatch ? null : request.Checkpoint?.File, () => new TracedRequest(RunRecords.Words(parsed), target.Photo, arguments.Styles, arguments.Traced(), arguments.Regions.Traced))
            {
                Files = plan.IsBatch ? [] : arguments.Files,
            };
        }
    }

    private static (int Width, int Height)? SizeOf(StyleTransferRequest request) =>
        request.Content is { } content ? Resampling.FitLongSide(content.Width, content.Height, request.Size) : null;

    // Without the photograph.
    private StyleTransferRequest Load(PaintArguments arguments, List<string> problems)
    {
        StyleTransferRequest request = arguments.Request;
        return request with
        {
            Styles = _services.ReadStyles(arguments.Styles, problems),
            InitPicture = _services.TryRead(arguments.InitFile, problems),
            Regions = _services.ReadRegions(arguments.Regions.Regions, problems),
            Strength = _services.TryRead(arguments.Regions.Strength, problems),
            Colours = Attempt.At(() => request.Colours.WithPalette(_services.Read), problems) ?? request.Colours,
        };
    }

    private StyleTransferRequest FindRegions(StyleTransferRequest request, PaintArguments arguments)
    {
        if (arguments.Regions.Auto is not { } count || request.Content is not { } content)
            return request;
        FoundRegions found = RegionFinder.Find(content, request.Styles, count, request.Seed, request.Threads);
        foreach ((string file, Picture map) in arguments.Regions.Maps(arguments.Styles.Count).Zip(found.StyleMaps.Prepend(found.ContentMap)))
            _services.Write(map, file);
        return request with { Styles = [], Regions = found.Regions };
    }
}
