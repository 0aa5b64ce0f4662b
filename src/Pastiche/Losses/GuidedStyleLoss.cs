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
internal sealed class GuidedStyleLoss : ITapLoss
{
    private readonly double _weight, _sum;
    private readonly int _top, _rows;
    private readonly float[] _shares, _roots;          // [rows, width]
    private readonly IStyleDistance _distance;
    private readonly FeatureMap _scratch;
    private readonly NetworkCompute _compute;

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
        (_compute, _scratch, _distance) = (compute, scratch, distance);
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

    public double Evaluate(FeatureMap features)
    {
        PixelScaling.Multiply(features, _top, _rows, _roots, _scratch, _compute.Pool);
        _compute.Products.Gram(_scratch, _distance.Gram);
        TensorPrimitives.Multiply(_distance.Gram, (float)(1 / _distance.DivisorOf(_sum)), _distance.Gram);
        if (_distance.Mean is { } mean)
        {
            PixelScaling.Multiply(features, _top, _rows, _shares, _scratch, _compute.Pool);
            _compute.Products.Sum(_scratch, mean);
            TensorPrimitives.Divide(mean, _sum, mean);
        }
        return _weight * _distance.Evaluate();
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        PixelScaling.Multiply(features, _top, _rows, _shares, _scratch, _compute.Pool);
        MomentSlopes slopes = _distance.Slopes(2 * _weight / _distance.DivisorOf(_sum), _weight / _sum);
        _compute.Products.AddProduct(slopes.Gram, _scratch, gradient, Tap.IsRectified, _top, slopes.Mean, _shares);
    }
}
