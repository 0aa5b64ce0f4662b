using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The register tile under every matrix product: up to 14 rows (tiles or pixels) by two vectors of columns (channels) stay in
/// registers while the inner dimension runs through. The row count is a type: the JIT drops the rows that are not there, so
/// remainders cost nothing, and one text serves all vector widths.
/// </summary>
internal static unsafe class GemmKernel<TSimd> where TSimd : struct, ISimd<TSimd>
{
    /// <summary>Columns of a packed panel: two channel blocks.</summary>
    public const int PanelWidth = 2 * FeatureMap.BlockSize;

    /// <summary>
    /// <c>c[n][row][:] (+)= sum over k of a[k / 16][row][k % 16] * b[k][n * 16 + :]</c> for the two column blocks n = 0, 1.
    /// </summary>
    /// <param name="rows">Rows, 1 to <c>TSimd.GemmRows</c>; 16 floats apart in a and c.</param>
    /// <param name="a">Left operand.</param>
    /// <param name="aBlockStride">Floats between two blocks of 16 inner indices of a.</param>
    /// <param name="b">Right operand, a packed panel <c>[k][32]</c>, aligned to 64 bytes.</param>
    /// <param name="c">Result, aligned to 64 bytes.</param>
    /// <param name="cBlockStride">Floats between the two column blocks of c.</param>
    /// <param name="blocks">Blocks of 16 inner indices.</param>
    /// <param name="accumulate">Whether c is added to or overwritten.</param>
    public static void Multiply(
        int rows, float* a, nint aBlockStride, float* b, float* c, nint cBlockStride, int blocks, bool accumulate = false)
    {
        for (int column = 0; column < PanelWidth; column += 2 * TSimd.Count)
        {
            float* c0 = c + column / FeatureMap.BlockSize * cBlockStride + column % FeatureMap.BlockSize;
            int second = column + TSimd.Count;
            float* c1 = c + second / FeatureMap.BlockSize * cBlockStride + second % FeatureMap.BlockSize;
            switch (rows)
            {
                case 14: Tile<Rows14>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 13: Tile<Rows13>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 12: Tile<Rows12>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 11: Tile<Rows11>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 10: Tile<Rows10>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 9: Tile<Rows9>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 8: Tile<Rows8>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 7: Tile<Rows7>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 6: Tile<Rows6>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 5: Tile<Rows5>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 4: Tile<Rows4>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 3: Tile<Rows3>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 2: Tile<Rows2>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                case 1: Tile<Rows1>(a, aBlockStride, b + column, c0, c1, blocks, accumulate); break;
                default: throw new ArgumentOutOfRangeException(nameof(rows), rows, "rows of a register tile");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows>(float* a, nint aBlockStride, float* b, float* c0, float* c1, int blocks, bool accumulate)
        where TRows : struct, IRowCount
    {
        TSimd x0 = TSimd.Zero, x1 = TSimd.Zero, x2 = TSimd.Zero, x3 = TSimd.Zero, x4 = TSimd.Zero, x5 = TSimd.Zero, x6 = TSimd.Zero,
            x7 = TSimd.Zero, x8 = TSimd.Zero, x9 = TSimd.Zero, x10 = TSimd.Zero, x11 = TSimd.Zero, x12 = TSimd.Zero, x13 = TSimd.Zero;
        TSimd y0 = TSimd.Zero, y1 = TSimd.Zero, y2 = TSimd.Zero, y3 = TSimd.Zero, y4 = TSimd.Zero, y5 = TSimd.Zero, y6 = TSimd.Zero,
            y7 = TSimd.Zero, y8 = TSimd.Zero, y9 = TSimd.Zero, y10 = TSimd.Zero, y11 = TSimd.Zero, y12 = TSimd.Zero, y13 = TSimd.Zero;
        if (accumulate)
        {
            if (TRows.Value > 0) { x0 = TSimd.Load(c0 + 0); y0 = TSimd.Load(c1 + 0); }
            if (TRows.Value > 1) { x1 = TSimd.Load(c0 + 16); y1 = TSimd.Load(c1 + 16); }
            if (TRows.Value > 2) { x2 = TSimd.Load(c0 + 32); y2 = TSimd.Load(c1 + 32); }
            if (TRows.Value > 3) { x3 = TSimd.Load(c0 + 48); y3 = TSimd.Load(c1 + 48); }
            if (TRows.Value > 4) { x4 = TSimd.Load(c0 + 64); y4 = TSimd.Load(c1 + 64); }
            if (TRows.Value > 5) { x5 = TSimd.Load(c0 + 80); y5 = TSimd.Load(c1 + 80); }
            if (TRows.Value > 6) { x6 = TSimd.Load(c0 + 96); y6 = TSimd.Load(c1 + 96); }
            if (TRows.Value > 7) { x7 = TSimd.Load(c0 + 112); y7 = TSimd.Load(c1 + 112); }
            if (TRows.Value > 8) { x8 = TSimd.Load(c0 + 128); y8 = TSimd.Load(c1 + 128); }
            if (TRows.Value > 9) { x9 = TSimd.Load(c0 + 144); y9 = TSimd.Load(c1 + 144); }
            if (TRows.Value > 10) { x10 = TSimd.Load(c0 + 160); y10 = TSimd.Load(c1 + 160); }
            if (TRows.Value > 11) { x11 = TSimd.Load(c0 + 176); y11 = TSimd.Load(c1 + 176); }
            if (TRows.Value > 12) { x12 = TSimd.Load(c0 + 192); y12 = TSimd.Load(c1 + 192); }
            if (TRows.Value > 13) { x13 = TSimd.Load(c0 + 208); y13 = TSimd.Load(c1 + 208); }
        }

        for (int block = 0; block < blocks; block++, a += aBlockStride)
        {
            for (float* row = a, end = a + FeatureMap.BlockSize; row < end; row++, b += PanelWidth)
            {
                TSimd left, b0 = TSimd.Load(b), b1 = TSimd.Load(b + TSimd.Count);
                if (TRows.Value > 0) { left = TSimd.Broadcast(row[0]); x0 = TSimd.MultiplyAdd(left, b0, x0); y0 = TSimd.MultiplyAdd(left, b1, y0); }
                if (TRows.Value > 1) { left = TSimd.Broadcast(row[16]); x1 = TSimd.MultiplyAdd(left, b0, x1); y1 = TSimd.MultiplyAdd(left, b1, y1); }
                if (TRows.Value > 2) { left = TSimd.Broadcast(row[32]); x2 = TSimd.MultiplyAdd(left, b0, x2); y2 = TSimd.MultiplyAdd(left, b1, y2); }
                if (TRows.Value > 3) { left = TSimd.Broadcast(row[48]); x3 = TSimd.MultiplyAdd(left, b0, x3); y3 = TSimd.MultiplyAdd(left, b1, y3); }
                if (TRows.Value > 4) { left = TSimd.Broadcast(row[64]); x4 = TSimd.MultiplyAdd(left, b0, x4); y4 = TSimd.MultiplyAdd(left, b1, y4); }
                if (TRows.Value > 5) { left = TSimd.Broadcast(row[80]); x5 = TSimd.MultiplyAdd(left, b0, x5); y5 = TSimd.MultiplyAdd(left, b1, y5); }
                if (TRows.Value > 6) { left = TSimd.Broadcast(row[96]); x6 = TSimd.MultiplyAdd(left, b0, x6); y6 = TSimd.MultiplyAdd(left, b1, y6); }
                if (TRows.Value > 7) { left = TSimd.Broadcast(row[112]); x7 = TSimd.MultiplyAdd(left, b0, x7); y7 = TSimd.MultiplyAdd(left, b1, y7); }
                if (TRows.Value > 8) { left = TSimd.Broadcast(row[128]); x8 = TSimd.MultiplyAdd(left, b0, x8); y8 = TSimd.MultiplyAdd(left, b1, y8); }
                if (TRows.Value > 9) { left = TSimd.Broadcast(row[144]); x9 = TSimd.MultiplyAdd(left, b0, x9); y9 = TSimd.MultiplyAdd(left, b1, y9); }
                if (TRows.Value > 10) { left = TSimd.Broadcast(row[160]); x10 = TSimd.MultiplyAdd(left, b0, x10); y10 = TSimd.MultiplyAdd(left, b1, y10); }
                if (TRows.Value > 11) { left = TSimd.Broadcast(row[176]); x11 = TSimd.MultiplyAdd(left, b0, x11); y11 = TSimd.MultiplyAdd(left, b1, y11); }
                if (TRows.Value > 12) { left = TSimd.Broadcast(row[192]); x12 = TSimd.MultiplyAdd(left, b0, x12); y12 = TSimd.MultiplyAdd(left, b1, y12); }
                if (TRows.Value > 13) { left = TSimd.Broadcast(row[208]); x13 = TSimd.MultiplyAdd(left, b0, x13); y13 = TSimd.MultiplyAdd(left, b1, y13); }
            }
        }

        if (TRows.Value > 0) { TSimd.Store(x0, c0 + 0); TSimd.Store(y0, c1 + 0); }
        if (TRows.Value > 1) { TSimd.Store(x1, c0 + 16); TSimd.Store(y1, c1 + 16); }
        if (TRows.Value > 2) { TSimd.Store(x2, c0 + 32); TSimd.Store(y2, c1 + 32); }
        if (TRows.Value > 3) { TSimd.Store(x3, c0 + 48); TSimd.Store(y3, c1 + 48); }
        if (TRows.Value > 4) { TSimd.Store(x4, c0 + 64); TSimd.Store(y4, c1 + 64); }
        if (TRows.Value > 5) { TSimd.Store(x5, c0 + 80); TSimd.Store(y5, c1 + 80); }
        if (TRows.Value > 6) { TSimd.Store(x6, c0 + 96); TSimd.Store(y6, c1 + 96); }
        if (TRows.Value > 7) { TSimd.Store(x7, c0 + 112); TSimd.Store(y7, c1 + 112); }
        if (TRows.Value > 8) { TSimd.Store(x8, c0 + 128); TSimd.Store(y8, c1 + 128); }
        if (TRows.Value > 9) { TSimd.Store(x9, c0 + 144); TSimd.Store(y9, c1 + 144); }
        if (TRows.Value > 10) { TSimd.Store(x10, c0 + 160); TSimd.Store(y10, c1 + 160); }
        if (TRows.Value > 11) { TSimd.Store(x11, c0 + 176); TSimd.Store(y11, c1 + 176); }
        if (TRows.Value > 12) { TSimd.Store(x12, c0 + 192); TSimd.Store(y12, c1 + 192); }
        if (TRows.Value > 13) { TSimd.Store(x13, c0 + 208); TSimd.Store(y13, c1 + 208); }
    }
}
