using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>Turns an engine's steps into reports, and keeps the losses and the best picture.</summary>
internal sealed class ProgressReporter(Picture content, int iterations, float[] start, IProgress<StyleProgress>? progress)
{
    private readonly List<double> _losses = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private float[] _best = start;

    /// <summary>The total loss of every evaluation.</summary>
    public IReadOnlyList<double> Losses => _losses;

    public void Report(GatysStep step)
    {
        _losses.Add(step.Loss);
        _best = step.Best;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        TimeSpan remaining = elapsed / step.Evaluation * (iterations - step.Evaluation);
        progress?.Report(new StyleProgress(
            step.Evaluation, iterations, step.Loss, step.Terms, elapsed, step.Evaluation > 1 ? remaining : null, BestPicture));
    }

    /// <summary>The best planes so far with the content's transparency and profile.</summary>
    public Picture BestPicture() => new(content.Width, content.Height, [.. _best], content.Alpha, content.IccProfile);
}
