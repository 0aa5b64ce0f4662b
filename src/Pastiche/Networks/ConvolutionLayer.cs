using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>A 3x3 convolution with padding, bias and ReLU, and the 2x2 pooling after it if there is one.</summary>
internal sealed class ConvolutionLayer : Layer
{
    private readonly WinogradKernel _forwardKernel, _backwardKernel;
    private readonly IConvolution _forward, _backward;
    private readonly ActivationSink _activationSink;
    private readonly GradientSink _gradientSink;
    private readonly BorderGradient? _border;
    private readonly ActivationBits _bits = new();
    private readonly PoolingKind? _pooling;

    public ConvolutionLayer(ConvolutionWeights weights, PoolingKind? pooling, PaddingKind padding, NetworkCompute compute)
    {
        _pooling = pooling;
        _forwardKernel = compute.ForwardKernel(weights);
        _backwardKernel = compute.BackwardKernel(weights);
        _forward = compute.Convolution(_forwardKernel);
        _backward = compute.Convolution(_backwardKernel);
        _activationSink = compute.Path.ActivationSink();
        _gradientSink = compute.Path.GradientSink();
        if (padding == PaddingKind.Reflection)
            _border = compute.Path.BorderGradient(weights.Kernel, weights.Inputs, weights.Outputs, compute.Pool);
    }

    public override FeatureMap Forward(FeatureMap input, FeatureMap spare)
    {
        int channels = _forwardKernel.Outputs;
        _bits.Reshape(channels, input.Height, input.Width);
        Raw?.Reshape(channels, input.Height, input.Width);
        Activation?.Reshape(channels, input.Height, input.Width);
        FeatureMap output = spare;
        if (_pooling is not null)
            spare.Reshape(channels, input.Height / 2, input.Width / 2);
        else if (Activation is not null)
            output = Activation;
        else
            spare.Reshape(channels, input.Height, input.Width);

        ActivationSink sink = _activationSink;
        (sink.Height, sink.Width, sink.Bits, sink.Raw) = (input.Height, input.Width, _bits, Raw);
        (sink.Activation, sink.Pooled) = _pooling is null ? (output, null) : (Activation, output);
        sink.Pooling = _pooling ?? PoolingKind.Max;
        // The input may be a tap's map, whose readers count on a border of zeros.
        if (_border is not null)
            ReflectionPadding.Fill(input);
        _forward.Run(input, sink);
        if (_border is not null)
            ReflectionPadding.Clear(input);
        return output;
    }

    /// <summary>Takes the gradient on to the layer below.</summary>
    /// <param name="gradient">The gradient before this layer's ReLU.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="target">Receives the gradient that the layer below takes.</param>
    public void Backward(FeatureMap gradient, Layer below, FeatureMap target)
    {
        below.ReshapeGradient(target);
        below.Receive(_gradientSink, target);
        _backward.Run(gradient, _gradientSink);
        _border?.Add(gradient, _gradientSink);
    }

    public override void ReshapeGradient(FeatureMap gradient) =>
        gradient.Reshape(_forwardKernel.Outputs, _bits.Height, _bits.Width);

    public override void Receive(GradientSink sink, FeatureMap gradient)
    {
        (sink.Target, sink.Bits, sink.Pooling) = (gradient, _bits, _pooling);
        // An odd last row or column was not pooled and gets no gradient.
        if (_pooling is not null)
            gradient.ClearOutside(gradient.Height / 2 * 2, gradient.Width / 2 * 2);
    }

    public override void Dispose()
    {
        _forwardKernel.Dispose();
        _backwardKernel.Dispose();
        _border?.Dispose();
        _bits.Dispose();
    }
}
