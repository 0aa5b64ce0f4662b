using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>One worker's passage through the encoder.</summary>
internal sealed class EncoderPass : IDisposable
{
    private readonly ConvolutionPass[] _passes;
    private readonly FeatureMap[] _maps;                // the picture, then each convolution's output
    private readonly Dictionary<int, FeatureMap> _tapGradients;     // by convolution
    private readonly GradientSink _sink;
    private readonly FeatureMap _ping = new(), _pong = new();

    public EncoderPass(TrainedNetwork network, NetworkCompute compute, IWeightGradient weightGradient)
    {
        _passes = [.. network.Encoder.Select(convolution => new ConvolutionPass(convolution, network.Parameters, compute, weightGradient))];
        _maps = [.. Enumerable.Range(0, _passes.Length + 1).Select(_ => new FeatureMap())];
        _tapGradients = network.Layout.Taps.Union(network.Layout.ReadoutTaps).ToDictionary(tap => tap.Convolution, _ => new FeatureMap());
        _sink = compute.Path.GradientSink();
    }

    /// <summary>What the trained network expects of its input.</summary>
    public static InputConvention Input => InputConvention.Torchvision;

    /// <summary>The features after the ReLU at a tap that is decoded or read out.</summary>
    public FeatureMap Features(Tap tap) => _maps[tap.Convolution + 1];

    /// <summary>Collects the gradient before the ReLU at such a tap; starts from zero with every forward pass.</summary>
    public FeatureMap TapGradient(Tap tap) => _tapGradients[tap.Convolution];

    /// <summary>What the ReLU at such a tap let through.</summary>
    public ActivationBits Bits(Tap tap) => _passes[tap.Convolution].Bits;

    /// <summary>Takes new weights.</summary>
    public void Load(Span<float> parameters)
    {
        foreach (ConvolutionPass pass in _passes)
            pass.Load(parameters);
    }

    /// <summary>Computes the features.</summary>
    /// <param name="planes">Red, green, blue, <c>[3, side, side]</c>, 0 to 1.</param>
    /// <param name="side">The side, a multiple of 16.</param>
    public void Forward(ReadOnlySpan<float> planes, int side)
    {
        var normalized = new float[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            int channel = i / (side * side);
            normalized[i] = (planes[i] - Input.Mean[channel]) / Input.Deviation[channel];
        }
        _maps[0].Reshape(3, side, side);
        _maps[0].CopyFromPlanes(normalized);
        for (int i = 0; i < _passes.Length; i++)
        {
            PoolingKind? pooling = Vgg19.IsPooled(i) && i + 1 < _passes.Length ? PoolingKind.Max : null;
            _passes[i].Forward(_maps[i], _maps[i + 1], pooling);
        }
        foreach ((int convolution, FeatureMap gradient) in _tapGradients)
        {
            FeatureMap features = _maps[convolution + 1];
            gradient.Reshape(features.Channels, features.Height, features.Width);
            gradient.Clear();
        }
    }

    /// <summary>Takes the gradients at the taps back, to the weights.</summary>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    /// <param name="first">The first convolution that learns.</param>
    public void Backward(Span<float> gradients, int first = 0)
    {
        FeatureMap gradient = _tapGradients[_passes.Length - 1];
        for (int i = _passes.Length - 1; ; i--)
        {
            _passes[i].AddWeightGradient(gradient, gradients);
            if (i == first)
                return;
            ConvolutionPass below = _passes[i - 1];
            FeatureMap target = gradient == _ping ? _pong : _ping;
            target.Reshape(_maps[i].Channels, below.Bits.Height, below.Bits.Width);
            (_sink.Target, _sink.Bits, _sink.Pooling) = (target, below.Bits, Vgg19.IsPooled(i - 1) ? PoolingKind.Max : null);
            _passes[i].Backward(gradient, _sink);
            if (_tapGradients.TryGetValue(i - 1, out FeatureMap? tapped))
                target.Add(tapped);
            gradient = target;
        }
    }

    public void Dispose()
    {
        foreach (ConvolutionPass pass in _passes)
            pass.Dispose();
        foreach (FeatureMap map in _maps.Concat(_tapGradients.Values))
            map.Dispose();
        _ping.Dispose();
        _pong.Dispose();
    }
}
