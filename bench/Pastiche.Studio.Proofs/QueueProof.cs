using System.Diagnostics;
using System.Text.Json.Nodes;
using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Studio.Proofs;

/// <summary>
/// Forty jobs; a worker is killed in the middle of one and the web process is started again. All results must be there once, and be to the
/// bit what the library gives.
/// </summary>
internal static class QueueProof
{
    private const int Jobs = 40, KilledAfter = 8, Side = 128;

    private const string Url = "http://127.0.0.1:5392";

    /// <summary>Runs it.</summary>
    /// <param name="storage">PostgreSQL: a web process and two workers share the work; <c>null</c>: one process does it all.</param>
    public static async Task<int> RunAsync(string? storage)
    {
        string folder = Directory.CreateTempSubdirectory("pastiche-proof-").FullName;
        string[] shared = ["--folder", folder, .. storage is null ? Array.Empty<string>() : ["--storage", storage]];
        string[] serve = ["serve", "--urls", Url, "--max-queue", $"{Jobs}", .. storage is null ? Array.Empty<string>() : ["--workers", "0"], .. shared];
        PasticheProcess web = await PasticheProcess.StartAsync(serve);
        List<PasticheProcess> all = [web];
        if (storage is not null)
            all.AddRange([await PasticheProcess.StartAsync(["worker", .. shared]), await PasticheProcess.StartAsync(["worker", .. shared])]);

        long started = Stopwatch.GetTimestamp();
        using var client = new ApiClient(Url);
        List<string> ids = [];
        for (int i = 0; i < Jobs; i++)
        {
            using HttpResponseMessage response = await client.PostAsync(ApiClient.Png(Side, 96, i), Settings(i));
            ids.Add(await ApiClient.IdAsync(response.EnsureSuccessStatusCode()));
        }

        while (Finished(folder, ids) < KilledAfter || WorkerOf(folder, ids, all[^1].Id) is null)
            await Task.Delay(20);
        string torn = WorkerOf(folder, ids, all[^1].Id)!;
        all[^1].Kill();
        Console.WriteLine($"{Finished(folder, ids)} finished; killed process {all[^1].Id} while it painted {torn}");
        if (storage is not null)
            await web.StopAsync();
        all.Add(await PasticheProcess.StartAsync(serve));
        Console.WriteLine("the web process was started again");
        while (Finished(folder, ids) < Jobs)
            await Task.Delay(200);
        TimeSpan time = Stopwatch.GetElapsedTime(started);

        using var after = new ApiClient(Url);
        int right = 0;
        for (int i = 0; i < Jobs; i++)
        {
            using HttpResponseMessage response = await after.GetAsync($"/api/jobs/{ids[i]}/result");
            if (response.IsSuccessStatusCode && Same(await response.Content.ReadAsByteArrayAsync(), i))
                right++;
        }
        string[] ends = [.. all.SelectMany(process => process.Lines).Where(line => line.Contains(": Done after"))];
        int jobs = JsonNode.Parse(await (await after.GetAsync("/api/jobs?limit=500")).Content.ReadAsStringAsync())!.AsArray().Count;
        Console.WriteLine($"{right} of {Jobs} results are to the bit the library's; the server knows {jobs} jobs; {time.TotalSeconds:0.0} s");
        Console.WriteLine($"workers told of {ends.Length} ends, {ends.Count(line => line.Contains("somebody else was first"))} of them second ones that were thrown away");
        foreach (PasticheProcess process in all)
            process.Dispose();
        Directory.Delete(folder, recursive: true);
        return right == Jobs && jobs == Jobs ? 0 : 1;
    }

    private static string Settings(int seed) => $$"""{ "engine": "gatys", "size": {{Side}}, "iterations": 60, "init": "noise", "seed": {{seed}}, "model": "compact" }""";

    private static int Finished(string folder, List<string> ids) => ids.Count(id => File.Exists(Path.Combine(folder, "jobs", id, "outcome.json")));

    // The job that a process works on.
    private static string? WorkerOf(string folder, List<string> ids, int process) => ids.FirstOrDefault(id =>
    {
        string job = Path.Combine(folder, "jobs", id), progress = Path.Combine(job, "progress.json");
        return !File.Exists(Path.Combine(job, "outcome.json")) && File.Exists(progress) && File.ReadAllText(progress).Contains($":{process}\"", StringComparison.Ordinal);
    });

    private static bool Same(byte[] png, int seed)
    {
        Picture expected = Stylizer.Run(SettingsFile.Parse(Settings(seed), "settings").ApplyTo(new StyleTransferRequest
        {
            Content = PictureFile.Read(ApiClient.Png(Side, 96, seed), "content"),
            Styles = [new StyleSource(Samples.Swirls)],
        })).Picture;
        return PictureFile.Read(png, "result").Planes.AsSpan().SequenceEqual(PictureFile.Read(PictureFile.Encode(expected, ".png"), "expected").Planes);
    }
}
