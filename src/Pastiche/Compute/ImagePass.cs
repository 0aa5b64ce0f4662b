using System.Numerics.Tensors;

namespace Pastiche.Compute;

/// <summary>The first convolution over a whole picture, with a map of its own.</summary>
internal interface IImagePass : IDisposable
{
    /// <summary>From the picture, loaded into the convolution, to its features.</summary>
    /// <param name="raw">Receives what comes before the ReLU; <c>null</c> if nobody asks.</param>
    /// <param name="activation">Receives what comes after the ReLU.</param>
    /// <param name="bits">Receives which activations are positive; <c>null</c> if nobody asks.</param>
    void Forward(FeatureMap? raw, FeatureMap activation, ActivationBits? bits);

    /// <summary>From the gradient before the ReLU, whose border is zero, to the picture.</summary>
    void Backward(FeatureMap gradient);

    /// <summary>The gradient with respect to one channel of the picture.</summary>
    /// <param name="channel">The network's input channel.</param>
    /// <param name="plane">Receives <c>[height, width]</c>.</param>
    /// <param name="scale">What each value is multiplied with.</param>
    void Gather(int channel, Span<float> plane, float scale);
}

/// <inheritdoc/>
internal sealed unsafe class ImagePass<TSimd> : IImagePass where TSimd : struct, ISimd<TSimd>
{
    // Pixels that are rectified while they are in the first-level cache; whole register tiles.
    private const int Stretch = 96;

    private readonly ImageConvolution _image;
    private readonly WorkerPool _pool;
    private readonly NativeBuffer _picture = new();     // the padded picture's gradient, [3][height + 2][stride]
    private readonly Action<int, int> _forwardRow, _backwardRow;

    private FeatureMap? _raw;
    private FeatureMap _map = null!;
    private ActivationBits? _bits;

    public ImagePass(ImageConvolution image, WorkerPool pool) =>
        (_image, _pool, _forwardRow, _backwardRow) = (image, pool, ForwardRow, BackwardRow);

    private int RowStride => ImageConvolution.GradientStride(_image.Width);

    private int PlaneStride => (_image.Height + 2) * RowStride;

    public void Forward(FeatureMap? raw, FeatureMap activation, ActivationBits? bits)
    {
        (_raw, _map, _bits) = (raw, activation, bits);
        _pool.Run(_image.Height, _forwardRow);
    }

    public void Backward(FeatureMap gradient)
    {
        _map = gradient;
        _picture.Reserve(3L * PlaneStride);
        _pool.Run(_image.Height + 2, _backwardRow);
        if (_image.Padding != PaddingKind.Zero)
            Fold();
    }

    public void Gather(int channel, Span<float> plane, float scale)
    {
        for (int y = 0; y < _image.Height; y++)
            TensorPrimitives.Multiply(Row(channel, y)[1..^1], scale, plane.Slice(y * _image.Width, _image.Width));
    }

    public void Dispose() => _picture.Dispose();

    /// <summary>A row of the padded picture's gradient, from -1 to the height, with its first and last pixel.</summary>
    private Span<float> Row(int channel, int y) =>
        new(_picture.Pointer + (nint)channel * PlaneStride + (nint)(y + 1) * RowStride, _image.Width + 2);

    private void ForwardRow(int y, int worker)
    {
        for (int x = 0; x < _image.Width; x += Stretch)
        {
            int count = Math.Min(Stretch, _image.Width - x);
            _image.Forward(y, x, count, _map.Pixel(0, y, x), _map.BlockStride);
            for (int block = 0; block < _map.Blocks; block++)
            {
                float* raw = _raw is null ? null : _raw.Pixel(block, y, x);
                ActivationSink<TSimd>.Rectify(_map.Pixel(block, y, x), count, raw, null, _bits is null ? null : _bits.Pixel(block, y, x));
            }
        }
    }

    private void BackwardRow(int item, int worker)
    {
        int y = item - 1;
        bool isOutside = y < 0 || y == _image.Height;
        if (!isOutside || _image.Padding != PaddingKind.Zero)
            _image.BackwardRow(_map, y, _picture.Pointer + (nint)item * RowStride, PlaneStride);
    }

    // What was mirrored, or repeated, gives its gradient to its original: rows first, their corners included, then columns.
    private void Fold()
    {
        int height = _image.Height, width = _image.Width;
        PaddingKind padding = _image.Padding;
        int left = 1 + padding.Inside(-1, width), right = 1 + padding.Inside(width, width);
        for (int channel = 0; channel < 3; channel++)
        {
            Span<float> top = Row(channel, padding.Inside(-1, height)), bottom = Row(channel, padding.Inside(height, height));
            TensorPrimitives.Add(top, Row(channel, -1), top);
            TensorPrimitives.Add(bottom, Row(channel, height), bottom);
            for (int y = 0; y < height; y++)
            {
                Span<float> row = Row(channel, y);
                row[left] += row[0];
                row[right] += row[^1];
            }
        }
    }
}
