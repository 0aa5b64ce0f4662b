using System.Diagnostics;
using Pastiche.Benchmarks.Chains;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>evaluation</c>: what one evaluation of L-BFGS costs in a run of preset <c>gatys</c>, beside bare passes forward + backward to
/// the same depth, of the picture and of the picture with the preset's margin. They alternate: between two evaluations of the
/// run there is one pass of each.
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

        int canvas = size + 2 * options.Margin;
        using var bare = new PasticheChain(network, size, "relu5_1", options.Pooling, threads);
        using var withMargin = new PasticheChain(network, canvas, "relu5_1", options.Pooling, threads);
        using var compute = new NetworkCompute(threads);
        using var engine = new GatysEngine(options, network, compute);
        List<double> evaluations = [], passes = [], marginPasses = [];
        long start = 0;
        engine.Run(picture, [new WeightedStyle(style, 1)], picture.Planes, _ =>
        {
            evaluations.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            passes.Add(Milliseconds(bare.ForwardBackward));
            marginPasses.Add(Milliseconds(withMargin.ForwardBackward));
            start = Stopwatch.GetTimestamp();
        }, CancellationToken.None);

        double evaluation = Median(evaluations), pass = Median(passes), marginPass = Median(marginPasses);
        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"{size}, preset gatys, medians of {rounds} in ms");
        Console.WriteLine($"  evaluation of L-BFGS, {canvas} with the margin           {evaluation,8:F1}");
        Console.WriteLine($"  bare forward + backward to relu5_1 at {canvas}           {marginPass,8:F1}   ratio {evaluation / marginPass:F2}");
        Console.WriteLine($"  bare forward + backward to relu5_1 at {size}           {pass,8:F1}   ratio {evaluation / pass:F2}");
        return 0;
    }

    private static double Median(List<double> milliseconds) => Statistics.Median([.. milliseconds.Skip(WarmUp)]);

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
