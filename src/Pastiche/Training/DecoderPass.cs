using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>One worker's passage through a decoder, from a tap's features to the picture.</summary>
internal sealed class DecoderPass : IDisposable
{
    private readonly IReadOnlyList<TrainedConvolution> _convolutions;
    private readonly ConvolutionPass[] _passes;
    private readonly bool[] _isEnlarged;
    private readonly FeatureMap[] _outputs, _enlarged;
    private readonly INearestUpsampling _upsampling;
    private readonly GradientSink _sink;
    private readonly FeatureMap _ping = new(), _pong = new(), _wide = new();

    public DecoderPass(
        IReadOnlyList<TrainedConvolution> convolutions, Span<float> parameters, NetworkCompute compute, IWeightGradient weightGradient)
    {
        _convolutions = convolutions;
        var passes = new List<ConvolutionPass>();
        foreach (TrainedConvolution convolution in convolutions)
            passes.Add(new ConvolutionPass(convolution, parameters, compute, weightGradient));
        _passes = [.. passes];
        _isEnlarged = [.. DecoderWeights.Names(Level).Select(DecoderWeights.IsEnlarged)];
        _outputs = [.. convolutions.Select(_ => new FeatureMap())];
        _enlarged = [.. convolutions.Select(_ => new FeatureMap())];
        _upsampling = compute.Path.NearestUpsampling(compute.Pool);
        _sink = compute.Path.GradientSink();
    }

    /// <summary>The decoded picture <c>[3, side, side]</c>, not clamped.</summary>
    public FeatureMap Picture => _outputs[^1];

    private int Level => Enumerable.Range(1, Vgg19.ConvolutionsPerBlock.Count)
        .First(level => DecoderWeights.Names(level).Count() == _convolutions.Count);

    /// <summary>Takes new weights.</summary>
    public void Load(Span<float> parameters)
    {
        foreach (ConvolutionPass pass in _passes)
            pass.Load(parameters);
    }

    /// <summary>Decodes.</summary>
    /// <param name="features">The features; their border is overwritten.</param>
    public void Forward(FeatureMap features)
    {
        FeatureMap input = features;
        for (int i = 0; i < _passes.Length; i++)
        {
            _passes[i].Forward(input, _outputs[i], pooling: null, isLinear: i == _passes.Length - 1);
            input = _outputs[i];
            if (!_isEnlarged[i])
                continue;
            _upsampling.Forward(input, _enlarged[i], input.Height * 2, input.Width * 2);
            input = _enlarged[i];
        }
    }

    /// <summary>Takes a gradient back to the weights and, if asked, on to the features.</summary>
    /// <param name="picture">The gradient with respect to the picture.</param>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    /// <param name="features">Receives the gradient before the ReLU of the features; <c>null</c> if nobody asks.</param>
    /// <param name="bits">What that ReLU let through.</param>
    public void Backward(FeatureMap picture, Span<float> gradients, FeatureMap? features, ActivationBits bits)
    {
        FeatureMap gradient = picture;
        for (int i = _passes.Length - 1; ; i--)
        {
            _passes[i].AddWeightGradient(gradient, gradients);
            if (i == 0)
                break;
            FeatureMap below = _outputs[i - 1], target = gradient == _ping ? _pong : _ping;
            if (_isEnlarged[i - 1])
            {
                _wide.Reshape(below.Channels, gradient.Height, gradient.Width);
                (_sink.Target, _sink.Bits, _sink.Pooling) = (_wide, null, null);
                _passes[i].Backward(gradient, _sink);
                _upsampling.Backward(_wide, target, _passes[i - 1].Bits);
            }
            else
            {
                target.Reshape(below.Channels, below.Height, below.Width);
                (_sink.Target, _sink.Bits, _sink.Pooling) = (target, _passes[i - 1].Bits, null);
                _passes[i].Backward(gradient, _sink);
            }
            gradient = target;
        }
        if (features is null)
            return;
        features.Reshape(_convolutions[0].Slice.Inputs, gradient.Height, gradient.Width);
        (_sink.Target, _sink.Bits, _sink.Pooling) = (features, bits, null);
        _passes[0].Backward(gradient, _sink);
    }

    public void Dispose()
    {
        foreach (ConvolutionPass pass in _passes)
            pass.Dispose();
        foreach (FeatureMap map in _outputs.Concat(_enlarged))
            map.Dispose();
        _ping.Dispose();
        _pong.Dispose();
        _wide.Dispose();
    }
}
