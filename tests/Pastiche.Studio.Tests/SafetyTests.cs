using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Tests;

/// <summary>What is not let in.</summary>
public sealed class SafetyTests
{
    private const string Key = "a-key-of-more-than-sixteen";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://127.0.0.1:0;http://192.168.1.2:80")]
    public void Others_are_let_in_with_a_key_alone(string urls)
    {
        InvalidInputException refusal = Assert.Throws<InvalidInputException>(() => StudioHost.Build(new StudioOptions { Urls = urls }));
        Assert.Contains("needs a key", refusal.Message);
    }

    [Fact]
    public void Options_are_checked_together()
    {
        IReadOnlyList<string> problems = new StudioOptions { Urls = "nonsense", ApiKey = "short", Workers = 100, MaxUploadMegabytes = 0 }.Problems();
        Assert.Equal(4, problems.Count);
    }

    [Fact]
    public async Task With_a_key_every_request_must_show_it()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { ApiKey = Key });
        using HttpResponseMessage none = await studio.Client.GetAsync("/api/jobs", Cancellation);
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/jobs") { Headers = { { "X-Api-Key", Key + "x" } } };
        using HttpResponseMessage refused = await studio.Client.SendAsync(wrong, Cancellation);
        using var right = new HttpRequestMessage(HttpMethod.Get, "/api/jobs") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
        using HttpResponseMessage taken = await studio.Client.SendAsync(right, Cancellation);
        using HttpResponseMessage health = await studio.Client.GetAsync("/health", Cancellation);
        using HttpResponseMessage metrics = await studio.Client.GetAsync("/metrics", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, metrics.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Other_sites_cannot_send_forms(string header, string value)
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Headers = { { header, value } }, Content = new MultipartFormDataContent() };
        using HttpResponseMessage response = await studio.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Other_sites_cannot_open_the_page_s_connection()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        var url = new UriBuilder(studio.Url) { Scheme = "ws", Path = "/_blazor" }.Uri;
        WebSocketException refusal = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(url, Cancellation));
        Assert.Contains("403", refusal.Message);
    }

    [Fact]
    public async Task Names_that_are_not_this_machine_s_are_not_answered()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs") { Headers = { Host = "rebound.example" } };
        using HttpResponseMessage response = await studio.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Queue_s_dashboard_is_not_for_clients_of_a_proxy()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/queue") { Headers = { { "X-Forwarded-For", "203.0.113.9" } } };
        using HttpResponseMessage response = await studio.Client.SendAsync(request, Cancellation);
        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Pages_tell_the_browser_to_take_nothing_from_elsewhere()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using HttpResponseMessage response = await studio.Client.GetAsync("/", Cancellation);
        string policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("script-src 'self' 'unsafe", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Requests_above_the_limit_are_told_to_come_later()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { RequestsPerMinute = 3 });
        for (int i = 0; i < 3; i++)
            (await studio.Client.GetAsync("/api/jobs", Cancellation)).EnsureSuccessStatusCode();
        using HttpResponseMessage response = await studio.Client.GetAsync("/api/jobs", Cancellation);
        using HttpResponseMessage health = await studio.Client.GetAsync("/health", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Oldest_results_make_room_and_unfinished_jobs_stay()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { DiskGigabytes = 0.01 });
        var quota = studio.Services.GetRequiredService<DiskQuota>();
        string settings = """{ "engine": "universal", "size": 16, "levels": "1" }""";
        string old = await studio.CreateAsync(("content", Pictures.Noise(900, 900, 1)), ("style", "swirls"), ("settings", settings));
        await studio.WaitAsync(old);
        string middle = await studio.CreateAsync(("content", Pictures.Noise(900, 900, 2)), ("style", "swirls"), ("settings", settings));
        await studio.WaitAsync(middle);
        string waiting = await studio.CreateAsync(("content", Pictures.Noise(900, 2400, 3)), ("style", "swirls"), ("settings", """{ "engine": "gatys", "size": 64, "iterations": 1000000 }"""));

        string debris = Path.Combine(studio.Options.Folder!, "jobs", new string('a', 32));
        Directory.CreateDirectory(debris);
        Directory.SetLastWriteTimeUtc(debris, DateTime.UtcNow.AddDays(-2));

        Assert.Equal(1, quota.Sweep());
        Assert.False(Directory.Exists(debris));
        string[] left = [.. studio.Services.GetRequiredService<JobStore>().Ids()];
        Assert.Equal([waiting, middle], left);
        using HttpResponseMessage result = await studio.Client.GetAsync($"/api/jobs/{middle}/result", Cancellation);
        Assert.Equal(HttpStatusCode.OK, result.StatusCode);
    }
}
