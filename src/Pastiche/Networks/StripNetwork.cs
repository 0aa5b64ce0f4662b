using System.Numerics.Tensors;
using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>
/// A chain like <see cref="FeatureNetwork"/> for pictures of any size. The first two blocks, whose maps are by far the largest, see a
/// large picture strip by strip: forward, whoever reads their features takes them in strip by strip; backward, a strip is computed once
/// more, with its share of the gradient. From the third block on maps are whole. The gradient is exact, since a strip is computed with
/// all the rows that it depends on, and each row of features counts in one strip alone.
/// </summary>
internal sealed class StripNetwork : IDisposable
{
    // What lies below the third block: its halo is that of relu3_1.
    private const int LowerBlocks = 2;

    // Bytes of the three full-size maps that are held for the largest picture that is not cut: 1024 x 1024 for VGG-19.
    private const long WholeBytes = 832L << 20;

    private readonly FeatureNetwork _lower;
    private readonly LayerChain? _upper;
    private readonly TapMaps _upperTaps;
    private readonly MapLayer _junction;
    private readonly MapPair _lowerMaps = new(), _upperMaps = new();
    private readonly FeatureMap _band = new();
    private readonly int _mostPixels;
    private readonly ReusedArray _rows = new();
    private IReadOnlyList<Strip> _strips = [];
    private int _height, _width;

    /// <summary>Builds the chain.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="taps">The taps, at least one.</param>
    /// <param name="wholeTaps">Those of them whose features are asked for in one piece; large pictures are cut below them only.</param>
    /// <param name="pooling">The pooling between blocks.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="padding">What lies beyond the picture's border for a network that pads with zeros.</param>
    /// <param name="canTile">Whether the picture may be a torus; it is not cut then.</param>
    /// <param name="mostPixels">
    /// Pixels of the largest picture that is not cut; strips have half as many, with what they are grown by. <c>null</c>: 832 MiB of maps.
    /// </param>
    /// <exception cref="InvalidInputException">The weights end before a tap.</exception>
    public StripNetwork(
        NetworkWeights weights, IReadOnlyCollection<Tap> taps, IReadOnlyCollection<Tap> wholeTaps, PoolingKind pooling, NetworkCompute compute,
        PaddingKind padding = PaddingKind.Zero, bool canTile = false, int? mostPixels = null)
    {
        int end = FeatureNetwork.EndOf(weights, taps);
        _mostPixels = mostPixels ?? MostPixels(weights);
        _junction = new MapLayer { Convolutions = 0..Cut };
        if (!CanCut(taps, wholeTaps, canTile))
        {
            _upperTaps = new TapMaps([]);
            _lower = new FeatureNetwork(weights, taps, pooling, compute, padding, canTile);
            return;
        }
        _upperTaps = new TapMaps(taps.Where(tap => tap.Convolution >= Cut));
        _lower = FeatureNetwork.UpTo(weights, taps.Where(tap => tap.Convolution < Cut), Cut, pooling, compute, padding, _lowerMaps);
        _upper = new LayerChain(weights, Cut..end, pooling, isPooled: false, compute);
        foreach (ConvolutionLayer layer in _upper.Layers)
            _upperTaps.Assign(layer, _upperTaps.Taps);
    }

    /// <summary>Whether the picture is a torus; see <see cref="FeatureNetwork.IsTiled"/>.</summary>
    public bool IsTiled
    {
        get => _lower.IsTiled;
        set => _lower.IsTiled = value;
    }

    /// <summary>Pixels of the largest picture that this network does not cut.</summary>
    public int LargestWhole => _upper is null ? int.MaxValue : _mostPixels;

    private bool IsCut => _strips.Count > 1;

    private MapPair UpperMaps => IsCut ? _upperMaps : _lowerMaps;

    /// <summary>The first convolution above the cut.</summary>
    public static int Cut { get; } = Vgg19.FirstTapOf(LowerBlocks + 1).Convolution;

    /// <summary>Whether a network cuts large pictures.</summary>
    /// <param name="taps">Its taps.</param>
    /// <param name="wholeTaps">Those whose features are asked for in one piece.</param>
    /// <param name="canTile">Whether the picture may be a torus.</param>
    public static bool CanCut(IReadOnlyCollection<Tap> taps, IReadOnlyCollection<Tap> wholeTaps, bool canTile) =>
        !canTile && taps.Any(tap => tap.Convolution >= Cut) && wholeTaps.All(tap => tap.Convolution >= Cut);

    /// <summary>Pixels of the largest picture that is not cut.</summary>
    public static int MostPixels(NetworkWeights weights) =>
        (int)(WholeBytes / (3 * sizeof(float) * Units.BlocksOf(weights.Convolutions[0].Outputs) * FeatureMap.BlockSize));

    /// <summary>Whether a tap's features are handed to the reader, and not kept to be read in one piece.</summary>
    public bool IsRead(Tap tap) => _upper is not null && !_upperTaps.Taps.Contains(tap);

    /// <summary>The features of a tap in the last forward pass, if they were not handed to the reader.</summary>
    public FeatureMap this[Tap tap] => _upper is null ? _lower[tap] : _upperTaps[tap];

    /// <summary>Computes the features of a picture.</summary>
    /// <param name="planes">Red, green, blue, <c>[3, height, width]</c>, 0 to 1; values outside are allowed.</param>
    /// <param name="height">Height in pixels, at least <see cref="FeatureNetwork.SmallestSide"/>.</param>
    /// <param name="width">Width in pixels, at least <see cref="FeatureNetwork.SmallestSide"/>.</param>
    /// <param name="reader">Takes in the features of shallow taps; <c>null</c> if nobody asks for them.</param>
    public void Forward(ReadOnlySpan<float> planes, int height, int width, IBandReader? reader)
    {
        if (_upper is null)
        {
            _lower.Forward(planes, height, width);
            return;
        }
        int smallest = FeatureNetwork.SmallestSide(_upperTaps.Taps);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, smallest);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, smallest);
        if (height != _height || width != _width)
        {
            (_height, _width) = (height, width);
            // A picture that has to be cut anyway is cut finer: strips cost little, and memory is what it is about.
            _strips = (long)height * width <= _mostPixels
                ? [new Strip(0, height)]
                : StripPlan.Cut(height, width, LowerBlocks + 1, Halo, _mostPixels / 2);
        }
        FeatureMap pooled = IsCut ? _upperMaps.Second : _lowerMaps.Second;
        for (int i = 0; i < _strips.Count; i++)
        {
            Strip strip = _strips[i], grown = strip.Grow(Halo, height);
            FeatureMap output = _lower.Forward(planes, height, width, grown);
            if (reader is not null)
            {
                foreach (Tap tap in _lower.Taps)
                    reader.Read(tap, BandOf(_lower[tap], tap, strip, grown, out int top), top);
            }
            if (!IsCut)
            {
                pooled = output;
                continue;
            }
            if (i == 0)
                pooled.Reshape(output.Channels, height >> LowerBlocks, width >> LowerBlocks);
            Strip own = PooledRows(strip);
            pooled.CopyRows(output, own.Top - grown.Halve(LowerBlocks).Top, own.Top, own.Rows);
        }
        _upper.Forward(_junction.Forward(pooled, pooled), UpperMaps);
    }

    /// <summary>Takes the gradients that a loss adds at the taps back to the picture of the last forward pass.</summary>
    /// <param name="source">Adds the gradients.</param>
    /// <param name="planes">That picture, <c>[3, height, width]</c>.</param>
    /// <param name="gradient">Receives the gradient with respect to red, green, blue, <c>[3, height, width]</c>.</param>
    public void Backward(IBandReader source, ReadOnlySpan<float> planes, Span<float> gradient)
    {
        if (_upper is null)
        {
            _lower.Backward(source, gradient);
            return;
        }
        FeatureMap top = UpperMaps.First;
        _upper.Top(_junction).ReshapeGradient(top);
        top.Clear();
        FeatureMap pooled = _upper.Backward(source, _junction, top, UpperMaps);
        if (!IsCut)
        {
            _lower.Backward(new Bands(this, source, _strips[0], _strips[0]), pooled, 0, 0, pooled.Height, gradient);
            return;
        }
        gradient.Clear();
        foreach (Strip strip in _strips)
        {
            Strip grown = strip.Grow(Halo, _height), own = PooledRows(strip);
            _lower.Forward(planes, _height, _width, grown);
            Span<float> rows = _rows.OfLength(3 * grown.Rows * _width);
            _lower.Backward(new Bands(this, source, strip, grown), pooled, own.Top, own.Top - grown.Halve(LowerBlocks).Top, own.Rows, rows);
            for (int channel = 0; channel < 3; channel++)
            {
                Span<float> target = gradient.Slice((channel * _height + grown.Top) * _width, grown.Rows * _width);
                TensorPrimitives.Add(target, rows.Slice(channel * target.Length, target.Length), target);
            }
        }
    }

    public void Dispose()
    {
        _lower.Dispose();
        _upper?.Dispose();
        _upperTaps.Dispose();
        _lowerMaps.Dispose();
        _upperMaps.Dispose();
        _band.Dispose();
    }

    private static int Halo { get; } = StripPlan.HaloOf(LowerBlocks + 1);

    // The last strip's odd rows are not pooled.
    private static Strip PooledRows(Strip strip) => strip.Halve(LowerBlocks);

    // The strip's own rows of a map that was computed with its halo.
    private FeatureMap BandOf(FeatureMap features, Tap tap, Strip strip, Strip grown, out int top)
    {
        Strip own = strip.Halve(tap.Poolings);
        top = own.Top;
        if (strip == grown)
            return features;
        _band.Reshape(features.Channels, own.Rows, features.Width);
        _band.CopyRows(features, own.Top - grown.Halve(tap.Poolings).Top, 0, own.Rows);
        return _band;
    }

    /// <summary>Hands a strip's own rows of features to the one who adds gradients.</summary>
    private sealed class Bands(StripNetwork network, IBandReader source, Strip strip, Strip grown) : ITapGradients
    {
        public void AddGradient(Tap tap, FeatureMap features, FeatureMap gradient)
        {
            FeatureMap band = network.BandOf(features, tap, strip, grown, out int top);
            source.AddGradient(tap, band, top, gradient, top - grown.Halve(tap.Poolings).Top);
        }
    }
}
