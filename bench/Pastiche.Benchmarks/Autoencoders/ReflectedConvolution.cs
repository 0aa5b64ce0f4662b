using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Autoencoders;

/// <summary>Reflection padding, a 3x3 convolution with bias, ReLU, and what changes the size after it.</summary>
internal sealed class ReflectedConvolution : IDisposable
{
    private readonly WinogradKernel _kernel;
    private readonly IConvolution _convolution;
    private readonly ActivationSink _sink;
    private readonly INearestUpsampling _upsampling;
    private readonly FeatureMap _activation = new(), _resized = new();
    private readonly Resize _resize;

    public ReflectedConvolution(ConvolutionWeights weights, Resize resize, NetworkCompute compute)
    {
        _kernel = compute.ForwardKernel(weights);
        _convolution = compute.Convolution(_kernel);
        _sink = compute.Path.ActivationSink();
        _upsampling = compute.Path.NearestUpsampling(compute.Pool);
        _resize = resize;
    }

    /// <summary>What happens to the map after the ReLU.</summary>
    public enum Resize
    {
        None,
        MaxPooling,
        NearestUpsampling,
    }

    /// <summary>Computes the layer.</summary>
    /// <param name="input">The map below; its border is filled.</param>
    /// <returns>The layer's own map, which the next call overwrites.</returns>
    public FeatureMap Forward(FeatureMap input)
    {
        ReflectionPadding.Fill(input);
        (_sink.Height, _sink.Width) = (input.Height, input.Width);
        _activation.Reshape(_kernel.Outputs, input.Height, input.Width);
        _sink.Activation = _activation;
        if (_resize == Resize.MaxPooling)
        {
            _resized.Reshape(_kernel.Outputs, input.Height / 2, input.Width / 2);
            (_sink.Activation, _sink.Pooled) = (null, _resized);
        }
        _convolution.Run(input, _sink);
        if (_resize == Resize.NearestUpsampling)
            _upsampling.Forward(_activation, _resized, 2 * input.Height, 2 * input.Width);
        return _resize == Resize.None ? _activation : _resized;
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _activation.Dispose();
        _resized.Dispose();
    }
}
