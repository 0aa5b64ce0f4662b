using System.Numerics.Tensors;
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
    private readonly float[] _difference = new float[target.Length];       // [c, c]
    private readonly float[] _weighted = new float[target.Length];         // [c, c]

    public Tap Tap => tap;

    public string Name { get; } = $"style {tap}";

    private double Factor => weight / target.Length;

    public double Evaluate(FeatureMap features)
    {
        GramMatrix.Compute(features, normalization, products, _difference);
        TensorPrimitives.Subtract(_difference, target, _difference);
        if (metric is null)
            _difference.CopyTo(_weighted, 0);
        else
            metric.Sandwich(_difference, _weighted);
        double sum = 0;
        for (int i = 0; i < _difference.Length; i++)
            sum += (double)_difference[i] * _weighted[i];
        return Factor * sum;
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        var factor = (float)(4 * Factor / GramMatrix.Divisor(features, normalization));
        TensorPrimitives.Multiply(_weighted, factor, _weighted);
        products.AddProduct(_weighted, features, gradient, tap.IsRectified);
    }
}
