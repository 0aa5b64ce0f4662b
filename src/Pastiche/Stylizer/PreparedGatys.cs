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
    private readonly IReadOnlyList<WeightedStyle> _styles;
    private readonly Dictionary<double, StyleReadings<WeightedGrams>> _readings = [];

    public PreparedGatys(EngineChoice choice, NetworkWeights weights, IReadOnlyList<WeightedStyle> styles, NetworkCompute compute)
    {
        (_choice, _styles) = (choice, styles);
        weights = weights.CutAfter(GatysTaps.All(choice.Gatys)[^1].Convolution);
        if (!choice.Gatys.RawFeatures)
            weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        _engine = new GatysEngine(choice.Gatys, weights, compute, choice.IsSeamless);
    }

    public void Run(EngineInput input, ProgressReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<PaintScale> scales = ScalePlan.Of(_choice.Gatys, input.Content.Width, input.Content.Height, _choice.IsSeamless);
        for (int i = 0; i < scales.Count; i++)
        {
            (PaintScale scale, int index) = (scales[i], i);
            EngineInput scaled = input.At(scale.Width, scale.Height);
            float[] start = i == 0 ? scaled.Start : Resampling.Resize(reporter.Reached(), scale.Width, scale.Height).Planes;
            _engine.Run(
                scaled.Content, StylesAt(scale.Factor).Get(cancellation), start, step => reporter.Report(step, scales, index), cancellation,
                scaled.Map, scale.Iterations);
        }
    }

    public void Dispose() => _engine.Dispose();

    private StyleReadings<WeightedGrams> StylesAt(double factor)
    {
        if (!_readings.TryGetValue(factor, out StyleReadings<WeightedGrams>? readings))
        {
            readings = new([.. _styles.Select(style => style with { Picture = Shrink(style.Picture, factor) })],
                style => new WeightedGrams(_engine.Read(style.Picture), style.Weight));
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
