using System.CommandLine;
using Pastiche.Cli.Displays;
using Pastiche.Cli.Options;
using Pastiche.Imaging;

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
        problems.AddRange(TargetProblems(arguments));
        if (problems.Count > 0 || arguments.Output is not { } output)
            throw new InvalidInputException(problems);

        var session = new EngineSession<TextureRequest>(_services, _console, arguments.Quiet);
        StyleResult? result = session.Run(request, request.Engine, request.Model is not null, _ => { }, cancellation);
        if (result is null)
        {
            session.Note($"stopped before the first {arguments.StepName}; nothing was written");
            return ExitCode.Cancelled;
        }

        session.Write(result, output);
        session.NoteWhatIsMissing(result, arguments.Steps, arguments.StepName, request.Engine);
        return result.Completed ? ExitCode.Success : ExitCode.Cancelled;
    }

    private IEnumerable<string> TargetProblems(TextureArguments arguments)
    {
        if (arguments.Output is not { } output)
            return [];
        var taken = new TakenFiles();
        foreach ((string file, string role) in arguments.Styles.SelectMany(RegionArguments.InputsOf).Concat(arguments.Regions.Inputs))
            taken.AddInput(file, role);
        IReadOnlyList<string> problems = _services.WriteProblems(output, (arguments.Request.Width, arguments.Request.Height));
        return taken.Clash("--output", output, "the result") is { } clash ? [.. problems, clash] : problems;
    }
}
