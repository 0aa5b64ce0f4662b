using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The end of a backward convolution: the gradient at a layer's output becomes the gradient before its ReLU, through the
/// pooling if there was one.
/// </summary>
internal abstract unsafe class GradientSink : ITileSink
{
    /// <summary>Receives the gradient. Twice the convolution's size when the layer was pooled.</summary>
    public FeatureMap? Target { get; set; }

    /// <summary>What the layer let through; <c>null</c> passes everything on.</summary>
    public ActivationBits? Bits { get; set; }

    /// <summary>The pooling that the gradient goes back through; <c>null</c> for none.</summary>
    public PoolingKind? Pooling { get; set; }

    public abstract void Store(in OutputTile tile, int block, int worker);

    /// <summary>Takes whole rows of a gradient from a map, as if a backward convolution gave them.</summary>
    /// <param name="source">The gradient at the layer's output.</param>
    /// <param name="from">The first row of it that is read.</param>
    /// <param name="to">The convolution's row that it is.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="pool">The threads.</param>
    public abstract void Take(FeatureMap source, int from, int to, int rows, WorkerPool pool);

    /// <summary>Adds to a pixel that has been stored, on the same way.</summary>
    /// <param name="pixel">Sixteen channels of gradient at the convolution's pixel.</param>
    /// <param name="block">The channel block.</param>
    /// <param name="y">Row of the convolution.</param>
    /// <param name="x">Column of the convolution.</param>
    public abstract void Add(float* pixel, int block, int y, int x);
}

/// <inheritdoc/>
internal sealed unsafe class GradientSink<TSimd> : GradientSink where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    public override void Store(in OutputTile tile, int block, int worker)
    {
        FeatureMap target = Target!;
        int scale = Pooling is null ? 1 : 2;
        int rows = Math.Min(tile.Size, target.Height / scale - tile.Top), columns = Math.Min(tile.Size, target.Width / scale - tile.Left);
        for (int row = 0; row < rows; row++)
            StoreRow(tile.Row(row), block, tile.Top + row, tile.Left, columns);
    }

    public override void Take(FeatureMap source, int from, int to, int rows, WorkerPool pool) => pool.Run(rows, (row, _) =>
    {
        for (int block = 0; block < source.Blocks; block++)
            StoreRow(source.Pixel(block, from + row, 0), block, to + row, 0, source.Width);
    });

    public override void Add(float* pixel, int block, int y, int x)
    {
        int scale = Pooling is null ? 1 : 2;
        float share = Pooling is null ? 1 : Share(Pooling.Value);
        for (int row = y * scale; row < (y + 1) * scale; row++)
        {
            for (int column = x * scale; column < (x + 1) * scale; column++)
            {
                uint keep = Bits is null ? uint.MaxValue : *Bits.Pixel(block, row, column);
                AddKept(pixel, share, keep, Target!.Pixel(block, row, column));
            }
        }
    }

    /// <summary>The share of a pooled gradient that each pixel which lets it through receives.</summary>
    public static float Share(PoolingKind pooling) => pooling == PoolingKind.Average ? 0.25f : 1;

    /// <summary>Copies pixels, zero where their bit is not set; all of them if there are no bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mask(float* source, int count, ushort* bits, float* target)
    {
        for (int i = 0; i < count; i++, source += Lanes, target += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            {
                TSimd value = TSimd.Load(source + lane);
                TSimd.Store(bits == null ? value : TSimd.Keep((uint)bits[i] >> lane, value), target + lane);
            }
        }
    }

    /// <summary>Spreads each pixel over a 2x2 neighbourhood, to where the bits let it through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpool(float* source, int count, ushort* bits, int bitsWidth, float* target, nint rowStride, float share)
    {
        TSimd factor = TSimd.Broadcast(share);
        for (int i = 0; i < count; i++, source += Lanes, target += 2 * Lanes, bits += 2)
        {
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            {
                TSimd value = TSimd.Load(source + lane) * factor;
                float* below = target + rowStride + lane;
                TSimd.Store(TSimd.Keep((uint)bits[0] >> lane, value), target + lane);
                TSimd.Store(TSimd.Keep((uint)bits[1] >> lane, value), target + Lanes + lane);
                TSimd.Store(TSimd.Keep((uint)bits[bitsWidth] >> lane, value), below);
                TSimd.Store(TSimd.Keep((uint)bits[bitsWidth + 1] >> lane, value), below + Lanes);
            }
        }
    }

    private void StoreRow(float* source, int block, int y, int x, int columns)
    {
        FeatureMap target = Target!;
        if (Pooling is null)
            Mask(source, columns, Bits is null ? null : Bits.Pixel(block, y, x), target.Pixel(block, y, x));
        else
            Unpool(source, columns, Bits!.Pixel(block, y * 2, x * 2), Bits.Width, target.Pixel(block, y * 2, x * 2), target.RowStride, Share(Pooling.Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddKept(float* source, float share, uint keep, float* target)
    {
        TSimd factor = TSimd.Broadcast(share);
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            TSimd.Store(TSimd.Load(target + lane) + TSimd.Keep(keep >> lane, TSimd.Load(source + lane) * factor), target + lane);
    }
}
