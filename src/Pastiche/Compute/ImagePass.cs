namespace Pastiche.Compute;

/// <summary>The first convolution over a whole picture, with a map of its own.</summary>
internal interface IImagePass
{
    /// <summary>From the picture, loaded into the convolution, to its features.</summary>
    /// <param name="raw">Receives what comes before the ReLU; <c>null</c> if nobody asks.</param>
    /// <param name="activation">Receives what comes after the ReLU.</param>
    /// <param name="bits">Receives which activations are positive.</param>
    void Forward(FeatureMap? raw, FeatureMap activation, ActivationBits bits);

    /// <summary>From the gradient before the ReLU to the picture.</summary>
    void Backward(FeatureMap gradient, ImageGradient picture);
}

/// <inheritdoc/>
internal sealed unsafe class ImagePass<TSimd> : IImagePass where TSimd : struct, ISimd<TSimd>
{
    private readonly ImageConvolution _image;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardRow, _backwardRectangle;

    private FeatureMap? _raw;
    private FeatureMap _map = null!;
    private ActivationBits _bits = null!;
    private ImageGradient _picture = null!;

    public ImagePass(ImageConvolution image, WorkerPool pool) =>
        (_image, _pool, _forwardRow, _backwardRectangle) = (image, pool, ForwardRow, BackwardRectangle);

    public void Forward(FeatureMap? raw, FeatureMap activation, ActivationBits bits)
    {
        (_raw, _map, _bits) = (raw, activation, bits);
        _pool.Run(_image.Height, _forwardRow);
    }

    public void Backward(FeatureMap gradient, ImageGradient picture)
    {
        (_map, _picture) = (gradient, picture);
        _pool.Run(picture.Rectangles.Count, _backwardRectangle);
    }

    private void ForwardRow(int y, int worker)
    {
        _image.Forward(y, 0, _image.Width, _map.Pixel(0, y, 0), _map.BlockStride, worker);
        for (int block = 0; block < _map.Blocks; block++)
        {
            float* raw = _raw is null ? null : _raw.Pixel(block, y, 0);
            ActivationSink<TSimd>.Rectify(_map.Pixel(block, y, 0), _image.Width, raw, null, _bits.Pixel(block, y, 0));
        }
    }

    private void BackwardRectangle(int item, int worker)
    {
        (int top, int left, int rows, int columns) = _picture.PixelsOf(_picture.Rectangles[item]);
        float* partial = _picture.Begin(item);
        for (int row = 0; row < rows; row++)
        {
            _image.Backward(
                _map.Pixel(0, top + row, left), _map.BlockStride, columns, partial + row * ImageGradient.RowStride,
                ImageGradient.RowStride, ImageGradient.PlaneStride, worker);
        }
    }
}
