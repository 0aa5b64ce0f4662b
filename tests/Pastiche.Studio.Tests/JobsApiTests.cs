using System.Net;
using System.Text.Json.Nodes;
using Pastiche.Imaging;

namespace Pastiche.Studio.Tests;

/// <summary>The HTTP API of jobs.</summary>
public sealed class JobsApiTests
{
    private const string Quick = """{ "engine": "universal", "size": 64, "levels": "2,1" }""";

    private const string Endless = """{ "engine": "gatys", "size": 64, "iterations": 1000000 }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_gives_the_picture_that_the_library_gives_and_tells_how_it_was_made()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        string id = await studio.CreateAsync(("content", Pictures.Png()), ("style", Pictures.Png(seed: 1)), ("settings", Quick));
        JsonNode job = await studio.WaitAsync(id);
        byte[] png = await studio.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancellation);

        StyleResult expected = Stylizer.Run(SettingsFile.Parse(Quick, "test").ApplyTo(new StyleTransferRequest
        {
            Content = PictureFile.Read(Pictures.Png(), "content"),
            Styles = [new StyleSource(PictureFile.Read(Pictures.Png(seed: 1), "style"))],
        }), cancellation: Cancellation);
        Assert.Equal("done", (string)job["state"]!);
        Assert.Equal(PictureFile.Read(PictureFile.Encode(expected.Picture, ".png"), "expected").Planes, PictureFile.Read(png, "result").Planes);
        Recipe recipe = Recipe.Parse(PictureFile.ReadNote(png, "result")!, "result");
        Assert.Equal("2,1", recipe.Settings["levels"]);
        Assert.Equal("style.png", recipe.Styles.Single().File);
    }

    [Theory]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    [InlineData("tiff", "image/tiff")]
    [InlineData("avif", "image/avif")]
    public async Task Result_can_be_had_in_every_format(string format, string type)
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        string id = await studio.CreateAsync(("content", Pictures.Png()), ("style", "mosaic"), ("settings", Quick));
        await studio.WaitAsync(id);

        using HttpResponseMessage response = await studio.Client.GetAsync($"/api/jobs/{id}/result?format={format}", Cancellation);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(64, PictureFile.Read(bytes, format).Width);
        Assert.NotNull(PictureFile.ReadNote(bytes, format));
    }

    [Fact]
    public async Task Mask_is_where_the_style_of_its_number_goes()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        string id = await studio.CreateAsync(
            ("content", Pictures.Png()), ("style", Pictures.Png(seed: 3)), ("mask", Pictures.HalfMask()), ("settings", """{ "engine": "universal", "size": 96, "levels": "1" }"""));
        JsonNode job = await studio.WaitAsync(id);
        Picture result = PictureFile.Read(await studio.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancellation), "result");
        Picture content = PictureFile.Read(Pictures.Png(), "content");

        Assert.Equal("style.png", (string)job["regions"]![0]!["styles"]![0]!["name"]!);
        Assert.True(Difference(0, 40) > 0.02, "the left half is to be repainted");
        Assert.True(Difference(56, 96) < 0.004, "the right half is to stay");

        double Difference(int from, int to) => Enumerable.Range(0, result.Planes.Length)
            .Where(i => i % 96 >= from && i % 96 < to).Average(i => Math.Abs(result.Planes[i] - content.Planes[i]));
    }

    [Fact]
    public async Task Events_tell_progress_until_the_end()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        string id = await studio.CreateAsync(
            ("content", Pictures.Png()), ("style", "swirls"), ("settings", """{ "engine": "gatys", "size": 96, "iterations": 60 }"""));
        string events = await studio.Client.GetStringAsync($"/api/jobs/{id}/events", Cancellation);

        Assert.Contains("event: progress", events);
        Assert.Contains("event: finished", events);
        JsonNode last = JsonNode.Parse(events.Split('\n').Last(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..])!;
        Assert.Equal("done", (string)last["state"]!);
        Assert.Equal(60, (int)last["result"]!["steps"]!);
    }

    [Fact]
    public async Task Cancelled_job_keeps_what_it_had_become()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        string id = await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Endless));
        await studio.WaitAsync(id, job => job["progress"]?["step"] is { } step && (int)step > 0);
        using HttpResponseMessage response = await studio.Client.PostAsync($"/api/jobs/{id}/cancel", null, Cancellation);
        JsonNode job = await studio.WaitAsync(id);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("cancelled", (string)job["state"]!);
        Assert.NotEmpty(await studio.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancellation));
    }

    [Fact]
    public async Task Deleted_job_is_gone_and_stops()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        string running = await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Endless));
        await studio.WaitAsync(running, job => job["progress"]?["step"] is { } step && (int)step > 0);
        using HttpResponseMessage response = await studio.Client.DeleteAsync($"/api/jobs/{running}", Cancellation);
        using HttpResponseMessage after = await studio.Client.GetAsync($"/api/jobs/{running}", Cancellation);
        string next = await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Quick));
        JsonNode job = await studio.WaitAsync(next); // the one worker is free again

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
        Assert.Equal("done", (string)job["state"]!);
    }

    [Fact]
    public async Task Jobs_survive_a_restart_and_have_one_result_each()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        List<string> ids = [];
        for (int i = 0; i < 6; i++)
        {
            ids.Add(await studio.CreateAsync(
                ("content", Pictures.Png(seed: i)), ("style", "swirls"), ("settings", """{ "engine": "gatys", "size": 96, "iterations": 60 }""")));
        }
        await studio.WaitAsync(ids[0], job => (string)job["state"]! != "queued");
        await studio.RestartAsync();
        foreach (string id in ids)
        {
            JsonNode job = await studio.WaitAsync(id);
            Assert.Equal("done", (string)job["state"]!);
            Assert.Equal(96, PictureFile.Read(await studio.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancellation), id).Width);
        }
        JsonArray all = JsonNode.Parse(await studio.Client.GetStringAsync("/api/jobs", Cancellation))!.AsArray();
        Assert.Equal(ids.Order(), all.Select(job => (string)job!["id"]!).Order());
    }

    [Fact]
    public async Task Job_whose_picture_is_gone_fails_and_says_so()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { Workers = 0 });
        string id = await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Quick));
        Directory.Delete(Path.Combine(studio.Options.Folder!, "blobs"), recursive: true);
        await studio.RestartAsync(options => options with { Workers = 1 });
        JsonNode job = await studio.WaitAsync(id);

        Assert.Equal("failed", (string)job["state"]!);
        Assert.Equal("'content.png' is no longer kept", (string)job["problems"]![0]!);
    }

    [Fact]
    public async Task Client_has_as_many_unfinished_jobs_as_it_may_have()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { MaxQueuePerClient = 2, Workers = 0 });
        string[] ids =
        [
            await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Quick)),
            await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Quick)),
        ];
        using HttpResponseMessage third = await studio.PostAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Quick));
        await studio.Client.DeleteAsync($"/api/jobs/{ids[0]}", Cancellation);
        using HttpResponseMessage fourth = await studio.PostAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", Quick));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("application/problem+json", third.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.Created, fourth.StatusCode);
    }

    public static TheoryData<string, string> BadSettings => new()
    {
        { """{ "alpha": 7 }""", "alpha '7' is not a number from 0 to 1" },
        { """{ "colour": 7 }""", "colour is no setting" },
        { """{ "size": 16000 }""", "size is 16000; allowed here: up to 4096" },
        { """{ "model": "/etc/passwd" }""", "model '/etc/passwd' is none of" },
        { "[1", "is no JSON object" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task Bad_settings_are_refused_with_a_problem_that_says_what_is_allowed(string settings, string problem)
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using HttpResponseMessage response = await studio.PostAsync(("content", Pictures.Png()), ("style", "swirls"), ("settings", settings));
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(400, (int)body["status"]!);
        Assert.Contains(problem, (string)body["problems"]![0]!);
    }

    [Fact]
    public async Task Result_that_is_not_there_yet_and_job_that_never_was_are_told_apart()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { Workers = 0 });
        string id = await studio.CreateAsync(("content", Pictures.Png()), ("style", "swirls"));
        using HttpResponseMessage early = await studio.Client.GetAsync($"/api/jobs/{id}/result", Cancellation);
        using HttpResponseMessage unknown = await studio.Client.GetAsync($"/api/jobs/{new string('0', 32)}/result", Cancellation);
        using HttpResponseMessage path = await studio.Client.GetAsync("/api/jobs/..%2f..%2fetc/result", Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, path.StatusCode);
    }

    [Theory]
    [InlineData("/health", "text/plain")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/scalar/", "text/html")]
    [InlineData("/queue", "text/html")]
    [InlineData("/", "text/html")]
    public async Task Pages_of_the_server_are_there(string path, string type)
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using HttpResponseMessage response = await studio.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
    }
}
