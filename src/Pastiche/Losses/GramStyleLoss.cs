using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The style loss of Gatys et al. (CVPR 2016): the mean squared difference of Gram matrices,
/// <c>L = w / c^2 * sum (G - A)^2</c>, <c>dL/dF = 4 w / (c^2 n) * (G - A) F</c>, where n is the Gram matrix's divisor.
/// </summary>
/// <param name="tap">Where style is compared.</param>
/// <param name="weight">The loss's weight.</param>
/// <param name="target">A, the paintings' Gram matrix <c>[c, c]</c>.</param>
/// <param name="normalization">The divisor of Gram matrices.</param>
/// <param name="products">What sums over pixels.</param>
internal sealed class GramStyleLoss(
    Tap tap, double weight, float[] target, GramNormalization normalization, IFeatureProducts products) : ITapLoss
{
    private readonly float[] _difference = new float[target.Length];       // [c, c]

    public Tap Tap => tap;

    public string Name { get; } = $"style {tap}";

    private double Factor => weight / target.Length;

    public double Evaluate(FeatureMap features)
    {
        GramMatrix.Compute(features, normalization, products, _difference);
        double sum = 0;
        for (int i = 0; i < _difference.Length; i++)
        {
            float difference = _difference[i] -= target[i];
            sum += (double)difference * difference;
        }
        return Factor * sum;
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        var factor = (float)(4 * Factor / GramMatrix.Divisor(features, normalization));
        System.Numerics.Tensors.TensorPrimitives.Multiply(_difference, factor, _difference);
        products.AddProduct(_difference, features, gradient, tap.IsRectified);
    }
}
