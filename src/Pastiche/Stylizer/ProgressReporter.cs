using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>Turns an engine's steps into reports, and keeps the losses and the best picture.</summary>
internal sealed class ProgressReporter(EngineInput input, IProgress<StyleProgress>? progress)
{
    private static readonly IReadOnlyDictionary<string, double> NoTerms = new Dictionary<string, double>();

    private readonly List<double> _losses = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private float[] _best = input.Start;

    /// <summary>The total loss of every evaluation.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Steps that were reported.</summary>
    public int Steps { get; private set; }

    /// <summary>Passes an evaluation of a loss on.</summary>
    /// <param name="step">The evaluation.</param>
    /// <param name="evaluations">Evaluations to make.</param>
    public void Report(GatysStep step, int evaluations)
    {
        _losses.Add(step.Loss);
        Report(step.Evaluation, evaluations, step.Loss, step.Terms, step.Best);
    }

    /// <summary>Passes a level on.</summary>
    public void Report(UniversalStep step) => Report(step.Number, step.Count, null, NoTerms, step.Planes);

    /// <summary>The best planes so far with the content's transparency and profile, finished.</summary>
    public Picture BestPicture()
    {
        Picture content = input.Content;
        return input.Finish(new Picture(content.Width, content.Height, [.. _best], content.Alpha, content.IccProfile));
    }

    private void Report(int step, int steps, double? loss, IReadOnlyDictionary<string, double> terms, float[] best)
    {
        (Steps, _best) = (step, best);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        TimeSpan remaining = elapsed / step * (steps - step);
        progress?.Report(new StyleProgress(step, steps, loss, terms, elapsed, step > 1 ? remaining : null, BestPicture));
    }
}
