using System.Text.Json;

namespace Pastiche.Benchmarks.Onnx;

/// <summary>What ONNX Runtime's profiler says: milliseconds of each kind of operator in one run, median over the runs.</summary>
internal sealed record OnnxProfile(IReadOnlyDictionary<string, double> MillisecondsByOperator)
{
    private const string KernelSuffix = "_kernel_time";

    /// <summary>The convolutions alone; the forward ones have bias and ReLU fused into them.</summary>
    public double ConvolutionMilliseconds => MillisecondsByOperator.GetValueOrDefault("Conv");

    public double TotalMilliseconds => MillisecondsByOperator.Values.Sum();

    /// <summary>Runs a model under the profiler.</summary>
    public static OnnxProfile Measure(byte[] model, float[] input, int threads, int runs)
    {
        string folder = Directory.CreateTempSubdirectory("pastiche-profile-").FullName;
        try
        {
            using var session = new OnnxSession(model, input, threads, Path.Combine(folder, "profile"));
            for (int i = 0; i <= runs; i++) // the first allocates and is not counted
                session.Run();
            using JsonDocument trace = JsonDocument.Parse(File.ReadAllBytes(session.EndProfiling()));
            return Read(trace.RootElement);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static OnnxProfile Read(JsonElement trace)
    {
        List<JsonElement> events = [.. trace.EnumerateArray().Where(item => item.TryGetProperty("dur", out _))];
        List<JsonElement> runs = [.. events.Where(item => Name(item) == "model_run").Skip(1)];
        return new OnnxProfile(events
            .Where(item => Name(item).EndsWith(KernelSuffix, StringComparison.Ordinal))
            .GroupBy(kernel => kernel.GetProperty("args").GetProperty("op_name").GetString()!)
            .ToDictionary(
                group => group.Key,
                group => Statistics.Median([.. runs.Select(run => group.Where(kernel => IsWithin(kernel, run)).Sum(Milliseconds))])));
    }

    private static bool IsWithin(JsonElement kernel, JsonElement run)
    {
        long start = kernel.GetProperty("ts").GetInt64();
        long runStart = run.GetProperty("ts").GetInt64();
        return start >= runStart && start <= runStart + run.GetProperty("dur").GetInt64();
    }

    private static double Milliseconds(JsonElement item) => item.GetProperty("dur").GetInt64() / 1000.0;

    private static string Name(JsonElement item) => item.GetProperty("name").GetString()!;
}
