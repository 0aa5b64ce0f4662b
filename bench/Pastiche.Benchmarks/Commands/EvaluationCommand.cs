using Pastiche.Benchmarks.Chains;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Settings;

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
        var arguments = new Arguments(args, "--model", "--style-loss", "--size", "--rounds", "--threads");
        string model = arguments.Text("--model", "");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        int rounds = arguments.Integer("--rounds", 1, 1000) ?? 15;
        IReadOnlyDictionary<string, StyleLossKind> losses = SettingText.Words<StyleLossKind>();
        string loss = arguments.Text("--style-loss", [.. losses.Keys]) ?? SettingText.Format(GatysOptions.Gram.StyleLoss);
        GatysOptions options = GatysOptions.Gram with { Iterations = WarmUp + rounds, StyleLoss = losses[loss] };
        using var compute = new NetworkCompute(threads);
        // A built-in or stored model sees what it sees in a run; VGG-19 as the chain has it may be random.
        NetworkWeights network = model.Length > 0 ? BenchmarkModels.AtCommonScale(model, compute) : BenchmarkNetwork.Load();
        var picture = new Picture(size, size, [.. BenchmarkNetwork.Picture(size).Select(value => Math.Clamp(0.5f + value / 260, 0, 1))]);
        var style = new Picture(size, size, [.. picture.Planes.Reverse()]);

        int canvas = size + 2 * GatysEngine.MarginOf(options, network);
        using var bare = new PasticheChain(network, size, "relu5_1", options.Pooling, threads);
        using var withMargin = new PasticheChain(network, canvas, "relu5_1", options.Pooling, threads);
        using var engine = new GatysEngine(options, network, compute);
        List<Cost> evaluations = [], passes = [], marginPasses = [];
        Cost.Meter meter = Cost.Start();
        engine.Run(picture, [new WeightedGrams(engine.Read(style), 1)], picture.Planes, _ =>
        {
            evaluations.Add(meter.Elapsed);
            passes.Add(Cost.Of(bare.ForwardBackward));
            marginPasses.Add(Cost.Of(withMargin.ForwardBackward));
            meter = Cost.Start();
        }, CancellationToken.None);

        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"{(model.Length > 0 ? model : "VGG-19")} at {size}, preset gatys, style loss {loss}, medians of {rounds} in ms");
        Console.WriteLine($"  {"",-56}{"wall",8}{"processor",11}");
        Cost evaluation = Write($"evaluation of L-BFGS, {canvas} with the margin", evaluations);
        Cost marginPass = Write($"bare forward + backward to relu5_1 at {canvas}", marginPasses);
        Cost pass = Write($"bare forward + backward to relu5_1 at {size}", passes);
        Console.WriteLine($"evaluation-to-pass {canvas}={evaluation.Wall / marginPass.Wall:F2} {size}={evaluation.Wall / pass.Wall:F2}");
        return 0;
    }

    private static Cost Write(string what, List<Cost> costs)
    {
        var median = Cost.Median([.. costs.Skip(WarmUp)]);
        Console.WriteLine($"  {what,-56}{median.Wall,8:F1}{median.Processor,11:F1}");
        return median;
    }
}
