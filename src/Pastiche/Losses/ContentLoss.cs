using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The content loss of Gatys et al. (CVPR 2016): the mean squared difference to the photograph's features,
/// <c>L = w / (c h w) * sum (F - P)^2</c>, <c>dL/dF = 2 w / (c h w) * (F - P)</c>.
/// </summary>
/// <param name="tap">Where content is compared.</param>
/// <param name="weight">The loss's weight.</param>
/// <param name="target">P, the photograph's features <c>[c, h, w]</c>; stays the caller's.</param>
/// <param name="products">What sums over pixels.</param>
internal sealed class ContentLoss(Tap tap, double weight, FeatureMap target, IFeatureProducts products) : ITapLoss
{
    public Tap Tap => tap;

    public string Name { get; } = NameAt(tap);

    private double Factor => FactorOf(weight, target);

    /// <summary>What reports call a content loss.</summary>
    public static string NameAt(Tap tap) => $"content {tap}";

    /// <summary>What a sum over the elements of features is multiplied with.</summary>
    public static double FactorOf(double weight, FeatureMap features) =>
        weight / ((double)features.Channels * features.Height * features.Width);

    public double Evaluate(FeatureMap features) => Factor * products.SquaredDistance(features, target);

    public void AddGradient(FeatureMap features, FeatureMap gradient) =>
        products.AddDifference((float)(2 * Factor), features, target, gradient, tap.IsRectified);
}
