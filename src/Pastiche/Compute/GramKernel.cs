using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The register tile of a Gram product: sixteen channels against thirty-two, pixel by pixel an outer product that stays in
/// registers. Rows are eight with sixteen lanes and four below, which with two vectors of columns is as many independent sums
/// as a processor needs to hide the latency of an addition.
/// </summary>
internal static unsafe class GramKernel<TSimd> where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    /// <summary><c>c[i][j] += sum over pixels of rows[pixel][i] * columns[pixel][j]</c>.</summary>
    /// <param name="rows">Sixteen channels of each pixel.</param>
    /// <param name="first">Sixteen channels of each pixel: columns 0 to 15.</param>
    /// <param name="second">Sixteen channels of each pixel: columns 16 to 31; the first ones again where there are no more, and d is then undefined.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="c">Sums of the first columns, <c>[16][16]</c>.</param>
    /// <param name="d">Sums of the second columns, <c>[16][16]</c>.</param>
    /// <param name="rowCount">Rows that are needed, 1 to 16; those beyond may be left out.</param>
    public static void Add(float* rows, float* first, float* second, int pixels, float* c, float* d, int rowCount = Lanes)
    {
        if (TSimd.Count == Lanes)
        {
            for (int row = 0; row < rowCount; row += 8)
                Tile8(rows + row, first, second, pixels, c + row * Lanes, d + row * Lanes);
            return;
        }
        for (int lane = 0; lane < Lanes; lane += 2 * TSimd.Count)
        {
            for (int row = 0; row < rowCount; row += 4)
            {
                int sum = row * Lanes + lane;
                Tile4(rows + row, first + lane, first + lane + TSimd.Count, pixels, c + sum, c + sum + TSimd.Count);
                if (second != first)
                    Tile4(rows + row, second + lane, second + lane + TSimd.Count, pixels, d + sum, d + sum + TSimd.Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8(float* rows, float* first, float* second, int pixels, float* c, float* d)
    {
        TSimd x0 = TSimd.Load(c), x1 = TSimd.Load(c + 1 * Lanes), x2 = TSimd.Load(c + 2 * Lanes), x3 = TSimd.Load(c + 3 * Lanes);
        TSimd x4 = TSimd.Load(c + 4 * Lanes), x5 = TSimd.Load(c + 5 * Lanes), x6 = TSimd.Load(c + 6 * Lanes), x7 = TSimd.Load(c + 7 * Lanes);
        TSimd y0 = TSimd.Load(d), y1 = TSimd.Load(d + 1 * Lanes), y2 = TSimd.Load(d + 2 * Lanes), y3 = TSimd.Load(d + 3 * Lanes);
        TSimd y4 = TSimd.Load(d + 4 * Lanes), y5 = TSimd.Load(d + 5 * Lanes), y6 = TSimd.Load(d + 6 * Lanes), y7 = TSimd.Load(d + 7 * Lanes);
        for (int pixel = 0; pixel < pixels; pixel++, rows += Lanes, first += Lanes, second += Lanes)
        {
            TSimd a, b0 = TSimd.Load(first), b1 = TSimd.Load(second);
            a = TSimd.Broadcast(rows[0]); x0 = TSimd.MultiplyAdd(a, b0, x0); y0 = TSimd.MultiplyAdd(a, b1, y0);
            a = TSimd.Broadcast(rows[1]); x1 = TSimd.MultiplyAdd(a, b0, x1); y1 = TSimd.MultiplyAdd(a, b1, y1);
            a = TSimd.Broadcast(rows[2]); x2 = TSimd.MultiplyAdd(a, b0, x2); y2 = TSimd.MultiplyAdd(a, b1, y2);
            a = TSimd.Broadcast(rows[3]); x3 = TSimd.MultiplyAdd(a, b0, x3); y3 = TSimd.MultiplyAdd(a, b1, y3);
            a = TSimd.Broadcast(rows[4]); x4 = TSimd.MultiplyAdd(a, b0, x4); y4 = TSimd.MultiplyAdd(a, b1, y4);
            a = TSimd.Broadcast(rows[5]); x5 = TSimd.MultiplyAdd(a, b0, x5); y5 = TSimd.MultiplyAdd(a, b1, y5);
            a = TSimd.Broadcast(rows[6]); x6 = TSimd.MultiplyAdd(a, b0, x6); y6 = TSimd.MultiplyAdd(a, b1, y6);
            a = TSimd.Broadcast(rows[7]); x7 = TSimd.MultiplyAdd(a, b0, x7); y7 = TSimd.MultiplyAdd(a, b1, y7);
        }
        TSimd.Store(x0, c); TSimd.Store(y0, d);
        TSimd.Store(x1, c + 1 * Lanes); TSimd.Store(y1, d + 1 * Lanes);
        TSimd.Store(x2, c + 2 * Lanes); TSimd.Store(y2, d + 2 * Lanes);
        TSimd.Store(x3, c + 3 * Lanes); TSimd.Store(y3, d + 3 * Lanes);
        TSimd.Store(x4, c + 4 * Lanes); TSimd.Store(y4, d + 4 * Lanes);
        TSimd.Store(x5, c + 5 * Lanes); TSimd.Store(y5, d + 5 * Lanes);
        TSimd.Store(x6, c + 6 * Lanes); TSimd.Store(y6, d + 6 * Lanes);
        TSimd.Store(x7, c + 7 * Lanes); TSimd.Store(y7, d + 7 * Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4(float* rows, float* first, float* second, int pixels, float* c, float* d)
    {
        TSimd x0 = TSimd.Load(c), x1 = TSimd.Load(c + 1 * Lanes), x2 = TSimd.Load(c + 2 * Lanes), x3 = TSimd.Load(c + 3 * Lanes);
        TSimd y0 = TSimd.Load(d), y1 = TSimd.Load(d + 1 * Lanes), y2 = TSimd.Load(d + 2 * Lanes), y3 = TSimd.Load(d + 3 * Lanes);
        for (int pixel = 0; pixel < pixels; pixel++, rows += Lanes, first += Lanes, second += Lanes)
        {
            TSimd a, b0 = TSimd.Load(first), b1 = TSimd.Load(second);
            a = TSimd.Broadcast(rows[0]); x0 = TSimd.MultiplyAdd(a, b0, x0); y0 = TSimd.MultiplyAdd(a, b1, y0);
            a = TSimd.Broadcast(rows[1]); x1 = TSimd.MultiplyAdd(a, b0, x1); y1 = TSimd.MultiplyAdd(a, b1, y1);
            a = TSimd.Broadcast(rows[2]); x2 = TSimd.MultiplyAdd(a, b0, x2); y2 = TSimd.MultiplyAdd(a, b1, y2);
            a = TSimd.Broadcast(rows[3]); x3 = TSimd.MultiplyAdd(a, b0, x3); y3 = TSimd.MultiplyAdd(a, b1, y3);
        }
        TSimd.Store(x0, c); TSimd.Store(y0, d);
        TSimd.Store(x1, c + 1 * Lanes); TSimd.Store(y1, d + 1 * Lanes);
        TSimd.Store(x2, c + 2 * Lanes); TSimd.Store(y2, d + 2 * Lanes);
        TSimd.Store(x3, c + 3 * Lanes); TSimd.Store(y3, d + 3 * Lanes);
    }
}
