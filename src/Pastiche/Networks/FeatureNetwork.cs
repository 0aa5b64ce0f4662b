using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>Where the gradient of a loss comes from.</summary>
internal interface ITapGradients
{
    /// <summary>Adds the loss's gradient with respect to a tap's features.</summary>
    /// <param name="tap">The tap.</param>
    /// <param name="features">Its features, of the last forward pass.</param>
    /// <param name="gradient">
    /// The map to add to. At a tap after the ReLU only what the ReLU lets through may be added: where the feature is positive.
    /// </param>
    void AddGradient(Tap tap, FeatureMap features, FeatureMap gradient);
}

/// <summary>
/// A frozen VGG-shaped chain from a picture to the deepest tap, forward and backward to the picture. Between the passes it
/// keeps the tapped features and one bit for each activation, nothing else.
/// </summary>
internal sealed class FeatureNetwork : IDisposable
{
    private readonly InputConvention _input;
    private readonly ImageConvolution _image;
    private readonly ImageLayer _first;
    private readonly List<ConvolutionLayer> _layers = [];
    private readonly SortedDictionary<Tap, FeatureMap> _features = [];
    private readonly MapPair _maps;
    private readonly bool _ownsMaps, _canTile;
    private readonly PaddingKind _imagePadding, _padding;

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
        MapPair? maps, bool canTile = false)
    {
        (_maps, _ownsMaps, _canTile) = (maps ?? new MapPair(), maps is null, canTile);
        foreach (Tap tap in taps)
            _features[tap] = new FeatureMap();
        int last = _features.Keys.Max(tap => tap.Convolution);
        if (last >= weights.Convolutions.Count)
        {
            throw new InvalidInputException(
                $"layer '{_features.Keys.Max()}' is not in the model, whose last convolution is {weights.Convolutions[^1].Name}");
        }

        _input = weights.Input;
        ConvolutionWeights first = weights.Convolutions[0];
        _image = compute.Path.ImageConvolution(first.Kernel, first.Bias, compute.Pool.Count);
        bool isReflected = weights.Padding == PaddingKind.Reflection;
        (_padding, _imagePadding) = (weights.Padding, isReflected ? PaddingKind.Reflection : padding);
        _image.Padding = _imagePadding;
        // Between the first two convolutions the block knows no other border than zeros.
        bool isFirstBlockFused = !isReflected && !canTile && Vgg19.BlockOf(last) > 0 && _features.Keys.All(tap => Vgg19.BlockOf(tap.Convolution) > 0);
        _first = isFirstBlockFused
            ? new FirstBlockLayer(_image, weights.Convolutions[1], pooling, compute) { Convolutions = 0..2 }
            : new FirstConvolutionLayer(_image, compute, forwardOnly) { Convolutions = 0..1 };
        for (int i = _first.Convolutions.End.Value; i <= last; i++)
        {
            PoolingKind? pooled = Vgg19.IsPooled(i) && i < last ? pooling : null;
            _layers.Add(new ConvolutionLayer(weights.Convolutions[i], pooled, weights.Padding, compute, forwardOnly, canTile) { Convolutions = i..(i + 1) });
        }
    }

    /// <summary>Builds a chain that only goes forward, with max pooling: it is built in half the time and needs less memory.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="taps">The taps, at least one.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="maps">The maps to work in, which stay the caller's; <c>null</c>: two of its own.</param>
    /// <exception cref="InvalidInputException">The weights end before a tap.</exception>
    public static FeatureNetwork ForwardOnly(NetworkWeights weights, IEnumerable<Tap> taps, NetworkCompute compute, MapPair? maps = null) =>
        new(weights, taps, PoolingKind.Max, compute, PaddingKind.Zero, forwardOnly: true, maps);

    /// <summary>The taps in order from the picture.</summary>
    public IReadOnlyCollection<Tap> Taps => _features.Keys;

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
            foreach (ConvolutionLayer layer in _layers)
                layer.Padding = value ? PaddingKind.Circular : _padding;
        }
    }

    private IEnumerable<Layer> Layers => _layers.Prepend<Layer>(_first);

    /// <summary>The smallest side of a picture that leaves a pixel at every tap.</summary>
    public static int SmallestSide(IEnumerable<Tap> taps) => 1 << taps.Max(tap => tap.Poolings);

    /// <summary>The features of a tap in the last forward pass.</summary>
    public FeatureMap this[Tap tap] => _features[tap];

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
        wanted ??= _features.Keys;
        int smallest = SmallestSide(wanted);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, smallest);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, smallest);
        if (height != Height || width != Width)
            _image.Reshape(height, width);
        for (int channel = 0; channel < 3; channel++)
        {
            float scale = ScaleOf(channel), offset = -_input.Mean[channel] / _input.Deviation[channel];
            _image.Load(InputChannel(channel), planes.Slice(channel * height * width, height * width), scale, offset);
        }
        foreach (Layer layer in Layers)
            (layer.Raw, layer.Activation) = (Wanted(OutputTap(layer, isRectified: false)), Wanted(OutputTap(layer, isRectified: true)));
        FeatureMap current = _first.Forward(_maps.Second, _maps.First);
        int end = wanted.Max(tap => tap.Convolution) + 1;
        foreach (ConvolutionLayer layer in _layers.TakeWhile(layer => layer.Convolutions.Start.Value < end))
            current = layer.Forward(current, _maps.Other(current));

        FeatureMap? Wanted(Tap tap) => wanted.Contains(tap) ? _features[tap] : null;
    }

    /// <summary>Takes the gradients that a loss adds at the taps back to the picture of the last forward pass.</summary>
    /// <param name="source">Adds the gradients.</param>
    /// <param name="planes">Receives the gradient with respect to red, green, blue, <c>[3, height, width]</c>.</param>
    public void Backward(ITapGradients source, Span<float> planes)
    {
        FeatureMap current = _maps.First;
        Layer top = _layers.Count > 0 ? _layers[^1] : _first;
        top.ReshapeGradient(current);
        current.Clear();
        AddGradients(source, top, current);
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            Layer below = i > 0 ? _layers[i - 1] : _first;
            FeatureMap target = _maps.Other(current);
            _layers[i].Backward(current, below, target);
            AddGradients(source, below, target);
            current = target;
        }
        _first.Backward(current);
        for (int channel = 0; channel < 3; channel++)
            _first.Gather(InputChannel(channel), planes.Slice(channel * Height * Width, Height * Width), ScaleOf(channel));
    }

    public void Dispose()
    {
        foreach (Layer layer in Layers)
            layer.Dispose();
        foreach (FeatureMap map in _features.Values)
            map.Dispose();
        _image.Dispose();
        if (_ownsMaps)
            _maps.Dispose();
    }

    private static Tap OutputTap(Layer layer, bool isRectified) => new(layer.Convolutions.End.Value - 1, isRectified);

    private static void AddGradient(ITapGradients source, Tap tap, FeatureMap? features, FeatureMap gradient)
    {
        if (features is not null)
            source.AddGradient(tap, features, gradient);
    }

    private static void AddGradients(ITapGradients source, Layer layer, FeatureMap gradient)
    {
        AddGradient(source, OutputTap(layer, isRectified: true), layer.Activation, gradient);
        AddGradient(source, OutputTap(layer, isRectified: false), layer.Raw, gradient);
    }

    private float ScaleOf(int channel) => _input.Range / _input.Deviation[channel];

    private int InputChannel(int channel) => _input.IsBgr ? 2 - channel : channel;
}
