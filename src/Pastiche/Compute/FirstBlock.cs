namespace Pastiche.Compute;

/// <summary>
/// The first two convolutions and the pooling after them, rectangle by rectangle, so that their full-size maps (64 channels at
/// the picture's resolution, by far the largest of a network) exist only in a core's cache. Forward, the first convolution is
/// computed for a rectangle and a border of one pixel right where the second one reads it; backward, the pooled gradient is
/// spread for a rectangle, and what the second convolution makes of it goes straight on to the picture.
/// </summary>
internal abstract class FirstBlock : IDisposable
{
    /// <summary>From the picture, loaded into the first convolution, to the pooled map.</summary>
    public abstract void Forward(FeatureMap pooled);

    /// <summary>From the gradient at the pooled map to the gradient at the picture.</summary>
    public abstract void Backward(FeatureMap pooledGradient, ImageGradient picture);

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed unsafe class FirstBlock<TSimd> : FirstBlock where TSimd : struct, ISimd<TSimd>
{
    private readonly ImageConvolution _image;
    private readonly FirstConvolutionSource<TSimd> _forwardSource;
    private readonly PooledGradientSource<TSimd> _backwardSource;
    private readonly FirstBlockGradient<TSimd> _gradient;
    private readonly IConvolution _forward, _backward;
    private readonly ActivationSink<TSimd> _sink = new();
    private readonly ActivationBits _firstBits = new(), _secondBits = new();
    private readonly RegionScratch _scratch;
    private TileRun[] _rectangles = [];

    public FirstBlock(ImageConvolution image, IConvolution forward, IConvolution backward, PoolingKind pooling, int workers)
    {
        (_image, _forward, _backward) = (image, forward, backward);
        _scratch = new RegionScratch(image.Outputs, workers, regions: 2);
        _forwardSource = new FirstConvolutionSource<TSimd>(image, _firstBits, _scratch);
        _backwardSource = new PooledGradientSource<TSimd>(_secondBits, pooling, _scratch);
        _gradient = new FirstBlockGradient<TSimd>(image, _firstBits, _scratch);
        (_sink.Pooling, _sink.Bits) = (pooling, _secondBits);
    }

    public override void Forward(FeatureMap pooled)
    {
        if (_sink.Height != _image.Height || _sink.Width != _image.Width)
            Reshape(_image.Height, _image.Width);
        _sink.Pooled = pooled;
        pooled.Reshape(_scratch.Channels, _sink.Height / 2, _sink.Width / 2);
        _forward.Run(_forwardSource, _rectangles, _sink);
    }

    public override void Backward(FeatureMap pooledGradient, ImageGradient picture) =>
        _backward.Run(_backwardSource.From(pooledGradient), picture.Rectangles, _gradient.To(picture));

    private void Reshape(int height, int width)
    {
        _firstBits.Reshape(_scratch.Channels, height, width);
        _secondBits.Reshape(_scratch.Channels, height, width);
        _rectangles = ImageGradient.Divide(height, width);
        (_sink.Height, _sink.Width) = (height, width);
    }

    public override void Dispose()
    {
        _firstBits.Dispose();
        _secondBits.Dispose();
        _scratch.Dispose();
    }
}

/// <summary>One or two rectangles of pixels with a border for each worker: <c>[channels / 16][rows + 2][columns + 2][16]</c>.</summary>
internal sealed unsafe class RegionScratch : IDisposable
{
    /// <summary>Floats between two rows.</summary>
    public const int RowStride = (ImageGradient.MaxColumns + 2) * FeatureMap.BlockSize;

    /// <summary>Floats between two channel blocks.</summary>
    public const int BlockStride = (ImageGradient.MaxRows + 2) * RowStride;

    private readonly NativeBuffer _buffer;
    private readonly int _regions;

    public RegionScratch(int channels, int workers, int regions)
    {
        (Channels, _regions) = (channels, regions);
        _buffer = new NativeBuffer((long)workers * regions * Blocks * BlockStride);
    }

    public int Channels { get; }

    public int Blocks => Units.BlocksOf(Channels);

    /// <summary>What a convolution reads.</summary>
    public float* Input(int worker) => _buffer.Pointer + (nint)worker * _regions * Blocks * BlockStride;

    /// <summary>What it gives, if there are two regions.</summary>
    public float* Output(int worker) => Input(worker) + (nint)Blocks * BlockStride;

    /// <summary>Addresses the input region by tiles of the whole picture.</summary>
    public PatchView View(TileRun run, int worker) => new(
        (nint)(Input(worker) - (nint)run.Y * Units.TileSize * RowStride - (nint)run.Left * Units.TileSize * FeatureMap.BlockSize),
        RowStride, BlockStride);

    public void Dispose() => _buffer.Dispose();
}
