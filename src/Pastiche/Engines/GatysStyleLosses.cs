using Pastiche.Compute;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Regions;

namespace Pastiche.Engines;

/// <summary>Makes the losses of the style: one for each tap, or one for each tap and region.</summary>
/// <param name="options">Valid options.</param>
/// <param name="normalization">The divisor of Gram matrices.</param>
/// <param name="compute">What to compute with; stays the caller's.</param>
/// <param name="metricAt">What differences between features are worth at a tap.</param>
internal sealed class GatysStyleLosses(
    GatysOptions options, GramNormalization normalization, NetworkCompute compute, Func<Tap, FeatureMetric?> metricAt) : IDisposable
{
    private readonly IReadOnlyDictionary<Tap, double> _weights = GatysTaps.StyleWeights(options);
    private readonly FeatureMap _scratch = new();
    private readonly List<WassersteinDistance> _distances = [];

    /// <summary>Makes the losses. A tap for which a region or one of its paintings is too small is left out for that region.</summary>
    /// <param name="styles">What was read of the paintings.</param>
    /// <param name="map">What is painted where; <c>null</c>: all paintings everywhere.</param>
    /// <param name="height">Rows of the picture with its margin.</param>
    /// <param name="width">Its columns.</param>
    /// <returns>The losses, which are valid until others are made.</returns>
    public IReadOnlyList<ITapLoss> Create(IReadOnlyList<WeightedGrams> styles, RegionMap? map, int height, int width)
    {
        ReleaseDistances();
        return map is null or { IsPlain: true }
            ? [.. Everywhere([.. map?.Regions[0].Styles.Select(style => styles[style]) ?? styles])]
            : [.. map.Regions.SelectMany(region => In(region, map, [.. region.Styles.Select(style => styles[style])], height, width))];
    }

    public void Dispose()
    {
        ReleaseDistances();
        _scratch.Dispose();
    }

    private IEnumerable<ITapLoss> Everywhere(WeightedGrams[] styles) => TapsOf(styles).Select(tap =>
        new StyleLoss(tap, _weights[tap], DistanceAt(tap, styles), compute.Products));

    private IEnumerable<ITapLoss> In(Region region, RegionMap map, WeightedGrams[] styles, int height, int width)
    {
        float[] shares = new Canvas(map.Height, map.Width, (height - map.Height) / 2).Enlarge(map.Painted(region));
        foreach (Tap tap in TapsOf(styles).Where(tap => region.Area >= GatysEngine.SmallestArea(tap)))
        {
            float[] atTap = MaskPyramid.Reduce(shares, height, width, tap.Poolings);
            if (atTap.AsSpan().ContainsAnyExcept(0f))
            {
                yield return new GuidedStyleLoss(
                    tap, region.Name, _weights[tap], DistanceAt(tap, styles), atTap, width >> tap.Poolings, compute, _scratch);
            }
        }
    }

    private IEnumerable<Tap> TapsOf(WeightedGrams[] styles) =>
        GatysTaps.Style(options).Where(tap => styles.All(style => style.Grams.Moments.ContainsKey(tap)));

    private IStyleDistance DistanceAt(Tap tap, WeightedGrams[] styles)
    {
        FeatureMoments target = FeatureMoments.Mix(
            [.. styles.Select(style => style.Grams.Moments[tap])], [.. styles.Select(style => style.Weight)]);
        if (options.StyleLoss == StyleLossKind.Gram)
            return new GramDistance(target.Gram, normalization, metricAt(tap));
        _distances.Add(new WassersteinDistance(target, metricAt(tap), compute));
        return _distances[^1];
    }

    private void ReleaseDistances()
    {
        foreach (WassersteinDistance distance in _distances)
            distance.Dispose();
        _distances.Clear();
    }
}
