using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>Style transfer by optimisation, prepared: the engine is run at one size after the other, from coarse to fine.</summary>
internal sealed class PreparedGatys : IPreparedEngine
{
    private readonly EngineChoice _choice;
    private readonly GatysEngine _engine;
    private readonly Dictionary<double, StyleReadings<WeightedGrams>> _readings = [];
    private IReadOnlyList<WeightedStyle> _styles = [];

    public PreparedGatys(EngineChoice choice, NetworkWeights weights, NetworkCompute compute)
    {
        _choice = choice;
        weights = weights.CutAfter(GatysTaps.All(choice.Gatys)[^1].Convolution);
        if (!choice.Gatys.RawFeatures)
            weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        _engine = new GatysEngine(choice.Gatys, weights, compute, choice.IsSeamless);
    }

    public void Run(EngineInput input, ProgressReporter reporter, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        if (!ReferenceEquals(_styles, input.Styles))
        {
            _styles = input.Styles;
            _readings.Clear();
        }
        IReadOnlyList<PaintScale> scales = ScalePlan.Of(_choice.Gatys, input.Content.Width, input.Content.Height, _choice.IsSeamless);
        RunState? from = checkpoints?.From;
        if (from is not null)
            reporter.Resume(from, scales[from.Scale]);
        else if (reporter.WantsEstimate && GatysPace.Measure(_engine, cancellation) is { } pace)
            reporter.Report(new RunEstimate(pace.Of(scales, _engine.LargestWhole), scales.Sum(scale => scale.Iterations), scales.Count));
        GatysMemories? memories = null;
        for (int i = from?.Scale ?? 0; i < scales.Count; i++)
        {
            (PaintScale scale, int index, int before) = (scales[i], i, reporter.Losses.Count - (from?.Gatys.Search.Evaluations ?? 0));
            EngineInput scaled = input.At(scale.Width, scale.Height);
            float[] start = i == 0 ? scaled.Start : Resampling.Resize(reporter.Reached(), scale.Width, scale.Height).Planes;
            memories = _engine.Run(
                scaled.Content, StylesAt(scale.Factor).Get(cancellation), start, step => reporter.Report(step, scales, index), cancellation,
                scaled.Map, scale.Iterations, checkpoints is null ? null : new GatysPlaces(from?.Gatys, state => checkpoints.Reached(() => StateOf(index, state()))), memories);
            from = null;

            // Evaluations of a step that was not finished are made again.
            RunState StateOf(int index, GatysState state) =>
                new(index, state, [.. reporter.Losses.Take(before + state.Search.Evaluations)], checkpoints!.Elapsed);
        }
        memories?.Forget();
    }

    public void Dispose() => _engine.Dispose();

    private StyleReadings<WeightedGrams> StylesAt(double factor)
    {
        if (!_readings.TryGetValue(factor, out StyleReadings<WeightedGrams>? readings))
        {
            readings = new(_styles, style => new WeightedGrams(_engine.Read(Shrink(style.Picture, factor)), style.Weight));
            _readings.Add(factor, readings);
        }
        return readings;
    }

    // A painting that is small already is left with enough features to be read.
    private Picture Shrink(Picture painting, double factor)
    {
        int shortSide = Math.Min(painting.Width, painting.Height), smallest = 2 * FeatureNetwork.SmallestSide([GatysTaps.All(_choice.Gatys)[^1]]);
        factor = Math.Min(1, Math.Max(factor, (double)smallest / shortSide));
        return EngineInput.Fit(painting, (int)Math.Round(Math.Max(painting.Width, painting.Height) * factor));
    }
}
