using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The register tile under every matrix product: up to 14 rows (tiles or pixels) by two vectors of columns (channels) stay in
/// registers while the inner dimension runs through. The number of rows and of vectors are types: the JIT drops what is not
/// there, so remainders cost nothing, and one text serves all vector widths.
/// </summary>
internal static unsafe class GemmKernel<TSimd> where TSimd : struct, ISimd<TSimd>
{
    /// <summary>Columns of a packed panel: two channel blocks.</summary>
    public const int PanelWidth = 2 * FeatureMap.BlockSize;

    /// <summary>
    /// <c>c[group][n][row][:] (+)= sum over k of a[group][k / 16][row][k % 16] * b[k][n * 16 + :]</c> for the column blocks
    /// n = 0, 1.
    /// </summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand, a packed panel <c>[k][32]</c>, aligned to 64 bytes.</param>
    /// <param name="c">Result, aligned to 64 bytes.</param>
    public static void Multiply(in GemmShape shape, float* a, float* b, float* c)
    {
        int columns = shape.IsHalf ? FeatureMap.BlockSize : PanelWidth;
        if (columns < 2 * TSimd.Count)
        {
            Multiply<Count1>(shape, a, b, c, c);
            return;
        }
        for (int column = 0; column < columns; column += 2 * TSimd.Count)
        {
            float* c0 = c + column / FeatureMap.BlockSize * shape.ResultBlockStride + column % FeatureMap.BlockSize;
            int second = column + TSimd.Count;
            float* c1 = c + second / FeatureMap.BlockSize * shape.ResultBlockStride + second % FeatureMap.BlockSize;
            Multiply<Count2>(shape, a, b + column, c0, c1);
        }
    }

    private static void Multiply<TVectors>(in GemmShape shape, float* a, float* b, float* c0, float* c1)
        where TVectors : struct, ICount
    {
        switch (shape.Rows)
        {
            case 14: Tile<Count14, TVectors>(shape, a, b, c0, c1); break;
            case 13: Tile<Count13, TVectors>(shape, a, b, c0, c1); break;
            case 12: Tile<Count12, TVectors>(shape, a, b, c0, c1); break;
            case 11: Tile<Count11, TVectors>(shape, a, b, c0, c1); break;
            case 10: Tile<Count10, TVectors>(shape, a, b, c0, c1); break;
            case 9: Tile<Count9, TVectors>(shape, a, b, c0, c1); break;
            case 8: Tile<Count8, TVectors>(shape, a, b, c0, c1); break;
            case 7: Tile<Count7, TVectors>(shape, a, b, c0, c1); break;
            case 6: Tile<Count6, TVectors>(shape, a, b, c0, c1); break;
            case 5: Tile<Count5, TVectors>(shape, a, b, c0, c1); break;
            case 4: Tile<Count4, TVectors>(shape, a, b, c0, c1); break;
            case 3: Tile<Count3, TVectors>(shape, a, b, c0, c1); break;
            case 2: Tile<Count2, TVectors>(shape, a, b, c0, c1); break;
            case 1: Tile<Count1, TVectors>(shape, a, b, c0, c1); break;
            default: throw new ArgumentOutOfRangeException(nameof(shape), shape.Rows, "rows of a register tile");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows, TVectors>(in GemmShape shape, float* a, float* b, float* c0, float* c1)
        where TRows : struct, ICount where TVectors : struct, ICount
    {
        int groups = shape.Groups, blocks = shape.Blocks;
        nint blockStride = shape.BlockStride, groupStride = shape.GroupStride, resultStride = shape.ResultGroupStride;
        bool accumulate = shape.Accumulate;
        for (int group = 0; group < groups; group++, a += groupStride, c0 += resultStride, c1 += resultStride)
        {
            TSimd x0 = TSimd.Zero, x1 = TSimd.Zero, x2 = TSimd.Zero, x3 = TSimd.Zero, x4 = TSimd.Zero, x5 = TSimd.Zero, x6 = TSimd.Zero,
                x7 = TSimd.Zero, x8 = TSimd.Zero, x9 = TSimd.Zero, x10 = TSimd.Zero, x11 = TSimd.Zero, x12 = TSimd.Zero, x13 = TSimd.Zero;
            TSimd y0 = TSimd.Zero, y1 = TSimd.Zero, y2 = TSimd.Zero, y3 = TSimd.Zero, y4 = TSimd.Zero, y5 = TSimd.Zero, y6 = TSimd.Zero,
                y7 = TSimd.Zero, y8 = TSimd.Zero, y9 = TSimd.Zero, y10 = TSimd.Zero, y11 = TSimd.Zero, y12 = TSimd.Zero, y13 = TSimd.Zero;
            if (accumulate)
            {
                if (TRows.Value > 0) { x0 = TSimd.Load(c0 + 0); if (TVectors.Value > 1) y0 = TSimd.Load(c1 + 0); }
                if (TRows.Value > 1) { x1 = TSimd.Load(c0 + 16); if (TVectors.Value > 1) y1 = TSimd.Load(c1 + 16); }
                if (TRows.Value > 2) { x2 = TSimd.Load(c0 + 32); if (TVectors.Value > 1) y2 = TSimd.Load(c1 + 32); }
                if (TRows.Value > 3) { x3 = TSimd.Load(c0 + 48); if (TVectors.Value > 1) y3 = TSimd.Load(c1 + 48); }
                if (TRows.Value > 4) { x4 = TSimd.Load(c0 + 64); if (TVectors.Value > 1) y4 = TSimd.Load(c1 + 64); }
                if (TRows.Value > 5) { x5 = TSimd.Load(c0 + 80); if (TVectors.Value > 1) y5 = TSimd.Load(c1 + 80); }
                if (TRows.Value > 6) { x6 = TSimd.Load(c0 + 96); if (TVectors.Value > 1) y6 = TSimd.Load(c1 + 96); }
                if (TRows.Value > 7) { x7 = TSimd.Load(c0 + 112); if (TVectors.Value > 1) y7 = TSimd.Load(c1 + 112); }
                if (TRows.Value > 8) { x8 = TSimd.Load(c0 + 128); if (TVectors.Value > 1) y8 = TSimd.Load(c1 + 128); }
                if (TRows.Value > 9) { x9 = TSimd.Load(c0 + 144); if (TVectors.Value > 1) y9 = TSimd.Load(c1 + 144); }
                if (TRows.Value > 10) { x10 = TSimd.Load(c0 + 160); if (TVectors.Value > 1) y10 = TSimd.Load(c1 + 160); }
                if (TRows.Value > 11) { x11 = TSimd.Load(c0 + 176); if (TVectors.Value > 1) y11 = TSimd.Load(c1 + 176); }
                if (TRows.Value > 12) { x12 = TSimd.Load(c0 + 192); if (TVectors.Value > 1) y12 = TSimd.Load(c1 + 192); }
                if (TRows.Value > 13) { x13 = TSimd.Load(c0 + 208); if (TVectors.Value > 1) y13 = TSimd.Load(c1 + 208); }
            }

            float* block = a, right = b;
            for (int i = 0; i < blocks; i++, block += blockStride)
            {
                for (float* row = block, end = block + FeatureMap.BlockSize; row < end; row++, right += PanelWidth)
                {
                    TSimd left, b0 = TSimd.Load(right), b1 = TVectors.Value > 1 ? TSimd.Load(right + TSimd.Count) : default;
                    if (TRows.Value > 0) { left = TSimd.Broadcast(row[0]); x0 = TSimd.MultiplyAdd(left, b0, x0); if (TVectors.Value > 1) y0 = TSimd.MultiplyAdd(left, b1, y0); }
                    if (TRows.Value > 1) { left = TSimd.Broadcast(row[16]); x1 = TSimd.MultiplyAdd(left, b0, x1); if (TVectors.Value > 1) y1 = TSimd.MultiplyAdd(left, b1, y1); }
                    if (TRows.Value > 2) { left = TSimd.Broadcast(row[32]); x2 = TSimd.MultiplyAdd(left, b0, x2); if (TVectors.Value > 1) y2 = TSimd.MultiplyAdd(left, b1, y2); }
                    if (TRows.Value > 3) { left = TSimd.Broadcast(row[48]); x3 = TSimd.MultiplyAdd(left, b0, x3); if (TVectors.Value > 1) y3 = TSimd.MultiplyAdd(left, b1, y3); }
                    if (TRows.Value > 4) { left = TSimd.Broadcast(row[64]); x4 = TSimd.MultiplyAdd(left, b0, x4); if (TVectors.Value > 1) y4 = TSimd.MultiplyAdd(left, b1, y4); }
                    if (TRows.Value > 5) { left = TSimd.Broadcast(row[80]); x5 = TSimd.MultiplyAdd(left, b0, x5); if (TVectors.Value > 1) y5 = TSimd.MultiplyAdd(left, b1, y5); }
                    if (TRows.Value > 6) { left = TSimd.Broadcast(row[96]); x6 = TSimd.MultiplyAdd(left, b0, x6); if (TVectors.Value > 1) y6 = TSimd.MultiplyAdd(left, b1, y6); }
                    if (TRows.Value > 7) { left = TSimd.Broadcast(row[112]); x7 = TSimd.MultiplyAdd(left, b0, x7); if (TVectors.Value > 1) y7 = TSimd.MultiplyAdd(left, b1, y7); }
                    if (TRows.Value > 8) { left = TSimd.Broadcast(row[128]); x8 = TSimd.MultiplyAdd(left, b0, x8); if (TVectors.Value > 1) y8 = TSimd.MultiplyAdd(left, b1, y8); }
                    if (TRows.Value > 9) { left = TSimd.Broadcast(row[144]); x9 = TSimd.MultiplyAdd(left, b0, x9); if (TVectors.Value > 1) y9 = TSimd.MultiplyAdd(left, b1, y9); }
                    if (TRows.Value > 10) { left = TSimd.Broadcast(row[160]); x10 = TSimd.MultiplyAdd(left, b0, x10); if (TVectors.Value > 1) y10 = TSimd.MultiplyAdd(left, b1, y10); }
                    if (TRows.Value > 11) { left = TSimd.Broadcast(row[176]); x11 = TSimd.MultiplyAdd(left, b0, x11); if (TVectors.Value > 1) y11 = TSimd.MultiplyAdd(left, b1, y11); }
                    if (TRows.Value > 12) { left = TSimd.Broadcast(row[192]); x12 = TSimd.MultiplyAdd(left, b0, x12); if (TVectors.Value > 1) y12 = TSimd.MultiplyAdd(left, b1, y12); }
                    if (TRows.Value > 13) { left = TSimd.Broadcast(row[208]); x13 = TSimd.MultiplyAdd(left, b0, x13); if (TVectors.Value > 1) y13 = TSimd.MultiplyAdd(left, b1, y13); }
                }
            }

            if (TRows.Value > 0) { TSimd.Store(x0, c0 + 0); if (TVectors.Value > 1) TSimd.Store(y0, c1 + 0); }
            if (TRows.Value > 1) { TSimd.Store(x1, c0 + 16); if (TVectors.Value > 1) TSimd.Store(y1, c1 + 16); }
            if (TRows.Value > 2) { TSimd.Store(x2, c0 + 32); if (TVectors.Value > 1) TSimd.Store(y2, c1 + 32); }
            if (TRows.Value > 3) { TSimd.Store(x3, c0 + 48); if (TVectors.Value > 1) TSimd.Store(y3, c1 + 48); }
            if (TRows.Value > 4) { TSimd.Store(x4, c0 + 64); if (TVectors.Value > 1) TSimd.Store(y4, c1 + 64); }
            if (TRows.Value > 5) { TSimd.Store(x5, c0 + 80); if (TVectors.Value > 1) TSimd.Store(y5, c1 + 80); }
            if (TRows.Value > 6) { TSimd.Store(x6, c0 + 96); if (TVectors.Value > 1) TSimd.Store(y6, c1 + 96); }
            if (TRows.Value > 7) { TSimd.Store(x7, c0 + 112); if (TVectors.Value > 1) TSimd.Store(y7, c1 + 112); }
            if (TRows.Value > 8) { TSimd.Store(x8, c0 + 128); if (TVectors.Value > 1) TSimd.Store(y8, c1 + 128); }
            if (TRows.Value > 9) { TSimd.Store(x9, c0 + 144); if (TVectors.Value > 1) TSimd.Store(y9, c1 + 144); }
            if (TRows.Value > 10) { TSimd.Store(x10, c0 + 160); if (TVectors.Value > 1) TSimd.Store(y10, c1 + 160); }
            if (TRows.Value > 11) { TSimd.Store(x11, c0 + 176); if (TVectors.Value > 1) TSimd.Store(y11, c1 + 176); }
            if (TRows.Value > 12) { TSimd.Store(x12, c0 + 192); if (TVectors.Value > 1) TSimd.Store(y12, c1 + 192); }
            if (TRows.Value > 13) { TSimd.Store(x13, c0 + 208); if (TVectors.Value > 1) TSimd.Store(y13, c1 + 208); }
        }
    }
}
