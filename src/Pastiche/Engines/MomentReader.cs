using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>Reads the moments of a painting's features, band by band. Transparent pixels do not count.</summary>
internal sealed class MomentReader : IBandReader
{
    private readonly NetworkCompute _compute;
    private readonly StatisticsPass _statistics;
    private readonly GramNormalization _normalization;
    private readonly Dictionary<Tap, float[]?> _weights;
    private readonly Dictionary<Tap, (FeatureMoments Moments, double Pixels)> _plain = [];
    private readonly Dictionary<Tap, FeatureStatistics> _weighted = [];

    /// <summary>Begins with nothing.</summary>
    /// <param name="painting">The painting.</param>
    /// <param name="taps">Where it is read.</param>
    /// <param name="normalization">The divisor of Gram matrices.</param>
    /// <param name="statistics">What reads features of pixels with weights.</param>
    /// <param name="compute">What to compute with.</param>
    public MomentReader(
        Picture painting, IEnumerable<Tap> taps, GramNormalization normalization, StatisticsPass statistics, NetworkCompute compute)
    {
        (_normalization, _statistics, _compute) = (normalization, statistics, compute);
        _weights = taps.ToDictionary(tap => tap, tap => FeatureWeights.Of(painting, tap.Poolings));
    }

    /// <summary>The moments of a tap's features, all of which have been read.</summary>
    public FeatureMoments Moments(Tap tap) => _weighted.TryGetValue(tap, out FeatureStatistics? statistics)
        ? new FeatureMoments(GramMatrix.Of(statistics.SecondMoment(), statistics.Channels, _normalization), statistics.Mean)
        : _plain[tap].Moments;

    public void Read(Tap tap, FeatureMap band, int top)
    {
        if (!_weights.TryGetValue(tap, out float[]? weights))
            return;
        if (weights is not null)
        {
            FeatureStatistics own = _statistics.Compute(band, weights.AsMemory(top * band.Width, band.Height * band.Width));
            _weighted[tap] = _weighted.TryGetValue(tap, out FeatureStatistics? before) ? FeatureStatistics.Merge(before, own) : own;
            return;
        }
        var moments = FeatureMoments.Of(band, _normalization, _compute.Products);
        double pixels = (double)band.Height * band.Width;
        if (_plain.TryGetValue(tap, out (FeatureMoments Moments, double Pixels) above))
            (moments, pixels) = (FeatureMoments.Mix([above.Moments, moments], [above.Pixels, pixels]), above.Pixels + pixels);
        _plain[tap] = (moments, pixels);
    }

    // A painting is not moved.
    void IBandReader.AddGradient(Tap tap, FeatureMap band, int top, FeatureMap gradient, int target) => throw new NotSupportedException();

    void ITapGradients.AddGradient(Tap tap, FeatureMap features, FeatureMap gradient) => throw new NotSupportedException();
}
