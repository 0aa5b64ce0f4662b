using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The end of a decoder's convolution before an enlargement: ReLU, and each pixel repeated twice a side, so that the map is
/// written once, at its new size. Where that size is odd, the last row or column is repeated once more.
/// </summary>
internal abstract unsafe class EnlargingSink : ITileSink
{
    /// <summary>Receives <c>[channels, 2h or 2h + 1, 2w or 2w + 1]</c>, where the convolution's size is h by w.</summary>
    public FeatureMap? Target { get; set; }

    public abstract void Store(in OutputTile tile, int block, int worker);
}

/// <inheritdoc/>
internal sealed unsafe class EnlargingSink<TSimd> : EnlargingSink where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    public override void Store(in OutputTile tile, int block, int worker)
    {
        FeatureMap target = Target!;
        int height = target.Height / 2, width = target.Width / 2;
        (int top, int left) = (tile.Top, tile.Left);
        int rows = Math.Min(tile.Size, height - top), columns = Math.Min(tile.Size, width - left);
        bool isWider = left + columns == width && target.Width % 2 != 0;
        for (int row = 0; row < rows; row++)
        {
            float* first = target.Pixel(block, 2 * (top + row), 2 * left);
            int copies = top + row == height - 1 ? target.Height - 2 * (height - 1) : 2;
            for (int copy = 0; copy < copies; copy++)
                Enlarge(tile.Row(row), columns, isWider, first + copy * target.RowStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Enlarge(float* source, int count, bool isWider, float* target)
    {
        for (int i = 0; i < count; i++, source += Lanes, target += 2 * Lanes)
        {
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            {
                TSimd value = TSimd.Max(TSimd.Load(source + lane), TSimd.Zero);
                TSimd.Store(value, target + lane);
                TSimd.Store(value, target + Lanes + lane);
                if (isWider && i == count - 1)
                    TSimd.Store(value, target + 2 * Lanes + lane);
            }
        }
    }
}
