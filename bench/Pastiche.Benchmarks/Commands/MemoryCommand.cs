using System.Diagnostics;
using System.Runtime;
using Pastiche.Benchmarks.Chains;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>memory</c>: the peak memory of three passes forward + backward, each engine in a process of its own. Linux only.
/// </summary>
internal static class MemoryCommand
{
    private const int Passes = 3;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--size", "--tap", "--engine", "--pooling", "--threads");
        int size = arguments.Size("--size", 1024);
        string tap = arguments.Text("--tap", "relu4_1");
        string? only = arguments.Text("--engine", Engines.Names);
        int threads = arguments.Threads();

        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"{size} {tap}, forward + backward {Passes} times, resident memory in MiB");
        Console.WriteLine($"  {"",-16}{"peak",10}{"before",10}{"of the network",16}");
        foreach (string engine in Engines.Names.Where(name => only is null || name == only))
        {
            string[] child =
            [
                "memory-of", "--engine", engine, "--size", $"{size}", "--tap", tap, "--threads", $"{threads}",
                "--pooling", arguments.Pooling().ToString().ToLowerInvariant(),
            ];
            using Process process = SelfProcess.Start(child);
            string result = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                return process.ExitCode;
            string[] words = result.Split(' ');
            (string name, double before, double peak) = (words[0], double.Parse(words[1]), double.Parse(words[2]));
            Console.WriteLine($"  {name,-16}{peak,10:F0}{before,10:F0}{peak - before,16:F0}");
        }
        return 0;
    }

    /// <summary><c>memory-of</c>: measures one engine in this process and prints its name, the MiB before and the peak.</summary>
    public static int MeasureOne(IReadOnlyList<string> args)
    {
        ProcessMemory.Require("memory");
        var arguments = new Arguments(args, "--size", "--tap", "--engine", "--pooling", "--threads");
        NetworkWeights network = BenchmarkNetwork.Load();
        ChainFactory factory = Engines.Factory(arguments.Text("--engine", Engines.Pastiche), network, arguments.Threads());
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        ProcessMemory.ClearPeak();
        double before = ProcessMemory.Resident;
        using IChain chain = factory(arguments.Size("--size", 1024), arguments.Text("--tap", "relu4_1"), arguments.Pooling());
        for (int i = 0; i < Passes; i++)
            chain.ForwardBackward();
        Console.Write($"{chain.Name} {before} {ProcessMemory.Peak}");
        return 0;
    }
}
