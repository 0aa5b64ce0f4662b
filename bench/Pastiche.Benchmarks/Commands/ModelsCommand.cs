using Pastiche.Benchmarks.Chains;
using Pastiche.Compute;
using Pastiche.Models;

namespace Pastiche.Benchmarks.Commands;

/// <summary><c>models</c>: one pass forward + backward of VGG-19 beside one of another model, in turns, both by our engine.</summary>
internal static class ModelsCommand
{
    private const int DefaultRounds = 9;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--model", "--size", "--tap", "--pooling", "--rounds", "--threads");
        string model = arguments.Text("--model", BenchmarkModels.Compact), tap = arguments.Text("--tap", "relu4_1");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        int rounds = arguments.Integer("--rounds", 1, 1000) ?? DefaultRounds;
        PoolingKind pooling = arguments.Pooling();
        using var large = new PasticheChain(BenchmarkNetwork.Load(), size, tap, pooling, threads);
        using var small = new PasticheChain(ModelStore.Default.Load(model).Weights, size, tap, pooling, threads);

        List<Cost> largeCosts = [], smallCosts = [];
        for (int round = -1; round < rounds; round++)
        {
            Cost ofLarge = Cost.Of(large.ForwardBackward);
            // The small model would meet a cache full of the large one's maps, which in a run of its own it never does.
            small.ForwardBackward();
            Cost ofSmall = Cost.Of(small.ForwardBackward);
            if (round < 0)
                continue;
            largeCosts.Add(ofLarge);
            smallCosts.Add(ofSmall);
        }

        Cost first = Cost.Median(largeCosts), second = Cost.Median(smallCosts);
        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"forward + backward to {tap} at {size}, {pooling.ToString().ToLowerInvariant()} pooling, medians of {rounds} in ms");
        Console.WriteLine($"  {"",-20}{"wall",8}{"processor",11}");
        Console.WriteLine($"  {"VGG-19",-20}{first.Wall,8:F1}{first.Processor,11:F1}");
        Console.WriteLine($"  {model,-20}{second.Wall,8:F1}{second.Processor,11:F1}");
        Console.WriteLine($"ratio-to-vgg19 wall={first.Wall / second.Wall:F2} processor={first.Processor / second.Processor:F2}");
        return 0;
    }
}
