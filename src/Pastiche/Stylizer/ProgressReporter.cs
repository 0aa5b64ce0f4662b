using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>Turns an engine's steps into reports, and keeps the losses and the best picture.</summary>
/// <param name="input">What the engine works on.</param>
/// <param name="progress">Hears of every step.</param>
internal sealed class ProgressReporter(EngineInput input, IProgress<StyleProgress>? progress)
{
    private static readonly IReadOnlyDictionary<string, double> NoTerms = new Dictionary<string, double>();

    private readonly List<double> _losses = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly RemainingTime _remaining = new(TimeProvider.System);
    private (int Width, int Height) _size = (input.Content.Width, input.Content.Height);
    private float[] _best = input.Start;

    /// <summary>The total loss of every evaluation.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Steps that were reported.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether someone wants to know how long the run takes before it starts.</summary>
    public bool WantsEstimate => progress is IProgress<RunEstimate>;

    /// <summary>Passes an estimate on.</summary>
    public void Report(RunEstimate estimate)
    {
        _remaining.Expect(estimate.Time);
        (progress as IProgress<RunEstimate>)?.Report(estimate);
    }

    /// <summary>Goes on from where an interrupted run was.</summary>
    /// <param name="state">What it reached.</param>
    /// <param name="scale">The size at which it was.</param>
    public void Resume(RunState state, PaintScale scale)
    {
        _losses.AddRange(state.Losses);
        (Steps, _best, _size) = (state.Losses.Count, state.Gatys.Best, (scale.Width, scale.Height));
    }

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

    /// <summary>The best planes so far at the result's size, with the content's transparency and profile, finished.</summary>
    public Picture BestPicture()
    {
        Picture content = input.Content;
        float[] planes = Resampling.Resize(Reached(), content.Width, content.Height).Planes;
        return input.Finish(new Picture(content.Width, content.Height, planes, content.Alpha, content.IccProfile));
    }

    private void Report(int step, int steps, double done, double? loss, IReadOnlyDictionary<string, double> terms, float[] best)
    {
        (Steps, _best) = (step, best);
        progress?.Report(new StyleProgress(
            step, steps, loss, terms, Stopwatch.GetElapsedTime(_started), _remaining.After(done), BestPicture));
    }
}
