using System.Diagnostics;
using Pastiche.Benchmarks.Chains;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>busy</c>: forward + backward at 512, relu4_1, on the machine as it is and then with one core kept busy by another process.
/// </summary>
internal static class BusyCommand
{
    private const int Size = 512;
    private const string Tap = "relu4_1";

    // The other process ends by itself after this time, should this one be killed.
    private const int MostSeconds = 300;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--pooling", "--rounds", "--threads");
        var timer = new InterleavedTimer(arguments.Integer("--rounds", 1, 1000));
        int threads = arguments.Threads();
        NetworkWeights network = BenchmarkNetwork.Load();
        using IChain ours = Engines.Factory(Engines.Pastiche, network, threads)(Size, Tap, arguments.Pooling());
        using IChain theirs = Engines.Factory(Engines.OnnxRuntime, network, threads)(Size, Tap, arguments.Pooling());

        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"{Size} {Tap}, forward + backward, medians in ms: {Agreement.Check(ours, theirs)}");
        double[] idle = timer.Medians(ours.ForwardBackward, theirs.ForwardBackward);
        double[] busy;
        using (Process spinner = SelfProcess.Start("spin", $"{MostSeconds}"))
        {
            try
            {
                busy = timer.Medians(ours.ForwardBackward, theirs.ForwardBackward);
                if (spinner.HasExited)
                    throw new InvalidOperationException("the busy process ended before the measurement did");
            }
            finally
            {
                spinner.Kill();
                spinner.WaitForExit();
            }
        }

        Console.WriteLine($"  {"",-16}{"idle",10}{"one busy",10}{"slowdown",10}");
        Console.WriteLine($"  {ours.Name,-16}{idle[0],10:F1}{busy[0],10:F1}{busy[0] / idle[0],10:F2}");
        Console.WriteLine($"  {theirs.Name,-16}{idle[1],10:F1}{busy[1],10:F1}{busy[1] / idle[1],10:F2}");
        return 0;
    }

    /// <summary><c>spin SECONDS</c>: keeps one core busy; what <c>busy</c> starts as the other process.</summary>
    public static int Spin(IReadOnlyList<string> args)
    {
        TimeSpan time = TimeSpan.FromSeconds(int.Parse(args[0]));
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
            continue;
        return 0;
    }
}
