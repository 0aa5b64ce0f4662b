using System.Diagnostics.Metrics;
using Pastiche.Studio.Store;

namespace Pastiche.Studio;

/// <summary>What the studio counts, for OpenTelemetry.</summary>
internal static class StudioMetrics
{
    /// <summary>The name under which it counts.</summary>
    public const string Name = "Pastiche.Studio";

    private static readonly Meter Meter = new(Name, Stylizer.Version);

    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("pastiche.jobs.finished", description: "Jobs that came to an end, by outcome.");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("pastiche.job.duration", "s", "Time that jobs took to paint.");

    private static readonly Histogram<double> Previews = Meter.CreateHistogram<double>("pastiche.preview.duration", "s", "Time that previews took.");

    /// <summary>A job came to an end.</summary>
    public static void Finished(JobOutcome outcome)
    {
        Jobs.Add(1, new KeyValuePair<string, object?>("state", outcome.State.ToString()));
        if (outcome.Seconds > 0)
            Seconds.Record(outcome.Seconds);
    }

    /// <summary>A preview was painted.</summary>
    public static void Previewed(TimeSpan time) => Previews.Record(time.TotalSeconds);
}
