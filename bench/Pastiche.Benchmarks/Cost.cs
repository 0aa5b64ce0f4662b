using System.Diagnostics;

namespace Pastiche.Benchmarks;

/// <summary>What an action took, in milliseconds.</summary>
/// <param name="Wall">Time that passed.</param>
/// <param name="Processor">Time that all threads of this process computed: the honest figure when others use the machine too.</param>
internal readonly record struct Cost(double Wall, double Processor)
{
    /// <summary>Runs an action.</summary>
    public static Cost Of(Action action)
    {
        Meter meter = Start();
        action();
        return meter.Elapsed;
    }

    /// <summary>Starts to measure.</summary>
    public static Meter Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    /// <summary>The medians of both.</summary>
    public static Cost Median(IReadOnlyCollection<Cost> costs) => new(
        Statistics.Median([.. costs.Select(cost => cost.Wall)]), Statistics.Median([.. costs.Select(cost => cost.Processor)]));

    /// <summary>A measurement that runs.</summary>
    internal readonly record struct Meter(long Timestamp, TimeSpan Processor)
    {
        public Cost Elapsed => new(
            Stopwatch.GetElapsedTime(Timestamp).TotalMilliseconds, (Environment.CpuUsage.TotalTime - Processor).TotalMilliseconds);
    }
}
