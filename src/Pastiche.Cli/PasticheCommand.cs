using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Pastiche.Cli;

/// <summary>A command of <c>pastiche</c> and the page that its <c>--help</c> shows; <c>null</c>: the page that the parser makes.</summary>
internal sealed record CommandEntry(Command Command, HelpPage? Help = null);

/// <summary>The program <c>pastiche</c>: its commands, and what becomes of their errors.</summary>
internal static class PasticheCommand
{
    private const string Name = "pastiche";

    private const string Summary = "Repaints photographs in the style of paintings.";

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="entries">The commands.</param>
    /// <param name="console">Where results and messages go.</param>
    /// <param name="interrupted">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code: 0, 1 (failed), 2 (bad input) or 130 (cancelled).</returns>
    public static int Run(
        IReadOnlyList<string> args, IReadOnlyList<CommandEntry> entries, CommandConsole console, CancellationToken interrupted = default)
    {
        try
        {
            // A file may be called @photo.jpg: no response files.
            ParseResult parsed = Root(entries, console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
                throw new InvalidInputException([.. parsed.Errors.Select(error => error.Message)]);

            return parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = console.Output,
                    Error = console.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // Interruption listens to the signals
                },
                interrupted).GetAwaiter().GetResult();
        }
        catch (InvalidInputException exception)
        {
            foreach (string problem in exception.Problems)
                console.Complain(problem);
            return ExitCode.InvalidInput;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            console.Complain(Describe(exception));
            if (console.ShowStackTraces)
                console.Error.WriteLine(exception);
            return ExitCode.Failure;
        }
    }

    // Not a RootCommand: that one calls itself after the assembly.
    private static Command Root(IReadOnlyList<CommandEntry> entries, CommandConsole console)
    {
        HelpPage page = RootPage(entries);
        var root = new Command(Name, Summary);
        root.SetAction(_ =>
        {
            page.Write(console.Error, console.Width); // nothing was asked for
            return ExitCode.InvalidInput;
        });
        var pages = new Dictionary<Command, HelpPage> { [root] = page };
        foreach (CommandEntry entry in entries)
        {
            root.Subcommands.Add(entry.Command);
            if (entry.Help is not null)
                pages.Add(entry.Command, entry.Help);
            if (entry.Command is { Action: null, Subcommands.Count: > 0 } group)
                group.SetAction(new Func<ParseResult, int>(_ => throw Incomplete(group)));
        }

        root.Options.Add(new HelpOption { Action = new ShowHelp(pages, console) });
        root.Options.Add(new VersionOption { Action = new ShowVersion(console) });
        return root;
    }

    private static InvalidInputException Incomplete(Command group) => new(
        $"'{Name} {group.Name}' needs one of {string.Join(", ", group.Subcommands.Select(command => command.Name))}");

    private static HelpPage RootPage(IReadOnlyList<CommandEntry> entries) => new(
        Summary,
        [$"{Name} COMMAND [arguments]", $"{Name} COMMAND --help"],
        [
            new HelpSection("Commands", [.. entries.Select(entry => new HelpEntry(entry.Command.Name, entry.Command.Description ?? ""))]),
            new HelpSection("Options", [new HelpEntry("-h, --help", "This page, or a command's."), new HelpEntry("--version", "The version.")]),
        ],
        ["Example:", "  pastiche paint photo.jpg --style painting.jpg -o repainted.png"]);

    private static string Describe(Exception exception) => exception switch
    {
        IOException or UnauthorizedAccessException => exception.Message,
        OutOfMemoryException => "out of memory; a smaller --size needs less",
        _ => $"unexpected {exception.GetType().Name}: {exception.Message} ({CommandConsole.DebugVariable}=1 shows where)",
    };

    private sealed class ShowHelp(Dictionary<Command, HelpPage> pages, CommandConsole console) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            if (!pages.TryGetValue(parseResult.CommandResult.Command, out HelpPage? page))
                return new HelpAction { MaxWidth = console.Width }.Invoke(parseResult);
            page.Write(console.Output, console.Width);
            return ExitCode.Success;
        }
    }

    private sealed class ShowVersion(CommandConsole console) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            console.Output.WriteLine($"{Name} {Stylizer.Version}");
            return ExitCode.Success;
        }
    }
}
