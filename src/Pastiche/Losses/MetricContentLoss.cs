using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Optimizers;

namespace Pastiche.Losses;

/// <summary>
/// The content loss under a metric: <see cref="ContentLoss"/> in which differences are worth <c>R</c>,
/// <c>L = w / (c h w) * sum over pixels of D^T R D</c> with <c>D = F - P</c>, <c>dL/dF = 2 w / (c h w) * R D</c>.
/// </summary>
/// <param name="tap">Where content is compared.</param>
/// <param name="weight">The loss's weight.</param>
/// <param name="target">P, the photograph's features <c>[c, h, w]</c>; stays the caller's.</param>
/// <param name="metric">R.</param>
/// <param name="products">What sums over pixels.</param>
internal sealed class MetricContentLoss(Tap tap, double weight, FeatureMap target, FeatureMetric metric, IFeatureProducts products)
    : ITapLoss, IDisposable
{
    private readonly FeatureMap _difference = new(), _product = new();
    private readonly float[] _gram = new float[metric.Matrix.Length];         // [c, c]
    private readonly float[] _scaled = new float[metric.Matrix.Length];       // [c, c]

    public Tap Tap => tap;

    public string Name { get; } = ContentLoss.NameAt(tap);

    private double Factor => ContentLoss.FactorOf(weight, target);

    public double Evaluate(FeatureMap features)
    {
        _difference.Reshape(target.Channels, target.Height, target.Width);
        _difference.Clear();
        products.AddDifference(1, features, target, _difference, onlyPositive: false);
        products.Gram(_difference, _gram);
        return Factor * VectorMath.Dot(_gram, metric.Matrix);
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
    {
        TensorPrimitives.Multiply(metric.Matrix, (float)(2 * Factor), _scaled);
        _product.Reshape(target.Channels, target.Height, target.Width);
        _product.Clear();
        products.AddProduct(_scaled, _difference, _product, onlyPositive: false);
        products.Add(_product, features, gradient, tap.IsRectified);
    }

    public void Dispose()
    {
        _difference.Dispose();
        _product.Dispose();
    }
}
