using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>The way back from a tap's features to a picture, for one level. It works in two maps and keeps nothing between two runs.</summary>
internal sealed class DecoderNetwork : IDisposable
{
    private const int Planes = 3;

    private readonly DecoderWeights _weights;
    private readonly List<(WinogradKernel Kernel, IConvolution Convolution, bool IsEnlarged)> _layers = [];
    private readonly ActivationSink _activationSink;
    private readonly EnlargingSink _enlargingSink;
    private readonly PlaneSink _planeSink = new() { Channels = Planes };
    private readonly MapPair _maps;
    private readonly bool _ownsMaps;

    /// <summary>Builds the chain.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="maps">The maps to work in, which stay the caller's; <c>null</c>: two of its own.</param>
    public DecoderNetwork(DecoderWeights weights, NetworkCompute compute, MapPair? maps = null)
    {
        (_weights, _maps, _ownsMaps) = (weights, maps ?? new MapPair(), maps is null);
        foreach (ConvolutionWeights convolution in weights.Convolutions)
        {
            WinogradKernel kernel = compute.ForwardKernel(convolution);
            _layers.Add((kernel, compute.Convolution(kernel), DecoderWeights.IsEnlarged(convolution.Name)));
        }
        _activationSink = compute.Path.ActivationSink();
        _enlargingSink = compute.Path.EnlargingSink();
    }

    /// <summary>The block whose first tap is decoded, from 1.</summary>
    public int Level => _weights.Level;

    /// <summary>Decodes features.</summary>
    /// <inheritdoc cref="Forward(FeatureMap, int, int, Span{float})" path="/param"/>
    /// <returns>Red, green, blue, <c>[3, height, width]</c>, about 0 to 1: values are not clamped.</returns>
    public float[] Forward(FeatureMap features, int height, int width)
    {
        var planes = new float[Planes * height * width];
        Forward(features, height, width, planes);
        return planes;
    }

    /// <summary>Decodes features.</summary>
    /// <param name="features">
    /// The features, of the size that a picture of the given size has at this level. They are as before when the call returns, but
    /// must not be read meanwhile: their border serves as padding.
    /// </param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="planes">Receives red, green, blue, <c>[3, height, width]</c>, about 0 to 1: values are not clamped.</param>
    public unsafe void Forward(FeatureMap features, int height, int width, Span<float> planes)
    {
        ThrowUnlessFits(features, height, width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Length, Planes * height * width, nameof(planes));
        FeatureMap current = features;
        int halvings = Level - 1;
        foreach ((WinogradKernel kernel, IConvolution convolution, bool isEnlarged) in _layers.Take(_layers.Count - 1))
        {
            // Poolings drop odd rows and columns, so that the picture's size says what each enlargement has to give.
            halvings -= isEnlarged ? 1 : 0;
            FeatureMap target = _maps.Other(current);
            target.Reshape(kernel.Outputs, height >> halvings, width >> halvings);
            Convolve(convolution, current, SinkTo(target, isEnlarged));
            current = target;
        }
        fixed (float* pixels = planes)
        {
            _planeSink.Planes = pixels;
            (_planeSink.Height, _planeSink.Width) = (height, width);
            Convolve(_layers[^1].Convolution, current, _planeSink);
        }
    }

    public void Dispose()
    {
        foreach ((WinogradKernel kernel, _, _) in _layers)
            kernel.Dispose();
        if (_ownsMaps)
            _maps.Dispose();
    }

    private static void Convolve(IConvolution convolution, FeatureMap source, ITileSink sink)
    {
        ReflectionPadding.Fill(source);
        convolution.Run(source, sink);
        ReflectionPadding.Clear(source);
    }

    private ITileSink SinkTo(FeatureMap target, bool isEnlarged)
    {
        if (isEnlarged)
        {
            _enlargingSink.Target = target;
            return _enlargingSink;
        }
        (_activationSink.Height, _activationSink.Width, _activationSink.Activation) = (target.Height, target.Width, target);
        return _activationSink;
    }

    private void ThrowUnlessFits(FeatureMap features, int height, int width)
    {
        int halvings = Level - 1;
        (int, int, int) expected = (_layers[0].Kernel.Inputs, height >> halvings, width >> halvings);
        if ((features.Channels, features.Height, features.Width) != expected || expected.Item2 == 0 || expected.Item3 == 0)
        {
            throw new ArgumentException(
                $"features of {_weights.From} are [{features.Channels}, {features.Height}, {features.Width}], "
                + $"but a picture of {width}x{height} has {expected}", nameof(features));
        }
    }
}
