using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>One level of universal style transfer: encode, transform, decode. A large picture goes through it in strips, twice.</summary>
internal sealed class LevelPass : IDisposable
{
    // Features of deeper levels are fewer than the picture's own numbers, or not many more: they are kept. Those of shallower
    // ones are computed again, which costs next to nothing.
    private const int FirstKept = 3;

    private readonly StripEncoder _encoder;
    private readonly NetworkCompute _compute;
    private readonly Dictionary<int, DecoderNetwork> _decoders;
    private readonly IPointwiseConvolution _pointwise;
    private readonly FeatureMap _kept = new(), _part = new();

    /// <summary>Builds the decoders.</summary>
    /// <param name="encoder">The encoder; stays the caller's.</param>
    /// <param name="decoders">A decoder for each level.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="maps">The maps to work in; they stay the caller's.</param>
    public LevelPass(StripEncoder encoder, IEnumerable<DecoderWeights> decoders, NetworkCompute compute, MapPair maps)
    {
        (_encoder, _compute) = (encoder, compute);
        _decoders = decoders.ToDictionary(decoder => decoder.Level, decoder => new DecoderNetwork(decoder, compute, maps));
        _pointwise = compute.Path.PointwiseConvolution();
    }

    /// <summary>Whether the features of a large picture are kept between reading their statistics and transforming them.</summary>
    public static bool IsKept(int level) => level >= FirstKept;

    /// <summary>
    /// Rows that a strip has above and below it: as many as decoder or encoder look at, or both where features are computed again.
    /// </summary>
    public static int HaloOf(int level) => IsKept(level) ? StripPlan.HaloOf(level) : 2 * StripPlan.HaloOf(level);

    /// <summary>Repaints.</summary>
    /// <param name="content">The photograph, whose transparent pixels do not count in statistics.</param>
    /// <param name="canvas">Its size and the margin to paint with it.</param>
    /// <param name="planes">The picture so far, <c>[3, height, width]</c>.</param>
    /// <param name="level">The level.</param>
    /// <param name="fit">From the features' statistics to their transform.</param>
    /// <param name="result">Receives the repainted picture, 0 to 1.</param>
    /// <param name="cancellation">Stops between two strips.</param>
    /// <exception cref="InvalidOperationException">The picture is not finite.</exception>
    public void Run(
        Picture content, Canvas canvas, float[] planes, int level, Func<FeatureStatistics, AffineTransform> fit, float[] result,
        CancellationToken cancellation)
    {
        int halo = StripPlan.HaloOf(level);
        bool isKept = IsKept(level);
        IReadOnlyList<Strip> strips = _encoder.Cut(canvas, level, HaloOf(level));
        float[]? weights = FeatureWeights.Of(content, level - 1);
        FeatureStatistics? statistics = null;
        foreach (Strip strip in strips)
        {
            cancellation.ThrowIfCancellationRequested();
            Strip encoded = _encoder.Encode(canvas, planes, strip.Grow(halo, canvas.Height), level);
            statistics = _encoder.Add(statistics, canvas, level, encoded, strip, weights);
            if (isKept && strips.Count > 1)
                Keep(_encoder[level], canvas, encoded.Halve(level - 1), strip.Halve(level - 1), level);
        }

        fit(statistics!).Load(_pointwise);
        foreach (Strip strip in strips)
        {
            cancellation.ThrowIfCancellationRequested();
            // Computed again, features are decoded with the encoder's halo around the decoder's, which does no harm.
            Strip rows = strip.Grow(HaloOf(level), canvas.Height);
            FeatureMap features = strips.Count > 1 && isKept ? Part(rows.Halve(level - 1)) : _encoder[level];
            if (strips.Count > 1 && !isKept)
                _encoder.Encode(canvas, planes, rows, level);
            _pointwise.Run(features, features, _compute.Pool);
            Decode(features, canvas, rows, strip, level, result);
        }
    }

    public void Dispose()
    {
        foreach (DecoderNetwork decoder in _decoders.Values)
            decoder.Dispose();
        _pointwise.Dispose();
        _kept.Dispose();
        _part.Dispose();
    }

    private void Keep(FeatureMap features, Canvas canvas, Strip encoded, Strip strip, int level)
    {
        if (strip.Top == 0)
            _kept.Reshape(features.Channels, canvas.Height >> (level - 1), features.Width);
        _kept.CopyRows(features, strip.Top - encoded.Top, strip.Top, strip.Rows);
    }

    private FeatureMap Part(Strip rows)
    {
        _part.Reshape(_kept.Channels, rows.Rows, _kept.Width);
        _part.CopyRows(_kept, rows.Top, 0, rows.Rows);
        return _part;
    }

    private void Decode(FeatureMap features, Canvas canvas, Strip decoded, Strip strip, int level, float[] result)
    {
        Span<float> painted = _encoder.Band(3 * decoded.Rows * canvas.Width);
        _decoders[level].Forward(features, decoded.Rows, canvas.Width, painted);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(painted)))
            throw new InvalidOperationException("the picture is not made of finite numbers: the model's weights are too large for its input");
        TensorPrimitives.Clamp(painted, 0f, 1f, painted);
        canvas.CropRows(painted, decoded.Top, decoded.Rows, strip.Top, strip.End, result);
    }
}
