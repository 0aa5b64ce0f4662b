using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// One worker's passage through a convolution that is padded by reflection: forward, and backward to the weights and to the
/// input. It keeps the input and the bits of the ReLU in between.
/// </summary>
internal sealed class ConvolutionPass : IDisposable
{
    private readonly TrainedConvolution _convolution;
    private readonly IConvolution _forward, _backward;
    private readonly BorderGradient _border;
    private readonly IWeightGradient _weightGradient;
    private readonly ActivationSink _sink;
    private FeatureMap? _input;

    public ConvolutionPass(TrainedConvolution convolution, Span<float> parameters, NetworkCompute compute, IWeightGradient weightGradient)
    {
        _convolution = convolution;
        _forward = compute.Convolution(convolution.Forward);
        _backward = compute.Convolution(convolution.Backward);
        ConvolutionSlice slice = convolution.Slice;
        _border = compute.Path.BorderGradient(slice.Kernel(parameters), slice.Inputs, slice.Outputs, compute.Pool);
        _sink = compute.Path.ActivationSink();
        _weightGradient = weightGradient;
    }

    /// <summary>What the ReLU let through in the last forward pass, the pooling after it included.</summary>
    public ActivationBits Bits { get; } = new();

    /// <summary>Takes new weights.</summary>
    public void Load(Span<float> parameters) => _border.Load(_convolution.Slice.Kernel(parameters));

    /// <summary>Convolves.</summary>
    /// <param name="input">The input; its border is overwritten, and it must not change before the backward pass.</param>
    /// <param name="output">Receives the result: pooled, rectified or linear.</param>
    /// <param name="pooling">The pooling after the ReLU, if there is one.</param>
    /// <param name="isLinear">Whether there is no ReLU.</param>
    public void Forward(FeatureMap input, FeatureMap output, PoolingKind? pooling, bool isLinear = false)
    {
        _input = input;
        ReflectionPadding.Fill(input);
        int shrink = pooling is null ? 1 : 2;
        output.Reshape(_convolution.Slice.Outputs, input.Height / shrink, input.Width / shrink);
        Bits.Reshape(_convolution.Slice.Outputs, input.Height, input.Width);
        (_sink.Height, _sink.Width, _sink.Bits) = (input.Height, input.Width, Bits);
        (_sink.Raw, _sink.Activation, _sink.Pooled) = (isLinear, pooling) switch
        {
            (true, _) => (output, null, null),
            (_, null) => (null, output, null),
            _ => ((FeatureMap?)null, (FeatureMap?)null, output),
        };
        _sink.Pooling = pooling ?? PoolingKind.Max;
        _forward.Run(input, _sink);
    }

    /// <summary>Adds the gradient with respect to the weights.</summary>
    /// <param name="gradient">The gradient before the ReLU.</param>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    public void AddWeightGradient(FeatureMap gradient, Span<float> gradients) =>
        _weightGradient.Add(_input!, gradient, _convolution.Slice.Kernel(gradients), _convolution.Slice.Bias(gradients));

    /// <summary>Takes the gradient on to the input.</summary>
    /// <param name="gradient">The gradient before the ReLU.</param>
    /// <param name="sink">Receives the gradient with respect to the input.</param>
    public void Backward(FeatureMap gradient, GradientSink sink)
    {
        _backward.Run(gradient, sink);
        _border.Add(gradient, sink);
    }

    public void Dispose()
    {
        _border.Dispose();
        Bits.Dispose();
    }
}
