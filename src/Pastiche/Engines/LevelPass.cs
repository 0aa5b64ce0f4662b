using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Regions;
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
    private readonly RegionBlend _blend;
    private readonly FeatureMap _kept = new(), _part = new();
    private readonly ReusedArray _lost = new();

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
        _blend = new RegionBlend(compute.Path, compute.Pool);
    }

    /// <summary>Whether the features of a large picture are kept between reading their statistics and transforming them.</summary>
    public static bool IsKept(int level) => level >= FirstKept;

    /// <summary>
    /// Rows that a strip has above and below it: as many as decoder or encoder look at, or both where features are computed again.
    /// </summary>
    public static int HaloOf(int level) => IsKept(level) ? StripPlan.HaloOf(level) : 2 * StripPlan.HaloOf(level);

    /// <summary>Repaints.</summary>
    /// <param name="canvas">The picture's size and the margin to paint with it.</param>
    /// <param name="planes">The picture so far, <c>[3, height, width]</c>.</param>
    /// <param name="level">The level.</param>
    /// <param name="regions">The parts that have a transform of their own, at least one.</param>
    /// <param name="detail">The share of what decoding alone loses that is given back, 0 to 1.</param>
    /// <param name="fit">From a part and the statistics of its features to their transform.</param>
    /// <param name="result">Receives the repainted picture, 0 to 1.</param>
    /// <param name="cancellation">Stops between two strips.</param>
    /// <exception cref="InvalidOperationException">The picture is not finite.</exception>
    public void Run(
        Canvas canvas, float[] planes, int level, IReadOnlyList<LevelRegion> regions, double detail,
        Func<LevelRegion, FeatureStatistics, AffineTransform> fit, float[] result, CancellationToken cancellation)
    {
        int halo = StripPlan.HaloOf(level);
        bool isKept = IsKept(level);
        IReadOnlyList<Strip> strips = _encoder.Cut(canvas, level, HaloOf(level));
        var statistics = new FeatureStatistics?[regions.Count];
        foreach (Strip strip in strips)
        {
            cancellation.ThrowIfCancellationRequested();
            Strip encoded = _encoder.Encode(canvas, planes, strip.Grow(halo, canvas.Height), level);
            for (int i = 0; i < regions.Count; i++)
                statistics[i] = _encoder.Add(statistics[i], canvas, level, encoded, strip, regions[i].Weights);
            if (isKept && strips.Count > 1)
                Keep(_encoder[level], canvas, encoded.Halve(level - 1), strip.Halve(level - 1), level);
        }

        Load(regions, [.. regions.Select((region, i) => fit(region, statistics[i]!))]);
        foreach (Strip strip in strips)
        {
            cancellation.ThrowIfCancellationRequested();
            // Computed again, features are decoded with the encoder's halo around the decoder's, which does no harm.
            Strip rows = strip.Grow(HaloOf(level), canvas.Height);
            FeatureMap features = strips.Count > 1 && isKept ? Part(rows.Halve(level - 1)) : _encoder[level];
            if (strips.Count > 1 && !isKept)
                _encoder.Encode(canvas, planes, rows, level);
            Span<float> lost = detail > 0 ? Lost(features, canvas, planes, rows, level) : [];
            Transform(features, rows.Halve(level - 1), regions);
            Span<float> painted = Decode(features, canvas, rows, level);
            if (detail > 0)
                TensorPrimitives.MultiplyAdd(lost, (float)detail, painted, painted);
            TensorPrimitives.Clamp(painted, 0f, 1f, painted);
            canvas.CropRows(painted, rows.Top, rows.Rows, strip.Top, strip.End, result);
        }
    }

    public void Dispose()
    {
        foreach (DecoderNetwork decoder in _decoders.Values)
            decoder.Dispose();
        _pointwise.Dispose();
        _blend.Dispose();
        _kept.Dispose();
        _part.Dispose();
    }

    private void Load(IReadOnlyList<LevelRegion> regions, IReadOnlyList<AffineTransform> transforms)
    {
        if (regions[0].Shares is null)
            transforms[0].Load(_pointwise);
        else
            _blend.Load(transforms);
    }

    private void Transform(FeatureMap features, Strip rows, IReadOnlyList<LevelRegion> regions)
    {
        if (regions[0].Shares is null)
            _pointwise.Run(features, features, _compute.Pool);
        else
            _blend.Run(features, [.. regions.Select(region => new ReadOnlyMemory<float>(region.Shares)[(rows.Top * features.Width)..(rows.End * features.Width)])]);
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

    // What a picture has and what is decoded of its own features has not.
    private Span<float> Lost(FeatureMap features, Canvas canvas, float[] planes, Strip rows, int level)
    {
        Span<float> lost = _lost.OfLength(3 * rows.Rows * canvas.Width);
        canvas.EnlargeRows(planes, rows.Top, rows.Rows, lost);
        TensorPrimitives.Subtract(lost, Decode(features, canvas, rows, level), lost);
        return lost;
    }

    // Not clamped; until the next call.
    private Span<float> Decode(FeatureMap features, Canvas canvas, Strip rows, int level)
    {
        Span<float> decoded = _encoder.Band(3 * rows.Rows * canvas.Width);
        _decoders[level].Forward(features, rows.Rows, canvas.Width, decoded);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(decoded)))
            throw new InvalidOperationException("the picture is not made of finite numbers: the model's weights are too large for its input");
        return decoded;
    }
}
