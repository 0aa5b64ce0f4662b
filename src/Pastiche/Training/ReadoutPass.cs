using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// One worker's passage through a readout: the teacher's features are predicted from ours by a linear map at every pixel
/// (Romero et al., "FitNets", arXiv 1412.6550). The loss is the share of the teacher's variance that stays unexplained,
/// <c>L = w * sum (P - T)^2 / sum (T - 1)^2</c>; 1 is a channel's mean at the common scale.
/// </summary>
internal sealed class ReadoutPass : IDisposable
{
    private readonly ConvolutionSlice _slice;
    private readonly IFeatureProducts _products;
    private readonly IWeightGradient _weightGradient;
    private readonly IPointwiseConvolution _forward, _backward;
    private readonly FeatureMap _prediction = new(), _gradient = new(), _features = new();

    public ReadoutPass(ConvolutionSlice slice, NetworkCompute compute, IWeightGradient weightGradient)
    {
        (_slice, _products, _weightGradient) = (slice, compute.Products, weightGradient);
        _forward = compute.Path.PointwiseConvolution();
        _backward = compute.Path.PointwiseConvolution();
    }

    /// <summary>Takes new weights.</summary>
    public void Load(Span<float> parameters)
    {
        _forward.Load(_slice.Kernel(parameters), _slice.Inputs, _slice.Outputs, _slice.Bias(parameters), transposed: false);
        _backward.Load(_slice.Kernel(parameters), _slice.Outputs, _slice.Inputs, [], transposed: true);
    }

    /// <summary>The loss, and its gradient with respect to weights and features.</summary>
    /// <param name="features">Our features after the ReLU.</param>
    /// <param name="teacher">The teacher's features at the common scale.</param>
    /// <param name="weight">The loss's weight.</param>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    /// <param name="target">The gradient before our ReLU, to add to.</param>
    /// <returns>The loss without its weight.</returns>
    public double Run(FeatureMap features, FeatureMap teacher, double weight, Span<float> gradients, FeatureMap target)
    {
        _forward.Run(features, _prediction);
        double variance = FeatureVariance.AroundOne(teacher);
        double error = _products.SquaredDistance(_prediction, teacher);

        _gradient.Reshape(teacher.Channels, teacher.Height, teacher.Width);
        _gradient.Clear();
        _products.AddDifference((float)(2 * weight / variance), _prediction, teacher, _gradient, onlyPositive: false);
        _weightGradient.Add(features, _gradient, _slice.Kernel(gradients), _slice.Bias(gradients));
        _backward.Run(_gradient, _features);
        _products.Add(_features, features, target, onlyPositive: true);
        return error / variance;
    }

    public void Dispose()
    {
        _forward.Dispose();
        _backward.Dispose();
        _prediction.Dispose();
        _gradient.Dispose();
        _features.Dispose();
    }
}
