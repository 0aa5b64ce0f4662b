using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The style loss of all pixels: the distance V of the features' moments from the paintings', <c>L = w V</c>,
/// <c>dL/dF = w (2 / n dV/dG F + 1 / N dV/dm)</c>, where N is the number of pixels and n the Gram matrix's divisor.
/// </summary>
/// <param name="tap">Where style is compared.</param>
/// <param name="weight">The loss's weight.</param>
/// <param name="distance">V; a loss of its own.</param>
/// <param name="products">What sums over pixels.</param>
internal sealed class StyleLoss(Tap tap, double weight, IStyleDistance distance, IFeatureProducts products) : ITapLoss
{
    public Tap Tap => tap;

    public string Name { get; } = NameAt(tap);

    /// <summary>What reports call a style loss.</summary>
    public static string NameAt(Tap tap) => $"style {tap}";

    public double Evaluate(FeatureMap features)
    {
        double pixels = PixelsOf(features);
        products.Gram(features, distance.Gram);
        TensorPrimitives.Multiply(distance.Gram, (float)(1 / distance.DivisorOf(pixels)), distance.Gram);
        if (distance.Mean is { } mean)
        {
            products.Sum(features, mean);
            TensorPrimitives.Divide(mean, pixels, mean);
        }
        return weight * distance.Evaluate();
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        double pixels = PixelsOf(features);
        MomentSlopes slopes = distance.Slopes(2 * weight / distance.DivisorOf(pixels), weight / pixels);
        products.AddProduct(slopes.Gram, features, gradient, tap.IsRectified, offset: slopes.Mean);
    }

    private static double PixelsOf(FeatureMap features) => (double)features.Height * features.Width;
}
