using Spectre.Console;

namespace Pastiche.Cli;

/// <summary>Where a command writes. Results go to output, everything else to error, so that output can be piped.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Terminal">Standard error as a terminal that can redraw itself; <c>null</c> when it is redirected.</param>
/// <param name="Width">Columns at which help is wrapped.</param>
/// <param name="ShowStackTraces">Whether a failure shows where it happened, for whoever reports a defect.</param>
internal sealed record CommandConsole(
    TextWriter Output, TextWriter Error, IAnsiConsole? Terminal = null, int Width = CommandConsole.MaxWidth, bool ShowStackTraces = false)
{
    /// <summary>The environment variable that, set to 1, turns on stack traces.</summary>
    public const string DebugVariable = "PASTICHE_DEBUG";

    private const int MaxWidth = 110;

    private const int MinWidth = 60;

    /// <summary>The process's own streams.</summary>
    public static CommandConsole OfProcess()
    {
        IAnsiConsole error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        bool redraws = error.Profile.Out.IsTerminal && error.Profile.Capabilities.Ansi && error.Profile.Capabilities.Interactive;
        int width = Console.IsOutputRedirected ? MaxWidth : Math.Clamp(Console.WindowWidth - 1, MinWidth, MaxWidth);
        bool debug = Environment.GetEnvironmentVariable(DebugVariable) == "1";
        return new CommandConsole(Console.Out, Console.Error, redraws ? error : null, width, debug);
    }

    /// <summary>Says one thing on one line of standard error, however many lines the message has.</summary>
    public void Complain(string message) =>
        Error.WriteLine("pastiche: " + string.Join(' ', message.Split(
            ['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
}
