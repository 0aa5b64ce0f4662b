using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Pastiche.Cli.Options;
using Pastiche.Studio;

namespace Pastiche.Cli.Studio;

/// <summary>The commands <c>pastiche studio</c> (the page), <c>pastiche serve</c> (page and HTTP API for others) and <c>pastiche worker</c>.</summary>
internal static class StudioCommand
{
    private const string StudioSummary = "Open Pastiche Studio, the page where pictures are repainted with a mouse, in the browser.";

    private const string ServeSummary = "Serve Pastiche Studio and its HTTP API without opening a browser.";

    private const string WorkerSummary = "Work on the jobs of a queue that several processes share.";

    /// <summary>Makes the commands.</summary>
    /// <param name="console">Where addresses and messages go.</param>
    public static IReadOnlyList<CommandEntry> Create(CommandConsole console)
    {
        var studio = new StudioCommandOptions();
        var serve = new StudioCommandOptions();
        var worker = new StudioCommandOptions();
        return
        [
            Entry("studio", StudioSummary, studio.Web(studio.NoBrowser),
                ["Ctrl-C ends it. Pictures never leave this machine.", "", "Example:", "  pastiche studio --styles ~/paintings"],
                (parsed, cancellation) => ServeAsync(Read(studio, parsed), isAtHome: true, opensBrowser: !parsed.GetValue(studio.NoBrowser), console, cancellation)),
            Entry("serve", ServeSummary, serve.Web(),
                [
                    "The API is described at /openapi/v1.json and /scalar; docs/studio.md shows it with curl.", "", "Examples:",
                    "  pastiche serve --urls http://127.0.0.1:8080",
                    "  pastiche serve --urls https://0.0.0.0:8443 --api-key-file key.txt --storage \"Host=db;Database=pastiche;Username=pastiche\" --workers 0",
                ],
                (parsed, cancellation) => ServeAsync(Read(serve, parsed), isAtHome: false, opensBrowser: false, console, cancellation)),
            Entry("worker", WorkerSummary, worker.Worker(),
                ["Example:", "  pastiche worker --storage \"Host=db;Database=pastiche;Username=pastiche\" --folder /mnt/pastiche"],
                (parsed, cancellation) => WorkAsync(Read(worker, parsed), console, cancellation)),
        ];
    }

    private static CommandEntry Entry(
        string name, string summary, OptionGroups options, IReadOnlyList<string> epilogue, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, summary);
        foreach (Option option in options.All)
            command.Options.Add(option);
        command.SetAction(run);
        return new CommandEntry(command, new HelpPage(summary, [$"pastiche {name} [options]"], options.Help(), epilogue));
    }

    private static StudioOptions Read(StudioCommandOptions options, ParseResult parsed)
    {
        List<string> problems = [];
        StudioOptions read = options.Read(parsed, problems);
        return problems.Count == 0 ? read : throw new InvalidInputException(problems);
    }

    private static async Task<int> ServeAsync(
        StudioOptions options, bool isAtHome, bool opensBrowser, CommandConsole console, CancellationToken cancellation)
    {
        // Somebody else may have the usual port; at home any other is as good.
        if (isAtHome && options.Urls == StudioOptions.DefaultUrl && !IsFree(new Uri(StudioOptions.DefaultUrl)))
            options = options with { Urls = "http://127.0.0.1:0" };
        await using WebApplication app = StudioHost.Build(options);
        await app.StartAsync(cancellation);
        foreach (string url in app.Urls)
            console.Output.WriteLine(url);
        if (opensBrowser)
            OpenBrowser(app.Urls.First(), console);
        await UntilCancelledAsync(app, cancellation);
        return ExitCode.Success;
    }

    private static async Task<int> WorkAsync(StudioOptions options, CommandConsole console, CancellationToken cancellation)
    {
        using IHost host = StudioHost.BuildWorker(options);
        await host.StartAsync(cancellation);
        console.Error.WriteLine("waiting for jobs; Ctrl-C ends it");
        await UntilCancelledAsync(host, cancellation);
        return ExitCode.Success;
    }

    private static async Task UntilCancelledAsync(IHost host, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await StudioHost.StopAsync(host);
    }

    private static bool IsFree(Uri url)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(url.Host), url.Port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void OpenBrowser(string url, CommandConsole console)
    {
        try
        {
            using Process? _ = Process.Start(new ProcessStartInfo(url) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            console.Complain("no browser could be opened; open the address above in one");
        }
    }
}
