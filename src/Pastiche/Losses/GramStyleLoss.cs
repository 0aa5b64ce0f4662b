using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The style loss of Gatys et al. (CVPR 2016): the mean squared difference of Gram matrices,
/// <c>L = w / c^2 * sum (G - A)^2</c>, <c>dL/dF = 4 w / (c^2 n) * (G - A) F</c>, where n is the Gram matrix's divisor.
/// Under a metric R the difference D = G - A counts as <c>sum D (R D R)</c>, and <c>R D R</c> takes its place in the gradient.
/// </summary>
/// <param name="tap">Where style is compared.</param>
/// <param name="weight">The loss's weight.</param>
/// <param name="target">A, the paintings' Gram matrix <c>[c, c]</c>.</param>
/// <param name="normalization">The divisor of Gram matrices.</param>
/// <param name="products">What sums over pixels.</param>
/// <param name="metric">R, what differences between features are worth; <c>null</c>: each channel alike.</param>
internal sealed class GramStyleLoss(
    Tap tap, double weight, float[] target, GramNormalization normalization, IFeatureProducts products, FeatureMetric? metric = null) : ITapLoss
{
    private readonly GramDifference _difference = new(target, metric);

    public Tap Tap => tap;

    public string Name { get; } = NameAt(tap);

    /// <summary>What reports call a style loss.</summary>
    public static string NameAt(Tap tap) => $"style {tap}";

    private double Factor => weight / target.Length;

    public double Evaluate(FeatureMap features)
    {
        GramMatrix.Compute(features, normalization, products, _difference.Gram);
        return Factor * _difference.Square();
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        var factor = (float)(4 * Factor / GramMatrix.Divisor(features, normalization));
        products.AddProduct(_difference.Scaled(factor), features, gradient, tap.IsRectified);
    }
}
