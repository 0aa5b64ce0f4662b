using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Pastiche.Studio.Tests;

/// <summary>A studio of its own for a test: a real server at a free port, with a folder that goes with it.</summary>
internal sealed class StudioStage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _root;
    private WebApplication _app;

    private StudioStage(string root, StudioOptions options, WebApplication app) => (_root, Options, _app) = (root, options, app);

    /// <summary>How it runs.</summary>
    public StudioOptions Options { get; private set; }

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; private set; } = null!;

    public static async Task<StudioStage> OpenAsync(Func<StudioOptions, StudioOptions>? with = null)
    {
        string root = Directory.CreateTempSubdirectory("pastiche-studio-").FullName;
        var options = new StudioOptions { Folder = Path.Combine(root, "data"), Urls = "http://127.0.0.1:0" };
        options = with?.Invoke(options) ?? options;
        var stage = new StudioStage(root, options, StudioHost.Build(options));
        await stage.StartAsync();
        return stage;
    }

    /// <summary>Ends the server and starts it again in the same folder.</summary>
    public async Task RestartAsync(Func<StudioOptions, StudioOptions>? with = null)
    {
        await StopAsync();
        Options = with?.Invoke(Options) ?? Options;
        _app = StudioHost.Build(Options);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>The files and folders beside the server's own folder: there must be none.</summary>
    public IEnumerable<string> Strays() => Directory.EnumerateFileSystemEntries(_root).Where(path => Path.GetFileName(path) != "data");

    /// <summary>Asks for a job.</summary>
    public async Task<HttpResponseMessage> PostAsync(params IEnumerable<(string Name, object Value)> parts)
    {
        using MultipartFormDataContent form = Form(parts);
        return await Client.PostAsync("/api/jobs", form, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for a job that must be taken.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(params IEnumerable<(string Name, object Value)> parts)
    {
        using HttpResponseMessage response = await PostAsync(parts);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return (string)JsonNode.Parse(body)!["id"]!;
    }

    /// <summary>A job as the API shows it.</summary>
    public async Task<JsonNode> GetAsync(string id) =>
        JsonNode.Parse(await Client.GetStringAsync($"/api/jobs/{id}", TestContext.Current.CancellationToken))!;

    /// <summary>Waits for a job until something holds for it.</summary>
    public async Task<JsonNode> WaitAsync(string id, Func<JsonNode, bool>? until = null)
    {
        until ??= job => (string)job["state"]! is "done" or "failed" or "cancelled";
        for (long started = Stopwatch.GetTimestamp(); ;)
        {
            JsonNode job = await GetAsync(id);
            if (until(job))
                return job;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"still so after {Patience}: {job}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static MultipartFormDataContent Form(IEnumerable<(string Name, object Value)> parts)
    {
        var form = new MultipartFormDataContent();
        foreach ((string name, object value) in parts)
        {
            if (value is byte[] bytes)
                form.Add(new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, name, $"{name}.png");
            else
                form.Add(new StringContent((string)value), name);
        }
        return form;
    }

    private async Task StartAsync()
    {
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
        Client = new HttpClient { BaseAddress = Url };
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await StudioHost.StopAsync(_app);
        await _app.DisposeAsync();
    }
}
