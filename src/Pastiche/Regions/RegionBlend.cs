using Pastiche.Compute;
using Pastiche.Transforms;

namespace Pastiche.Regions;

/// <summary>
/// Gives each region of a feature map its own transform, <c>F' = sum over regions of s[r] (M[r] F + b[r]) + (1 - sum of s[r]) F</c>:
/// where shares are soft, features blend, and what belongs to no region stays.
/// </summary>
/// <param name="path">What to compute with.</param>
/// <param name="pool">The threads.</param>
internal sealed class RegionBlend(ComputePath path, WorkerPool pool) : IDisposable
{
    // Rows that are transformed at once; regions that have none of them cost nothing.
    private const int BandRows = 32;

    private readonly List<IPointwiseConvolution> _convolutions = [];
    private readonly FeatureMap _band = new(), _transformed = new();
    private int _count;

    /// <summary>Takes the transforms over, to be run over any number of maps.</summary>
    /// <param name="transforms">One a region.</param>
    public void Load(IReadOnlyList<AffineTransform> transforms)
    {
        _count = transforms.Count;
        while (_convolutions.Count < _count)
            _convolutions.Add(path.PointwiseConvolution());
        for (int region = 0; region < _count; region++)
            transforms[region].Load(_convolutions[region]);
    }

    /// <summary>Transforms a map.</summary>
    /// <param name="features">F, <c>[channels, height, width]</c>, which is changed.</param>
    /// <param name="shares">s of each region, <c>[height, width]</c>.</param>
    public void Run(FeatureMap features, IReadOnlyList<ReadOnlyMemory<float>> shares)
    {
        for (int top = 0; top < features.Height; top += BandRows)
        {
            int rows = Math.Min(BandRows, features.Height - top);
            Range band = (top * features.Width)..((top + rows) * features.Width);
            int[] present = [.. Enumerable.Range(0, _count).Where(region => shares[region].Span[band].ContainsAnyExcept(0f))];
            if (present.Length == 0)
                continue;
            _band.Reshape(features.Channels, rows, features.Width);
            _band.CopyRows(features, top, 0, rows);
            ReadOnlyMemory<float> kept = Rest([.. present.Select(region => shares[region][band])]);
            foreach (int region in present)
            {
                _convolutions[region].Run(_band, _transformed, pool);
                PixelScaling.Blend(_transformed, shares[region][band], kept, features, top, pool);
                kept = default;
            }
        }
    }

    public void Dispose()
    {
        foreach (IPointwiseConvolution convolution in _convolutions)
            convolution.Dispose();
        _band.Dispose();
        _transformed.Dispose();
    }

    private static float[] Rest(ReadOnlyMemory<float>[] shares)
    {
        var rest = new float[shares[0].Length];
        for (int i = 0; i < rest.Length; i++)
        {
            float sum = 0;
            foreach (ReadOnlyMemory<float> share in shares)
                sum += share.Span[i];
            rest[i] = Math.Max(1 - sum, 0);
        }
        return rest;
    }
}
