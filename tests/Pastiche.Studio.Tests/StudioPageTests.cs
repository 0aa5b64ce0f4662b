using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pastiche.Studio.Tests;

/// <summary>The page, as people use it.</summary>
public sealed partial class StudioPageTests
{
    [Fact]
    public async Task Whole_way_from_a_photograph_to_a_download()
    {
        await using BrowserStage browser = await BrowserStage.OpenAsync();
        await using StudioStage studio = await StudioStage.OpenAsync();
        IPage page = browser.Page;

        await page.GotoAsync(studio.Url.ToString());
        await Expect(page.GetByText("Drop a photograph here")).ToBeVisibleAsync();
        await browser.ShowAsync("1-empty");
        Assert.Empty(await browser.SeriousViolationsAsync());

        await Expect(page.Locator("#photo")).ToBeEnabledAsync();
        await page.Locator("#photo").SetInputFilesAsync(Pictures.FromRepository("samples/mountains.jpg"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Windy night, oil" }).ClickAsync();
        ILocator preview = page.GetByAltText("Preview of the repainted photograph");
        await Expect(preview).ToHaveAttributeAsync("src", DataUri());
        await browser.ShowAsync("2-preview");
        Assert.Empty(await browser.SeriousViolationsAsync());

        string plain = await preview.GetAttributeAsync("src") ?? "";
        await page.GetByLabel("Different paintings in different places").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a region" }).ClickAsync();
        await PaintAcrossAsync(page, 0.2);
        await browser.ShowAsync("3-region");
        Assert.Empty(await browser.SeriousViolationsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the preview" }).ClickAsync();
        await Expect(preview).Not.ToHaveAttributeAsync("src", plain);
        await browser.ShowAsync("4-region-preview");

        await page.GetByLabel("How to paint").SelectOptionAsync("gatys");
        await page.GetByLabel("Size of the result").SelectOptionAsync("384");
        await page.GetByText("All settings").ClickAsync();
        await page.GetByLabel("iterations").FillAsync("40");
        await page.GetByLabel("iterations").BlurAsync();
        await browser.ShowAsync("5-settings", isFullPage: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Paint", Exact = true }).ClickAsync();
        await Expect(page.GetByText(PercentText())).ToBeVisibleAsync();
        await browser.ShowAsync("6-painting");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Download" })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        ILocator slider = page.GetByLabel("Compare: how much of the photograph is shown");
        await slider.FocusAsync();
        for (int i = 0; i < 50; i++)
            await slider.PressAsync("ArrowRight");
        Assert.Equal("50%", await page.Locator(".frame").EvaluateAsync<string>("frame => frame.style.getPropertyValue('--split')"));
        await browser.ShowAsync("7-result");
        Assert.Empty(await browser.SeriousViolationsAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "1 : 1" }).ClickAsync();
        await Expect(page.Locator(".frame")).ToHaveCSSAsync("width", "384px");
        await page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("WEBP").ClickAsync());
        Assert.EndsWith(".webp", download.SuggestedFilename);

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Download" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.Locator(".history li")).ToHaveCountAsync(1);
        await browser.ShowAsync("8-history");
        Assert.Empty(await browser.SeriousViolationsAsync());

        await page.GotoAsync("about:blank"); // an open page would complain that the server is away
        await studio.RestartAsync(options => options with { Urls = studio.Url.ToString() });
        await page.GotoAsync(studio.Url + "history");
        await page.Locator(".history a").ClickAsync();
        await page.GetByText("How it was made").ClickAsync();
        await Expect(page.Locator(".recipe")).ToContainTextAsync("woodcut.jpg"); // the region's
        await Expect(page.Locator(".recipe")).ToContainTextAsync("iterations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use these settings" }).ClickAsync();
        await Expect(page.GetByLabel("Size of the result")).ToHaveValueAsync("384");
        await Expect(page.GetByAltText("Preview of the repainted photograph")).ToHaveAttributeAsync("src", DataUri());

        Assert.Empty(browser.Complaints);
        Assert.Equal(["127.0.0.1"], browser.Hosts.Where(host => host.Length > 0));
    }

    [Fact]
    public async Task Everything_is_there_at_the_size_of_a_phone()
    {
        await using BrowserStage browser = await BrowserStage.OpenAsync(390, 844, isPhone: true);
        await using StudioStage studio = await StudioStage.OpenAsync();
        IPage page = browser.Page;
        await page.GotoAsync(studio.Url.ToString());
        await Expect(page.GetByText("Drop a photograph here")).ToBeVisibleAsync();
        await browser.ShowAsync("phone-1-empty");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dogs" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sun and fishes, mosaic" }).TapAsync();
        await Expect(page.GetByAltText("Preview of the repainted photograph")).ToHaveAttributeAsync("src", DataUri());
        await browser.ShowAsync("phone-2-preview", isFullPage: true);
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await browser.SeriousViolationsAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).TapAsync();
        await browser.ShowAsync("phone-3-dark", isFullPage: true);
        Assert.Empty(await browser.SeriousViolationsAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).TapAsync();
        await Expect(page.Locator("button.cell")).ToHaveCountAsync(12, new() { Timeout = 60_000 });
        await browser.ShowAsync("phone-4-grid", isFullPage: true);
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await browser.SeriousViolationsAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Regions_are_found_and_mixtures_weighed_without_a_mouse()
    {
        await using BrowserStage browser = await BrowserStage.OpenAsync();
        await using StudioStage studio = await StudioStage.OpenAsync();
        IPage page = browser.Page;
        await page.GotoAsync(studio.Url.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Mountains" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Windy night, oil" }).PressAsync("Enter");
        await page.GetByLabel("Mix several paintings").PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Morning lake, watercolour" }).PressAsync("Enter");
        ILocator share = page.GetByLabel("Share of Windy night, oil");
        await share.FocusAsync();
        for (int i = 0; i < 5; i++)
            await share.PressAsync("ArrowRight");
        await Expect(page.Locator(".slider", new() { Has = share }).Locator("output")).ToHaveTextAsync("60 %");

        await page.GetByLabel("Different paintings in different places").PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find regions by itself" }).PressAsync("Enter");
        await Expect(page.Locator(".region")).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await Expect(page.Locator(".brush canvas")).ToHaveAttributeAsync("data-ready", "true");
        await browser.ShowAsync("9-found");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the preview" }).PressAsync("Enter");
        await Expect(page.GetByAltText("Preview of the repainted photograph")).ToHaveAttributeAsync("src", DataUri());
        await Expect(page.Locator(".busy")).ToHaveCountAsync(0);
        await browser.ShowAsync("10-found-preview");
        Assert.Empty(await browser.SeriousViolationsAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Who_does_not_know_the_key_sees_the_door_alone()
    {
        const string Key = "a-key-of-more-than-sixteen";
        await using BrowserStage browser = await BrowserStage.OpenAsync();
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { ApiKey = Key });
        IPage page = browser.Page;
        await page.GotoAsync(studio.Url.ToString());
        await page.GetByLabel("Key").FillAsync("not the key at all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the studio" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is not the key.");
        await browser.ShowAsync("11-door");
        Assert.Empty(await browser.SeriousViolationsAsync());

        await page.GetByLabel("Key").FillAsync(Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the studio" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dogs" }).ClickAsync();
        await Expect(page.GetByText("dogs.jpg")).ToBeVisibleAsync();
        // The answer to the wrong key is no fault of the page's.
        Assert.DoesNotContain(browser.Complaints, complaint => !complaint.Contains("401"));
    }

    private static async Task PaintAcrossAsync(IPage page, double height)
    {
        LocatorBoundingBoxResult box = await page.Locator(".brush canvas").BoundingBoxAsync() ?? throw new InvalidOperationException("no canvas");
        float y = (float)(box.Y + height * box.Height);
        await Expect(page.Locator(".brush canvas")).ToHaveAttributeAsync("data-ready", "true");
        await page.Mouse.MoveAsync(box.X + 20, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width - 20, y, new() { Steps = 20 });
        await page.Mouse.UpAsync();
    }

    [GeneratedRegex("^data:image/jpeg")]
    private static partial Regex DataUri();

    [GeneratedRegex(@"\d+ %, about")]
    private static partial Regex PercentText();
}
