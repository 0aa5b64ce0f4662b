using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The style loss of a region: pixels count by shares s in the guided Gram matrix of Gatys et al. ("Controlling Perceptual Factors in
/// Neural Style Transfer", CVPR 2017, arXiv 1611.07865), <c>G = sum over pixels of s F F^T / S</c> with <c>S = sum of s</c>, so that a
/// region's size does not change its style. <c>L = w S / (N c^2) * sum (G - A)^2</c> for N pixels in all, so that a pixel pulls as
/// hard, in relation to the content, as without regions: <c>dL/dF = 4 w s / (N c^2) * (G - A) F</c>. A smaller s therefore is a smaller
/// weight of the style at that pixel. Where s is 1 everywhere, this is <see cref="GramStyleLoss"/>.
/// </summary>
internal sealed class GuidedStyleLoss : ITapLoss
{
    private readonly double _factor, _sum, _channelDivisor;
    private readonly int _top, _rows;
    private readonly float[] _shares, _roots;          // [rows, width]
    private readonly GramDifference _difference;
    private readonly FeatureMap _scratch;
    private readonly NetworkCompute _compute;

    /// <summary>Sets the loss up.</summary>
    /// <param name="tap">Where style is compared.</param>
    /// <param name="region">What reports call the region.</param>
    /// <param name="weight">The loss's weight.</param>
    /// <param name="target">A, the paintings' Gram matrix <c>[c, c]</c>.</param>
    /// <param name="normalization">The divisor of Gram matrices.</param>
    /// <param name="shares">s, <c>[height, width]</c> of the features, 0 to 1; not all 0.</param>
    /// <param name="width">The features' width.</param>
    /// <param name="compute">What to compute with.</param>
    /// <param name="scratch">A map to work in, which several losses may have in common.</param>
    /// <param name="metric">R, what differences between features are worth; <c>null</c>: each channel alike.</param>
    public GuidedStyleLoss(
        Tap tap, string region, double weight, float[] target, GramNormalization normalization, float[] shares, int width,
        NetworkCompute compute, FeatureMap scratch, FeatureMetric? metric = null)
    {
        (Tap, Name) = (tap, $"{GramStyleLoss.NameAt(tap)} in {region}");
        (_compute, _scratch, _difference) = (compute, scratch, new GramDifference(target, metric));
        // Rows without the region are not read.
        _top = shares.AsSpan().IndexOfAnyExcept(0f) / width;
        _rows = shares.AsSpan().LastIndexOfAnyExcept(0f) / width + 1 - _top;
        _shares = shares[(_top * width)..((_top + _rows) * width)];
        _roots = new float[_shares.Length];
        TensorPrimitives.Sqrt(_shares, _roots);
        _sum = _shares.Sum(share => (double)share);
        _factor = weight * _sum / shares.Length / target.Length;
        _channelDivisor = normalization == GramNormalization.Elements ? Math.Sqrt(target.Length) : 1;
    }

    public Tap Tap { get; }

    public string Name { get; }

    private double Divisor => _sum * _channelDivisor;

    public double Evaluate(FeatureMap features)
    {
        PixelScaling.Multiply(features, _top, _rows, _roots, _scratch, _compute.Pool);
        _compute.Products.Gram(_scratch, _difference.Gram);
        TensorPrimitives.Multiply(_difference.Gram, (float)(1 / Divisor), _difference.Gram);
        return _factor * _difference.Square();
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        PixelScaling.Multiply(features, _top, _rows, _shares, _scratch, _compute.Pool);
        _compute.Products.AddProduct(_difference.Scaled((float)(4 * _factor / Divisor)), _scratch, gradient, Tap.IsRectified, _top);
    }
}
