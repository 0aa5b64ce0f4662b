using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// Activations of one image, <c>[channels / 16, rows, columns, 16]</c>: sixteen channels of a pixel lie together, which is
/// one AVX-512 vector. Every channel block has a border of one zero pixel, and its size is rounded up to whole tiles of either
/// size, so that a Winograd tile never needs a bounds check. Whatever lies outside the picture is zero at all times.
/// </summary>
internal sealed unsafe class FeatureMap : IDisposable
{
    /// <summary>Channels that lie together.</summary>
    public const int BlockSize = 16;

    private readonly NativeBuffer _buffer = new();

    public FeatureMap()
    {
    }

    public FeatureMap(int channels, int height, int width) => Reshape(channels, height, width);

    public int Channels { get; private set; }

    public int Height { get; private set; }

    public int Width { get; private set; }

    /// <summary>Blocks of sixteen channels; the last one is padded with zero channels.</summary>
    public int Blocks => Units.BlocksOf(Channels);

    /// <summary>Floats between two rows.</summary>
    public nint RowStride { get; private set; }

    /// <summary>Floats between two channel blocks.</summary>
    public nint BlockStride { get; private set; }

    /// <summary>Pixels of a block including its border and padding: the length at which it may be walked as one line.</summary>
    public int PaddedPixels => (int)(BlockStride / BlockSize);

    /// <summary>The start of the buffer: the border pixel (-1, -1) of block 0.</summary>
    public float* Start => _buffer.Pointer;

    /// <summary>Bytes held.</summary>
    public long Bytes => _buffer.Bytes;

    /// <summary>The first float of a pixel; coordinates from -1 to the size are valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Pixel(int block, int y, int x) => _buffer.Pointer + block * BlockStride + (y + 1) * RowStride + (x + 1) * BlockSize;

    /// <summary>Gives the map another shape and zeroes what lies outside the picture; what lies inside is undefined.</summary>
    public void Reshape(int channels, int height, int width)
    {
        (Channels, Height, Width) = (channels, height, width);
        RowStride = (nint)(Units.WholeTiles(width) + 2) * BlockSize;
        BlockStride = (Units.WholeTiles(height) + 2) * RowStride;
        _buffer.Reserve(Blocks * BlockStride);
        ClearOutside(height, width);
    }

    /// <summary>Zeroes everything outside the top left rectangle of the given size.</summary>
    public void ClearOutside(int height, int width)
    {
        int rows = (int)(BlockStride / RowStride);
        for (int block = 0; block < Blocks; block++)
        {
            float* start = Start + block * BlockStride;
            new Span<float>(start, (int)RowStride).Clear();
            for (int row = 1; row <= height; row++)
            {
                float* line = start + row * RowStride;
                new Span<float>(line, BlockSize).Clear();
                new Span<float>(line + (width + 1) * BlockSize, (int)RowStride - (width + 1) * BlockSize).Clear();
            }
            for (int row = height + 1; row < rows; row++)
                new Span<float>(start + row * RowStride, (int)RowStride).Clear();
        }
    }

    /// <summary>Zeroes everything.</summary>
    public void Clear() => ClearOutside(0, 0);

    /// <summary>Takes the shape and the values of another map.</summary>
    public void CopyFrom(FeatureMap other)
    {
        Reshape(other.Channels, other.Height, other.Width);
        long bytes = Blocks * BlockStride * sizeof(float);
        Buffer.MemoryCopy(other.Start, Start, Bytes, bytes);
    }

    /// <summary>Takes rows from a map of the same width and channels.</summary>
    /// <param name="other">The map.</param>
    /// <param name="from">Its first row.</param>
    /// <param name="to">The first row here.</param>
    /// <param name="rows">Rows.</param>
    public void CopyRows(FeatureMap other, int from, int to, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Channels, Channels, nameof(other));
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Width, Width, nameof(other));
        for (int block = 0; block < Blocks; block++)
        {
            for (int row = 0; row < rows; row++)
                new ReadOnlySpan<float>(other.Pixel(block, from + row, 0), Width * BlockSize).CopyTo(new Span<float>(Pixel(block, to + row, 0), Width * BlockSize));
        }
    }

    /// <summary>Adds another map of the same shape.</summary>
    public void Add(FeatureMap other)
    {
        for (int block = 0; block < Blocks; block++)
        {
            var target = new Span<float>(Start + block * BlockStride, (int)BlockStride);
            TensorPrimitives.Add(target, new ReadOnlySpan<float>(other.Start + block * BlockStride, (int)BlockStride), target);
        }
    }

    /// <summary>Takes planar values <c>[channels, height, width]</c>.</summary>
    public void CopyFromPlanes(ReadOnlySpan<float> planes)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int y = 0; y < Height; y++)
            {
                float* target = Pixel(channel / BlockSize, y, 0) + channel % BlockSize;
                ReadOnlySpan<float> row = planes.Slice((channel * Height + y) * Width, Width);
                for (int x = 0; x < Width; x++)
                    target[x * BlockSize] = row[x];
            }
        }
    }

    /// <summary>Gives planar values <c>[channels, height, width]</c>.</summary>
    public float[] ToPlanes()
    {
        var planes = new float[(long)Channels * Height * Width];
        CopyToPlanes(planes);
        return planes;
    }

    /// <summary>Gives planar values <c>[channels, height, width]</c>.</summary>
    public void CopyToPlanes(Span<float> planes)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int y = 0; y < Height; y++)
            {
                float* source = Pixel(channel / BlockSize, y, 0) + channel % BlockSize;
                Span<float> row = planes.Slice((channel * Height + y) * Width, Width);
                for (int x = 0; x < Width; x++)
                    row[x] = source[x * BlockSize];
            }
        }
    }

    public void Dispose() => _buffer.Dispose();
}

/// <summary>Rounding up to the units of the layout.</summary>
internal static class Units
{
    /// <summary>Output pixels of a Winograd tile along one side: F(6x6, 3x3).</summary>
    public const int TileSize = 6;

    /// <summary>The same for kernels that are not small: F(4x4, 3x3).</summary>
    public const int SmallTileSize = 4;

    public static int BlocksOf(int channels) => DivideUp(channels, FeatureMap.BlockSize);

    /// <summary>Pixels that tiles of either size do not reach beyond.</summary>
    public static int WholeTiles(int pixels) => Math.Max(RoundUp(pixels, TileSize), RoundUp(pixels, SmallTileSize));

    public static int DivideUp(int value, int unit) => (value + unit - 1) / unit;

    public static int RoundUp(int value, int unit) => DivideUp(value, unit) * unit;
}
