using Pastiche.Benchmarks.Chains;
using Pastiche.Benchmarks.Onnx;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>chain</c>: forward and forward + backward of both engines, then the convolutions alone.
/// </summary>
internal static class ChainCommand
{
    private const string HeadlineTap = "relu4_1";
    private const int ConvolutionRuns = 3;

    // The convolutions alone are measured at one size: the one nearest to this.
    private const int ConvolutionSize = 512;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--sizes", "--taps", "--pooling", "--rounds", "--threads");
        int[] sizes = arguments.Sizes("--sizes", "256,512,1024");
        string[] taps = arguments.Texts("--taps", "relu4_1,relu5_1");
        PoolingKind pooling = arguments.Pooling();
        var timer = new InterleavedTimer(arguments.Integer("--rounds", 1, 1000));
        int threads = arguments.Threads();
        NetworkWeights network = BenchmarkNetwork.Load();

        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"VGG-19 with {pooling.ToString().ToLowerInvariant()} pooling, one picture, medians in ms");
        var headline = new Dictionary<int, double>();
        foreach (int size in sizes)
        {
            foreach (string tap in taps)
            {
                double ratio = CompareCase(network, size, tap, pooling, threads, timer);
                if (tap == HeadlineTap)
                    headline[size] = ratio;
            }
        }
        CompareConvolutions(network, sizes.MinBy(size => Math.Abs(size - ConvolutionSize)), taps, pooling, threads);
        Console.WriteLine();
        Console.WriteLine($"ratio-to-onnxruntime 512={Headline(512)} 1024={Headline(1024)}");
        return 0;

        string Headline(int size) => headline.TryGetValue(size, out double ratio) ? $"{ratio:F2}" : "-";
    }

    // Returns the ratio of forward + backward.
    private static double CompareCase(
        NetworkWeights network, int size, string tap, PoolingKind pooling, int threads, InterleavedTimer timer)
    {
        using IChain ours = Engines.Factory(Engines.Pastiche, network, threads)(size, tap, pooling);
        using IChain theirs = Engines.Factory(Engines.OnnxRuntime, network, threads)(size, tap, pooling);
        Console.WriteLine();
        Console.WriteLine($"{size} {tap}: {Agreement.Check(ours, theirs)}");

        double[] medians = timer.Medians(ours.Forward, theirs.Forward, ours.ForwardBackward, theirs.ForwardBackward);
        Console.WriteLine($"  {"",-20}{ours.Name,14}{theirs.Name,14}{"ratio",8}");
        WriteRow("forward", medians[0], medians[1]);
        return WriteRow("forward + backward", medians[2], medians[3]);
    }

    private static void CompareConvolutions(NetworkWeights network, int size, string[] taps, PoolingKind pooling, int threads)
    {
        Console.WriteLine();
        Console.WriteLine($"convolutions alone, forward + backward, {size} (each engine's own clock)");
        foreach (string tap in taps)
        {
            double? ours = MeasureOwnConvolutions(network, size, tap, pooling, threads);
            byte[] model = OnnxModel.ForwardBackward(ChainStage.UpTo(network, tap), size, pooling);
            OnnxProfile profile = OnnxProfile.Measure(model, BenchmarkNetwork.Picture(size), threads, ConvolutionRuns);
            double theirs = profile.ConvolutionMilliseconds;
            string comparison = ours is { } own ? $"{own,14:F1}{theirs,14:F1}{theirs / own,8:F2}" : $"{"not told",14}{theirs,14:F1}{"-",8}";
            Console.WriteLine($"  {tap,-20}{comparison}   ONNX Runtime's other operators: {OtherOperators(profile)}");
        }
    }

    private static double? MeasureOwnConvolutions(NetworkWeights network, int size, string tap, PoolingKind pooling, int threads)
    {
        using IChain ours = Engines.Factory(Engines.Pastiche, network, threads)(size, tap, pooling);
        var runs = new List<double>();
        for (int i = 0; i <= ConvolutionRuns; i++)
        {
            ours.ForwardBackward();
            if (i > 0 && ours.ConvolutionMilliseconds is { } milliseconds)
                runs.Add(milliseconds);
        }
        return runs.Count > 0 ? Statistics.Median(runs) : null;
    }

    private static string OtherOperators(OnnxProfile profile)
    {
        double others = profile.TotalMilliseconds - profile.ConvolutionMilliseconds;
        IEnumerable<string> parts = profile.MillisecondsByOperator
            .Where(entry => entry.Key != "Conv" && entry.Value >= 0.05)
            .OrderByDescending(entry => entry.Value)
            .Select(entry => $"{entry.Key} {entry.Value:F1}");
        return $"{others:F1} ms, {others / profile.TotalMilliseconds:P0} ({string.Join(", ", parts)})";
    }

    private static double WriteRow(string pass, double ours, double theirs)
    {
        Console.WriteLine($"  {pass,-20}{ours,14:F1}{theirs,14:F1}{theirs / ours,8:F2}");
        return theirs / ours;
    }
}
