using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The end of a forward convolution: ReLU, its bits, 2x2 pooling, and whatever a tap wants to keep, while the tile is in the
/// first-level cache. Odd sizes are pooled as PyTorch does: the last row or column is dropped.
/// </summary>
internal abstract unsafe class ActivationSink : ITileSink
{
    /// <summary>The convolution's height.</summary>
    public int Height { get; set; }

    /// <summary>The convolution's width.</summary>
    public int Width { get; set; }

    /// <summary>Receives what comes before the ReLU; <c>null</c> if nobody asks.</summary>
    public FeatureMap? Raw { get; set; }

    /// <summary>Receives what comes after the ReLU; <c>null</c> if only the pooled map is used.</summary>
    public FeatureMap? Activation { get; set; }

    /// <summary>Receives what comes after pooling; <c>null</c> if there is no pooling.</summary>
    public FeatureMap? Pooled { get; set; }

    public PoolingKind Pooling { get; set; }

    /// <summary>Receives the bits that the backward pass needs; <c>null</c> if there is none.</summary>
    public ActivationBits? Bits { get; set; }

    public abstract void Store(in OutputTile tile, int block, int worker);
}

/// <inheritdoc/>
internal sealed unsafe class ActivationSink<TSimd> : ActivationSink where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    public override void Store(in OutputTile tile, int block, int worker)
    {
        (int top, int left) = (tile.Top, tile.Left);
        int rows = Math.Min(tile.Size, Height - top), columns = Math.Min(tile.Size, Width - left);
        for (int row = 0; row < rows; row++)
        {
            Rectify(
                tile.Row(row), columns,
                Raw is null ? null : Raw.Pixel(block, top + row, left),
                Activation is null ? null : Activation.Pixel(block, top + row, left),
                Bits is null ? null : Bits.Pixel(block, top + row, left));
        }
        if (Pooled is not null)
            Pool(tile, block);
    }

    /// <summary>ReLU on a row of pixels in place.</summary>
    /// <param name="pixels">Pixels of sixteen channels.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="raw">Receives what was there, or null.</param>
    /// <param name="activation">Receives the result too, or null.</param>
    /// <param name="bits">Receives which channels are positive, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rectify(float* pixels, int count, float* raw, float* activation, ushort* bits)
    {
        for (int i = 0; i < count; i++, pixels += Lanes)
        {
            uint positive = 0;
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            {
                TSimd value = TSimd.Load(pixels + lane);
                if (raw != null)
                    TSimd.Store(value, raw + i * Lanes + lane);
                positive |= TSimd.PositiveBits(value) << lane;
                value = TSimd.Max(value, TSimd.Zero);
                TSimd.Store(value, pixels + lane);
                if (activation != null)
                    TSimd.Store(value, activation + i * Lanes + lane);
            }
            if (bits != null)
                bits[i] = (ushort)positive;
        }
    }

    private void Pool(in OutputTile tile, int block)
    {
        FeatureMap pooled = Pooled!;
        (int top, int left, nint rowStride) = (tile.Top / 2, tile.Left / 2, tile.Size * Lanes);
        int rows = Math.Min(tile.Size / 2, pooled.Height - top), columns = Math.Min(tile.Size / 2, pooled.Width - left);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float* source = tile.Row(2 * row) + 2 * column * Lanes;
                float* target = pooled.Pixel(block, top + row, left + column);
                if (Pooling == PoolingKind.Average)
                    Average(source, rowStride, target);
                else
                    Maximum(source, rowStride, target, Bits is null ? null : Bits.Pixel(block, (top + row) * 2, (left + column) * 2));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Average(float* source, nint rowStride, float* target)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            (TSimd a, TSimd b, TSimd c, TSimd d) = Load(source + lane, rowStride);
            TSimd.Store((a + b + (c + d)) * TSimd.Broadcast(0.25f), target + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Maximum(float* source, nint rowStride, float* target, ushort* bits)
    {
        uint passA = 0, passB = 0, passC = 0, passD = 0;
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            (TSimd a, TSimd b, TSimd c, TSimd d) = Load(source + lane, rowStride);
            TSimd maximum = TSimd.Max(TSimd.Max(a, b), TSimd.Max(c, d));
            TSimd.Store(maximum, target + lane);

            // The gradient goes to the first of equals; none passes where all are zero, because the ReLU stops it.
            uint free = TSimd.PositiveBits(maximum);
            uint take = TSimd.EqualBits(a, maximum) & free;
            passA |= take << lane;
            free &= ~take;
            take = TSimd.EqualBits(b, maximum) & free;
            passB |= take << lane;
            free &= ~take;
            take = TSimd.EqualBits(c, maximum) & free;
            passC |= take << lane;
            passD |= (free & ~take) << lane;
        }
        if (bits == null)
            return;
        (bits[0], bits[1]) = ((ushort)passA, (ushort)passB);
        (bits[Bits!.Width], bits[Bits.Width + 1]) = ((ushort)passC, (ushort)passD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TSimd A, TSimd B, TSimd C, TSimd D) Load(float* source, nint rowStride) =>
        (TSimd.Load(source), TSimd.Load(source + Lanes), TSimd.Load(source + rowStride), TSimd.Load(source + rowStride + Lanes));
}
