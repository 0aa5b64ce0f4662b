using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>Enlarges maps twofold by repeating each pixel, and takes gradients back.</summary>
/// <remarks>
/// Poolings drop the last row or column of an odd size; where that size is to be met again, the last row or column is repeated
/// once more.
/// </remarks>
internal interface INearestUpsampling
{
    /// <summary>Enlarges a map.</summary>
    /// <param name="source"><c>[channels, h, w]</c>.</param>
    /// <param name="target">Receives <c>[channels, height, width]</c>.</param>
    /// <param name="height">2h or 2h + 1.</param>
    /// <param name="width">2w or 2w + 1.</param>
    void Forward(FeatureMap source, FeatureMap target, int height, int width);

    /// <summary>Sums the gradient over the copies of each pixel.</summary>
    /// <param name="gradient">The gradient at the enlarged map, <c>[channels, height, width]</c>, at least two pixels a side.</param>
    /// <param name="target">Receives <c>[channels, height / 2, width / 2]</c>.</param>
    /// <param name="bits">What the ReLU before the enlargement let through; <c>null</c> passes everything on.</param>
    void Backward(FeatureMap gradient, FeatureMap target, ActivationBits? bits = null);
}

/// <inheritdoc/>
internal sealed unsafe class NearestUpsampling<TSimd> : INearestUpsampling where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardRow, _backwardRow;

    private FeatureMap _small = null!, _large = null!;
    private ActivationBits? _bits;

    public NearestUpsampling(WorkerPool pool) => (_pool, _forwardRow, _backwardRow) = (pool, ForwardRow, BackwardRow);

    public void Forward(FeatureMap source, FeatureMap target, int height, int width)
    {
        ThrowUnlessTwice(height, source.Height, nameof(height));
        ThrowUnlessTwice(width, source.Width, nameof(width));
        target.Reshape(source.Channels, height, width);
        (_small, _large) = (source, target);
        _pool.Run(source.Blocks * source.Height, _forwardRow);
    }

    public void Backward(FeatureMap gradient, FeatureMap target, ActivationBits? bits = null)
    {
        target.Reshape(gradient.Channels, gradient.Height / 2, gradient.Width / 2);
        (_small, _large, _bits) = (target, gradient, bits);
        _pool.Run(target.Blocks * target.Height, _backwardRow);
    }

    private static void ThrowUnlessTwice(int size, int half, string name)
    {
        if (size / 2 != half)
            throw new ArgumentOutOfRangeException(name, size, $"an enlarged size is {2 * half} or {2 * half + 1}");
    }

    // The rows of the large map that a row of the small one stands for.
    private int RowsOf(int y) => y == _small.Height - 1 ? _large.Height - 2 * y : 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardRow(int item, int worker)
    {
        (int block, int y) = Math.DivRem(item, _small.Height);
        float* source = _small.Pixel(block, y, 0), target = _large.Pixel(block, 2 * y, 0);
        nint rowStride = _large.RowStride;
        for (int x = 0; x < _small.Width; x++, source += Lanes, target += 2 * Lanes)
        {
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            {
                TSimd value = TSimd.Load(source + lane);
                float* below = target + rowStride + lane;
                TSimd.Store(value, target + lane);
                TSimd.Store(value, target + Lanes + lane);
                TSimd.Store(value, below);
                TSimd.Store(value, below + Lanes);
            }
        }
        for (int row = 0; row < RowsOf(y); row++)
        {
            float* line = _large.Pixel(block, 2 * y + row, 0);
            if (row == 2)
                Copy(_large.Pixel(block, 2 * y, 0), line, 2 * _small.Width);
            if (_large.Width > 2 * _small.Width)
                Copy(line + (_large.Width - 2) * Lanes, line + (_large.Width - 1) * Lanes, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardRow(int item, int worker)
    {
        (int block, int y) = Math.DivRem(item, _small.Height);
        float* target = _small.Pixel(block, y, 0), source = _large.Pixel(block, 2 * y, 0);
        nint rowStride = _large.RowStride;
        ushort* bits = _bits is null ? null : _bits.Pixel(block, y, 0);
        int rows = RowsOf(y), last = _small.Width - 1;
        for (int x = 0; x <= last; x++, source += 2 * Lanes, target += Lanes)
        {
            int columns = x == last ? _large.Width - 2 * x : 2;
            uint keep = bits == null ? uint.MaxValue : bits[x];
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            {
                float* below = source + rowStride + lane;
                TSimd sum = TSimd.Load(source + lane) + TSimd.Load(source + Lanes + lane) + (TSimd.Load(below) + TSimd.Load(below + Lanes));
                for (int row = 0; row < rows && columns == 3; row++)
                    sum += TSimd.Load(source + row * rowStride + 2 * Lanes + lane);
                for (int column = 0; column < 2 && rows == 3; column++)
                    sum += TSimd.Load(below + rowStride + column * Lanes);
                TSimd.Store(TSimd.Keep(keep >> lane, sum), target + lane);
            }
        }
    }

    private static void Copy(float* source, float* target, int pixels) =>
        new ReadOnlySpan<float>(source, pixels * Lanes).CopyTo(new Span<float>(target, pixels * Lanes));
}
