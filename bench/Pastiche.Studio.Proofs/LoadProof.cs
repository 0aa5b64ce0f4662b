using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Pastiche.Studio.Proofs;

/// <summary>Fifty clients at once, while somebody sits at the page: no error but the 429 that is documented, memory bounded, previews answered.</summary>
internal static class LoadProof
{
    private const int Clients = 50, Side = 256;

    private const string Url = "http://127.0.0.1:5394", Settings = """{ "engine": "universal", "size": 256 }""";

    private static readonly string[] Paintings = ["Windy night, oil", "Mountain and sea, woodcut"];

    /// <summary>Runs it.</summary>
    /// <param name="time">For how long.</param>
    public static async Task<int> RunAsync(TimeSpan time)
    {
        string root = Directory.CreateTempSubdirectory("pastiche-proof-").FullName;
        using PasticheProcess server = await PasticheProcess.StartAsync(["serve", "--urls", Url, "--folder", root]);
        double start = server.Megabytes, memory = 0;
        using var end = new CancellationTokenSource(time);
        var requests = new Requests();
        Task<List<double>> previews = PreviewAsync(end.Token);
        Task watch = WatchAsync();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => ClientAsync(number, requests, end.Token)).Append(watch));
        List<double> times = await previews;
        int done = Directory.EnumerateFiles(Path.Combine(root, "jobs"), "outcome.json", SearchOption.AllDirectories).Count();

        Console.WriteLine($"{Clients} clients, {time.TotalSeconds:0} s: {requests}");
        Console.WriteLine($"{done} pictures of {Side} pixels painted; memory {start:0} MiB at first, up to {memory:0} MiB");
        Console.WriteLine(times.Count == 0 ? "no preview came" : $"{times.Count} previews at the page: median {Median(times):0.00} s, slowest {times.Max():0.00} s");
        bool isGood = server.IsRunning && requests.AreGood && times.Count > 0;
        server.Dispose();
        Directory.Delete(root, recursive: true);
        return isGood ? 0 : 1;

        async Task WatchAsync()
        {
            while (!end.IsCancellationRequested)
            {
                memory = Math.Max(memory, server.Megabytes);
                await Task.Delay(500);
            }
        }
    }

    // Looks around, brings a photograph, watches the job, takes the result, and begins again.
    private static async Task ClientAsync(int number, Requests requests, CancellationToken end)
    {
        using var client = new ApiClient(Url, number + 2);
        byte[] photo = ApiClient.Png(Side, 192, number);
        while (!end.IsCancellationRequested)
        {
            await requests.CountAsync(client.GetAsync("/"));
            await requests.CountAsync(client.GetAsync("/gallery/swirls"));
            string? id = await requests.CountAsync(client.PostAsync(photo, Settings), ApiClient.IdAsync);
            for (string state = ""; id is not null && state is not "done" && !end.IsCancellationRequested;)
            {
                state = await requests.CountAsync(
                    client.GetAsync($"/api/jobs/{id}"), async response => (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["state"]!) ?? "";
                await Task.Delay(500, CancellationToken.None);
                if (state == "done")
                    await requests.CountAsync(client.GetAsync($"/api/jobs/{id}/result"));
            }
        }
    }

    private static async Task<List<double>> PreviewAsync(CancellationToken end)
    {
        List<double> times = [];
        if (!File.Exists("/usr/bin/chromium"))
            return times;
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        IPage page = await browser.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync(Url);
        await Assertions.Expect(page.Locator("#photo")).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await page.Locator("#photo").SetInputFilesAsync(Samples.File("mountains.jpg"));
        ILocator preview = page.GetByAltText("Preview of the repainted photograph");
        string last = await page.GetByAltText("The photograph").Or(preview).First.GetAttributeAsync("src") ?? "";
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            long clicked = Stopwatch.GetTimestamp();
            await page.GetByRole(AriaRole.Button, new() { Name = Paintings[i % 2] }).ClickAsync();
            await Assertions.Expect(preview).Not.ToHaveAttributeAsync("src", last, new() { Timeout = 60_000 });
            last = await preview.GetAttributeAsync("src") ?? "";
            if (last.StartsWith("data:", StringComparison.Ordinal))
                times.Add(Stopwatch.GetElapsedTime(clicked).TotalSeconds);
            await Task.Delay(300, CancellationToken.None);
        }
        return times;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>Counts answers and times.</summary>
    private sealed class Requests
    {
        private readonly SortedDictionary<HttpStatusCode, int> _answers = [];
        private readonly List<double> _times = [];

        public bool AreGood => _answers.Keys.All(status => status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.TooManyRequests);

        public Task CountAsync(Task<HttpResponseMessage> request) => CountAsync<string>(request, _ => Task.FromResult(""));

        public async Task<T?> CountAsync<T>(Task<HttpResponseMessage> request, Func<HttpResponseMessage, Task<T>> read) where T : class
        {
            long sent = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await request;
            lock (_times)
            {
                _answers[response.StatusCode] = _answers.GetValueOrDefault(response.StatusCode) + 1;
                _times.Add(Stopwatch.GetElapsedTime(sent).TotalSeconds);
            }
            return response.IsSuccessStatusCode ? await read(response) : null;
        }

        public override string ToString() =>
            $"{string.Join(", ", _answers.Select(pair => $"{pair.Value} x {(int)pair.Key}"))}; median {Median(_times):0.000} s, slowest {_times.Max():0.00} s";
    }
}
