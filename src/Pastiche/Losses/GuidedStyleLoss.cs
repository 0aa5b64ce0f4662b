using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The style loss of a region: pixels count by shares s in the moments (guided Gram matrices of Gatys et al., "Controlling Perceptual
/// Factors in Neural Style Transfer", CVPR 2017, arXiv 1611.07865), <c>G = sum over pixels of s F F^T / S</c> and
/// <c>m = sum of s F / S</c> with <c>S = sum of s</c>, so that a region's size does not change its style. <c>L = w S / N * V</c> for N
/// pixels in all and the distance V, so that a pixel pulls as hard, in relation to the content, as without regions:
/// <c>dL/dF = w s / N * (2 dV/dG F + dV/dm)</c>. A smaller s therefore is a smaller weight of the style at that pixel. Where s is 1
/// everywhere, this is <see cref="StyleLoss"/>.
/// </summary>
internal sealed class GuidedStyleLoss : IBandLoss
{
    private readonly double _weight, _sum;
    private readonly int _top, _rows, _width;
    private readonly MomentSums _sums;
    private readonly float[] _shares, _roots;          // [rows, width]
    private readonly IStyleDistance _distance;
    private readonly FeatureMap _scratch;
    private readonly NetworkCompute _compute;
    private MomentSlopes _slopes;

    /// <summary>Sets the loss up.</summary>
    /// <param name="tap">Where style is compared.</param>
    /// <param name="region">What reports call the region.</param>
    /// <param name="weight">The loss's weight.</param>
    /// <param name="distance">V; a loss of its own.</param>
    /// <param name="shares">s, <c>[height, width]</c> of the features, 0 to 1; not all 0.</param>
    /// <param name="width">The features' width.</param>
    /// <param name="compute">What to compute with.</param>
    /// <param name="scratch">A map to work in, which several losses may have in common.</param>
    public GuidedStyleLoss(
        Tap tap, string region, double weight, IStyleDistance distance, float[] shares, int width, NetworkCompute compute, FeatureMap scratch)
    {
        (Tap, Name) = (tap, $"{StyleLoss.NameAt(tap)} in {region}");
        (_compute, _scratch, _distance, _width) = (compute, scratch, distance, width);
        _sums = new MomentSums(compute.Products, distance.Gram, distance.Mean);
        // Rows without the region are not read.
        _top = shares.AsSpan().IndexOfAnyExcept(0f) / width;
        _rows = shares.AsSpan().LastIndexOfAnyExcept(0f) / width + 1 - _top;
        _shares = shares[(_top * width)..((_top + _rows) * width)];
        _roots = new float[_shares.Length];
        TensorPrimitives.Sqrt(_shares, _roots);
        _sum = _shares.Sum(share => (double)share);
        _weight = weight * _sum / shares.Length;
    }

    public Tap Tap { get; }

    public string Name { get; }

    public void Begin() => _sums.Clear();

    public void Add(FeatureMap band, int top)
    {
        if (Scale(band, top, _roots) is null)
            return;
        _sums.AddProducts(_scratch);
        if (_sums.HasMean)
        {
            Scale(band, top, _shares);
            _sums.AddChannels(_scratch);
        }
    }

    public double Evaluate()
    {
        _sums.Divide(_distance.DivisorOf(_sum), _sum);
        double value = _weight * _distance.Evaluate();
        _slopes = _distance.Slopes(2 * _weight / _distance.DivisorOf(_sum), _weight / _sum);
        return value;
    }

    public void AddGradient(FeatureMap band, int top, FeatureMap gradient, int target)
    {
        if (Scale(band, top, _shares) is { } rows)
        {
            _compute.Products.AddProduct(
                _slopes.Gram, _scratch, gradient, Tap.IsRectified, target + rows.Top - top, _slopes.Mean, SharesOf(_shares, rows));
        }
    }

    /// <summary>Multiplies those rows of a band that have the region.</summary>
    /// <returns>The rows, counted among all; <c>null</c> if there are none.</returns>
    private Strip? Scale(FeatureMap band, int top, float[] factors)
    {
        var rows = new Strip(Math.Max(top, _top), Math.Min(top + band.Height, _top + _rows));
        if (rows.Rows <= 0)
            return null;
        PixelScaling.Multiply(band, rows.Top - top, rows.Rows, SharesOf(factors, rows), _scratch, _compute.Pool);
        return rows;
    }

    private ReadOnlyMemory<float> SharesOf(float[] factors, Strip rows) => factors.AsMemory((rows.Top - _top) * _width, rows.Rows * _width);
}
