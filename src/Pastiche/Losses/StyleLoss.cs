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
internal sealed class StyleLoss(Tap tap, double weight, IStyleDistance distance, IFeatureProducts products) : IBandLoss
{
    private readonly MomentSums _sums = new(products, distance.Gram, distance.Mean);
    private MomentSlopes _slopes;
    private double _pixels;

    public Tap Tap => tap;

    public string Name { get; } = NameAt(tap);

    /// <summary>What reports call a style loss.</summary>
    public static string NameAt(Tap tap) => $"style {tap}";

    public void Begin()
    {
        _sums.Clear();
        _pixels = 0;
    }

    public void Add(FeatureMap band, int top)
    {
        _sums.AddProducts(band);
        _sums.AddChannels(band);
        _pixels += (double)band.Height * band.Width;
    }

    public double Evaluate()
    {
        _sums.Divide(distance.DivisorOf(_pixels), _pixels);
        double value = weight * distance.Evaluate();
        _slopes = distance.Slopes(2 * weight / distance.DivisorOf(_pixels), weight / _pixels);
        return value;
    }

    public void AddGradient(FeatureMap band, int top, FeatureMap gradient, int target) =>
        products.AddProduct(_slopes.Gram, band, gradient, tap.IsRectified, target, _slopes.Mean);
}
