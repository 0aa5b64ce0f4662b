using System.Diagnostics;
using Pastiche.Benchmarks.Chains;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>evaluation</c>: what one evaluation of L-BFGS costs in a run of preset <c>gatys</c>, beside a bare forward + backward to
/// the same depth. The two alternate: between two evaluations of the run there is one bare pass.
/// </summary>
internal static class EvaluationCommand
{
    private const int WarmUp = 3;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--size", "--rounds", "--threads");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        int rounds = arguments.Integer("--rounds", 1, 1000) ?? 15;
        GatysOptions options = GatysOptions.Gatys with { Iterations = WarmUp + rounds };
        NetworkWeights network = BenchmarkNetwork.Load();
        var picture = new Picture(size, size, [.. BenchmarkNetwork.Picture(size).Select(value => Math.Clamp(0.5f + value / 260, 0, 1))]);
        var style = new Picture(size, size, [.. picture.Planes.Reverse()]);

        using var bare = new PasticheChain(network, size, "relu5_1", options.Pooling, threads);
        using var compute = new NetworkCompute(threads);
        using var engine = new GatysEngine(options, network, compute);
        List<double> evaluations = [], passes = [];
        long start = 0;
        engine.Run(picture, [new WeightedStyle(style, 1)], picture.Planes, _ =>
        {
            evaluations.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            bare.ForwardBackward();
            passes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
        }, CancellationToken.None);

        double evaluation = Statistics.Median([.. evaluations.Skip(WarmUp)]), pass = Statistics.Median([.. passes.Skip(WarmUp)]);
        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"{size}, preset gatys, medians of {evaluations.Count - WarmUp} in ms");
        Console.WriteLine($"  evaluation of L-BFGS {evaluation:F1}, bare forward + backward to relu5_1 {pass:F1}, ratio {evaluation / pass:F2}");
        return 0;
    }
}
