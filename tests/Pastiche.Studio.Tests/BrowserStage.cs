using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Pastiche.Studio.Tests;

/// <summary>Debian's Chromium on a page of the studio. Whatever the browser complains about is kept.</summary>
internal sealed class BrowserStage : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private const float Patience = 60_000; // milliseconds: a preview takes seconds where other tests run beside it

    private static readonly string[] Flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserStage(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.RequestFailed += (_, request) =>
        {
            // Pictures that are replaced before they have come are no fault.
            if (!(request.Failure ?? "").Contains("ERR_ABORTED"))
                Complaints.Add($"{request.Url}: {request.Failure}");
        };
        page.Request += (_, request) => Hosts.Add(new Uri(request.Url).Host);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors and warnings of the browser's console, and requests that failed.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The hosts from which something was fetched.</summary>
    public HashSet<string> Hosts { get; } = [];

    /// <summary>Opens the browser, or skips the test where there is none.</summary>
    public static async Task<BrowserStage> OpenAsync(int width = 1366, int height = 900, bool isPhone = false)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is absent on this machine; Debian's package chromium has it");
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Flags });
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            IsMobile = isPhone,
            HasTouch = isPhone,
            AcceptDownloads = true,
            ReducedMotion = ReducedMotion.Reduce, // colours half way between light and dark are nobody's
        });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return new BrowserStage(playwright, browser, await context.NewPageAsync());
    }

    /// <summary>Keeps a picture of the page for whoever wants to look, in the folder that an environment variable names.</summary>
    public async Task ShowAsync(string name, bool isFullPage = false)
    {
        if (Environment.GetEnvironmentVariable("PASTICHE_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = isFullPage });
    }

    /// <summary>What axe-core finds that is serious or critical, one line each.</summary>
    public async Task<IReadOnlyList<string>> SeriousViolationsAsync()
    {
        AxeResult result = await Page.RunAxe();
        return [.. from violation in result.Violations
                   where violation.Impact is "serious" or "critical"
                   select $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"];
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
