using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>Turns an engine's steps into reports, and keeps the losses and the best picture.</summary>
/// <param name="content">The photograph, at the size of the result.</param>
/// <param name="start">Where the run starts, <c>[3, height, width]</c>.</param>
/// <param name="progress">Hears of every step.</param>
internal sealed class ProgressReporter(Picture content, float[] start, IProgress<StyleProgress>? progress)
{
    private static readonly IReadOnlyDictionary<string, double> NoTerms = new Dictionary<string, double>();

    private readonly List<double> _losses = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private (int Width, int Height) _size = (content.Width, content.Height);
    private float[] _best = start;

    /// <summary>The total loss of every evaluation.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Steps that were reported.</summary>
    public int Steps { get; private set; }

    /// <summary>Passes an evaluation of a loss on.</summary>
    /// <param name="step">The evaluation; its number is counted within its size.</param>
    /// <param name="scales">The sizes of the run.</param>
    /// <param name="index">The one that is being worked at.</param>
    public void Report(GatysStep step, IReadOnlyList<PaintScale> scales, int index)
    {
        _losses.Add(step.Loss);
        PaintScale scale = scales[index];
        _size = (scale.Width, scale.Height);
        double done = scales.Take(index).Sum(before => before.Work) + scale.Work * step.Evaluation / scale.Iterations;
        Report(Steps + 1, scales.Sum(each => each.Iterations), done / scales.Sum(each => each.Work), step.Loss, step.Terms, step.Best);
    }

    /// <summary>Passes a level on.</summary>
    public void Report(UniversalStep step) => Report(step.Number, step.Count, (double)step.Number / step.Count, null, NoTerms, step.Planes);

    /// <summary>The best planes so far, of the size at which they were painted.</summary>
    public Picture Reached() => new(_size.Width, _size.Height, [.. _best]);

    /// <summary>The best planes so far at the result's size, with the content's transparency and profile.</summary>
    public Picture BestPicture() =>
        new(content.Width, content.Height, Resampling.Resize(Reached(), content.Width, content.Height).Planes, content.Alpha, content.IccProfile);

    private void Report(int step, int steps, double done, double? loss, IReadOnlyDictionary<string, double> terms, float[] best)
    {
        (Steps, _best) = (step, best);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        progress?.Report(new StyleProgress(step, steps, loss, terms, elapsed, step > 1 ? elapsed * ((1 - done) / done) : null, BestPicture));
    }
}
