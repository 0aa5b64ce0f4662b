using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>A 3x3 convolution with padding, bias and ReLU, and the 2x2 pooling after it if there is one.</summary>
internal sealed class ConvolutionLayer : Layer
{
    private readonly PackedKernel _forwardKernel;
    private readonly WinogradKernel? _backwardKernel;
    private readonly IConvolution _forward;
    private readonly IConvolution? _backward;
    private readonly ActivationSink _activationSink;
    private readonly GradientSink _gradientSink;
    private readonly PooledBackward? _pooledBackward;
    private readonly BorderGradient? _border;
    private readonly ActivationBits? _bits;
    private readonly PoolingKind? _pooling;

    /// <summary>Builds the layer.</summary>
    /// <param name="weights">The convolution.</param>
    /// <param name="pooling">The pooling after it; <c>null</c> for none.</param>
    /// <param name="padding">What lies beyond the border, until <see cref="Padding"/> is set.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="forwardOnly">Leaves out what only a backward pass needs: half of the kernels, and the bits.</param>
    /// <param name="canTile">Whether the padding may become circular, if there are backward passes.</param>
    public ConvolutionLayer(
        ConvolutionWeights weights, PoolingKind? pooling, PaddingKind padding, NetworkCompute compute, bool forwardOnly, bool canTile = false)
    {
        (_pooling, Padding) = (pooling, padding);
        _forwardKernel = compute.ForwardKernel(weights);
        _forward = compute.Convolution(_forwardKernel);
        _activationSink = compute.Path.ActivationSink();
        _gradientSink = compute.Path.GradientSink();
        if (forwardOnly)
            return;
        _bits = new ActivationBits();
        _backwardKernel = compute.BackwardKernel(weights, _forwardKernel);
        _backward = compute.Convolution(_backwardKernel);
        if (canTile || padding != PaddingKind.Zero)
            _border = compute.Path.BorderGradient(weights.Kernel, weights.Inputs, weights.Outputs, compute.Pool);
        else if (pooling is not null && _backwardKernel.IsSmall)
            _pooledBackward = compute.Path.PooledBackward(_backward, weights.Outputs, _bits, pooling.Value, compute.Pool.Count);
    }

    /// <summary>What lies beyond the border.</summary>
    public PaddingKind Padding { get; set; }

    // The gradient at full size is only needed where that of a tap is added.
    private bool TakesPooledGradient => _pooledBackward is not null && Raw is null && Activation is null;

    private ActivationBits Bits => _bits ?? throw new InvalidOperationException("the network was built for forward passes only");

    public override FeatureMap Forward(FeatureMap input, FeatureMap spare)
    {
        int channels = _forwardKernel.Outputs;
        _bits?.Reshape(channels, input.Height, input.Width);
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
        if (Padding != PaddingKind.Zero)
            ReflectionPadding.Fill(input, Padding);
        _forward.Run(input, sink);
        if (Padding != PaddingKind.Zero)
            ReflectionPadding.Clear(input);
        return output;
    }

    /// <summary>Takes the gradient on to the layer below.</summary>
    /// <param name="gradient">The gradient in the form that <see cref="Receive"/> set up.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="target">Receives the gradient that the layer below takes.</param>
    public void Backward(FeatureMap gradient, Layer below, FeatureMap target)
    {
        below.ReshapeGradient(target);
        below.Receive(_gradientSink, target);
        if (TakesPooledGradient)
            _pooledBackward!.Run(gradient, _gradientSink);
        else
            _backward!.Run(gradient, _gradientSink);
        if (Padding != PaddingKind.Zero)
            _border!.Add(gradient, _gradientSink, Padding);
    }

    public override void ReshapeGradient(FeatureMap gradient)
    {
        int scale = TakesPooledGradient ? 2 : 1;
        gradient.Reshape(_forwardKernel.Outputs, Bits.Height / scale, Bits.Width / scale);
    }

    public override void Receive(GradientSink sink, FeatureMap gradient)
    {
        if (TakesPooledGradient)
        {
            (sink.Target, sink.Bits, sink.Pooling) = (gradient, null, null);
            return;
        }
        (sink.Target, sink.Bits, sink.Pooling) = (gradient, Bits, _pooling);
        // An odd last row or column was not pooled and gets no gradient.
        if (_pooling is not null)
            gradient.ClearOutside(gradient.Height / 2 * 2, gradient.Width / 2 * 2);
    }

    public override void Dispose()
    {
        _forwardKernel.Dispose();
        _backwardKernel?.Dispose();
        _pooledBackward?.Dispose();
        _border?.Dispose();
        _bits?.Dispose();
    }
}
