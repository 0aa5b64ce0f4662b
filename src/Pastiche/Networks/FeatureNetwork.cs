using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>
/// A frozen VGG-shaped chain from a picture to the deepest tap, forward and backward to the picture. Between the passes it
/// keeps the tapped features and one bit for each activation, nothing else.
/// </summary>
internal sealed class FeatureNetwork : IDisposable
{
    private readonly InputConvention _input;
    private readonly ImageConvolution _image;
    private readonly ImageLayer _first;
    private readonly LayerChain _chain;
    private readonly TapMaps _taps;
    private readonly MapPair _maps;
    private readonly bool _ownsMaps, _canTile;
    private readonly PaddingKind _imagePadding, _padding;
    private readonly GradientSink _sink;
    private readonly WorkerPool _pool;

    /// <summary>Builds the chain and cuts it at the deepest tap.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="taps">The taps, at least one.</param>
    /// <param name="pooling">The pooling between blocks.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <exception cref="InvalidInputException">The weights end before a tap.</exception>
    /// <param name="padding">
    /// What lies beyond the picture's border for a network that pads with zeros. A network that was trained with reflection has
    /// it in every layer, whatever is given here.
    /// </param>
    /// <param name="canTile">Whether <see cref="IsTiled"/> may be set.</param>
    public FeatureNetwork(
        NetworkWeights weights, IEnumerable<Tap> taps, PoolingKind pooling, NetworkCompute compute,
        PaddingKind padding = PaddingKind.Zero, bool canTile = false)
        : this(weights, taps, pooling, compute, padding, forwardOnly: false, maps: null, canTile)
    {
    }

    private FeatureNetwork(
        NetworkWeights weights, IEnumerable<Tap> taps, PoolingKind pooling, NetworkCompute compute, PaddingKind padding, bool forwardOnly,
        MapPair? maps, bool canTile = false, int? pooledEnd = null)
    {
        (_maps, _ownsMaps, _canTile) = (maps ?? new MapPair(), maps is null, canTile);
        _taps = new TapMaps(taps);
        int end = pooledEnd ?? EndOf(weights, _taps.Taps);
        _input = weights.Input;
        ConvolutionWeights first = weights.Convolutions[0];
        _image = compute.Path.ImageConvolution(first.Kernel, first.Bias, compute.Pool.Count);
        bool isReflected = weights.Padding == PaddingKind.Reflection;
        (_padding, _imagePadding) = (weights.Padding, isReflected ? PaddingKind.Reflection : padding);
        _image.Padding = _imagePadding;
        // Between the first two convolutions the block knows no other border than zeros.
        bool isFirstBlockFused = !isReflected && !canTile && Vgg19.BlockOf(end - 1) > 0 && _taps.Taps.All(tap => Vgg19.BlockOf(tap.Convolution) > 0);
        _first = isFirstBlockFused
            ? new FirstBlockLayer(_image, weights.Convolutions[1], pooling, compute) { Convolutions = 0..2 }
            : new FirstConvolutionLayer(_image, compute, forwardOnly) { Convolutions = 0..1 };
        _chain = new LayerChain(weights, _first.Convolutions.End..end, pooling, pooledEnd is not null, compute, forwardOnly, canTile);
        (_sink, _pool) = (compute.Path.GradientSink(), compute.Pool);
    }

    /// <summary>Builds a chain that only goes forward, with max pooling: it is built in half the time and needs less memory.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="taps">The taps, at least one.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="maps">The maps to work in, which stay the caller's; <c>null</c>: two of its own.</param>
    /// <exception cref="InvalidInputException">The weights end before a tap.</exception>
    public static FeatureNetwork ForwardOnly(NetworkWeights weights, IEnumerable<Tap> taps, NetworkCompute compute, MapPair? maps = null) =>
        new(weights, taps, PoolingKind.Max, compute, PaddingKind.Zero, forwardOnly: true, maps);

    /// <summary>Builds the lower part of a chain, up to and with a pooling.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="taps">The taps of this part; there may be none.</param>
    /// <param name="end">The convolution that follows the pooling.</param>
    /// <param name="pooling">The pooling between blocks.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="padding">What lies beyond the picture's border for a network that pads with zeros.</param>
    /// <param name="maps">The maps to work in, which stay the caller's.</param>
    public static FeatureNetwork UpTo(
        NetworkWeights weights, IEnumerable<Tap> taps, int end, PoolingKind pooling, NetworkCompute compute, PaddingKind padding, MapPair maps) =>
        new(weights, taps, pooling, compute, padding, forwardOnly: false, maps, pooledEnd: end);

    /// <summary>The taps in order from the picture.</summary>
    public IReadOnlyCollection<Tap> Taps => _taps.Taps;

    public int Height => _image.Height;

    public int Width => _image.Width;

    /// <summary>
    /// Whether the picture is a torus: every convolution finds the opposite border beyond the picture's. The poolings drop nothing
    /// if sides are multiples of <see cref="SmallestSide"/>; only then do features move with the picture.
    /// </summary>
    public bool IsTiled
    {
        get => _image.Padding == PaddingKind.Circular;
        set
        {
            if (value && !_canTile)
                throw new InvalidOperationException("the network was not built for pictures that tile");
            _image.Padding = value ? PaddingKind.Circular : _imagePadding;
            foreach (ConvolutionLayer layer in _chain.Layers)
                layer.Padding = value ? PaddingKind.Circular : _padding;
        }
    }

    private IEnumerable<Layer> Layers => _chain.Layers.Prepend<Layer>(_first);

    /// <summary>The smallest side of a picture that leaves a pixel at every tap.</summary>
    public static int SmallestSide(IEnumerable<Tap> taps) => 1 << taps.Max(tap => tap.Poolings);

    /// <summary>The convolution at which a chain ends that has its taps, with a pooling or not.</summary>
    /// <exception cref="InvalidInputException">The weights end before a tap.</exception>
    public static int EndOf(NetworkWeights weights, IReadOnlyCollection<Tap> taps)
    {
        int end = taps.Max(tap => tap.Convolution) + 1;
        return end <= weights.Convolutions.Count ? end : throw new InvalidInputException(
            $"layer '{taps.Max()}' is not in the model, whose last convolution is {weights.Convolutions[^1].Name}");
    }

    /// <summary>The features of a tap in the last forward pass.</summary>
    public FeatureMap this[Tap tap] => _taps[tap];

    /// <summary>Computes the features of a picture.</summary>
    /// <param name="planes">Red, green, blue, <c>[3, height, width]</c>, 0 to 1; values outside are allowed.</param>
    /// <param name="height">Height in pixels, at least <see cref="SmallestSide"/>.</param>
    /// <param name="width">Width in pixels, at least <see cref="SmallestSide"/>.</param>
    /// <param name="wanted">
    /// The taps that are asked for, in a pass that nothing is taken back from; the others keep the features of an earlier pass.
    /// <c>null</c>: all.
    /// </param>
    public void Forward(ReadOnlySpan<float> planes, int height, int width, IReadOnlyCollection<Tap>? wanted = null)
    {
        wanted ??= Taps;
        int smallest = SmallestSide(wanted);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, smallest);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, smallest);
        Forward(planes, height, width, new Strip(0, height), wanted, wanted.Max(tap => tap.Convolution) + 1);
    }

    /// <summary>Computes the features of some rows of a picture as if there were no others.</summary>
    /// <param name="planes">The whole picture, <c>[3, height, width]</c>.</param>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>What the last layer gives, until the next pass.</returns>
    public FeatureMap Forward(ReadOnlySpan<float> planes, int height, int width, Strip rows) =>
        Forward(planes, height, width, rows, Taps, int.MaxValue);

    /// <summary>Takes the gradients that a loss adds at the taps back to the picture of the last forward pass.</summary>
    /// <param name="source">Adds the gradients.</param>
    /// <param name="planes">Receives the gradient with respect to red, green, blue, <c>[3, height, width]</c>.</param>
    public void Backward(ITapGradients source, Span<float> planes)
    {
        // Each layer's gradient lies where its features lay, so that the largest of both share a map.
        FeatureMap gradient = StartBackward(_chain.Layers.Count % 2 == 0 ? _maps.First : _maps.Second);
        Backward(source, gradient, planes);
    }

    /// <summary>Takes a gradient at the last layer's output, and those at the taps, back to the rows of the last forward pass.</summary>
    /// <param name="source">Adds the gradients at the taps.</param>
    /// <param name="output">The gradient at the output, perhaps of more rows; not one of the maps to work in, or the first of them.</param>
    /// <param name="from">The first of its rows that counts.</param>
    /// <param name="to">The row that it is of this pass's output.</param>
    /// <param name="rows">How many rows count; the others of this pass's output have no gradient.</param>
    /// <param name="planes">Receives the gradient, <c>[3, Height, Width]</c>.</param>
    public void Backward(ITapGradients source, FeatureMap output, int from, int to, int rows, Span<float> planes)
    {
        FeatureMap gradient = StartBackward(_maps.Other(output));
        _chain.Top(_first).Receive(_sink, gradient);
        _sink.Take(output, from, to, rows, _pool);
        Backward(source, gradient, planes);
    }

    public void Dispose()
    {
        foreach (Layer layer in Layers)
            layer.Dispose();
        _taps.Dispose();
        _image.Dispose();
        if (_ownsMaps)
            _maps.Dispose();
    }

    private FeatureMap Forward(ReadOnlySpan<float> planes, int height, int width, Strip rows, IReadOnlyCollection<Tap> wanted, int end)
    {
        if (rows.Rows != Height || width != Width)
            _image.Reshape(rows.Rows, width);
        for (int channel = 0; channel < 3; channel++)
        {
            float scale = ScaleOf(channel), offset = -_input.Mean[channel] / _input.Deviation[channel];
            _image.Load(InputChannel(channel), planes.Slice((channel * height + rows.Top) * width, rows.Rows * width), scale, offset);
        }
        foreach (Layer layer in Layers)
            _taps.Assign(layer, wanted);
        return _chain.Forward(_first.Forward(_maps.Second, _maps.First), _maps, end);
    }

    private FeatureMap StartBackward(FeatureMap gradient)
    {
        _chain.Top(_first).ReshapeGradient(gradient);
        gradient.Clear();
        return gradient;
    }

    private void Backward(ITapGradients source, FeatureMap gradient, Span<float> planes)
    {
        _first.Backward(_chain.Backward(source, _first, gradient, _maps));
        for (int channel = 0; channel < 3; channel++)
            _first.Gather(InputChannel(channel), planes.Slice(channel * Height * Width, Height * Width), ScaleOf(channel));
    }

    private float ScaleOf(int channel) => _input.Range / _input.Deviation[channel];

    private int InputChannel(int channel) => _input.IsBgr ? 2 - channel : channel;
}
