using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// F(4x4, 3x3): 36 multiplications where direct convolution needs 144. Interpolation points are 0, +-sqrt(1/2), +-sqrt(2) and
/// infinity, whose rounding errors are the smallest that we measured; all are derived from the polynomial x (x^2 - 1/2)(x^2 - 2).
/// </summary>
internal readonly unsafe struct WinogradFour<TSimd> : IWinogradLine<TSimd> where TSimd : struct, ISimd<TSimd>
{
    private const float P = 0.70710678118654752f;       // sqrt(1/2)
    private const float Q = 1.41421356237309505f;       // sqrt(2)

    public static int TileSize => Units.SmallTileSize;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* source, nint stride, float* target, nint targetStride)
    {
        TSimd d0 = TSimd.Load(source), d1 = TSimd.Load(source + stride), d2 = TSimd.Load(source + 2 * stride);
        TSimd d3 = TSimd.Load(source + 3 * stride), d4 = TSimd.Load(source + 4 * stride), d5 = TSimd.Load(source + 5 * stride);

        // At 0 and infinity: the coefficients of (x^2 - 1/2)(x^2 - 2).
        TSimd sumOfSquares = TSimd.Broadcast(-2.5f);
        TSimd.Store(TSimd.MultiplyAdd(sumOfSquares, d2, d0 + d4), target);
        TSimd.Store(TSimd.MultiplyAdd(sumOfSquares, d3, d1 + d5), target + 5 * targetStride);

        // At +-P the factor (x^2 - 2) is divided out, at +-Q the factor (x^2 - 1/2).
        PointPair(TSimd.Broadcast(-2f), TSimd.Broadcast(P), d1, d2, d3, d4, target + targetStride, targetStride);
        PointPair(TSimd.Broadcast(-0.5f), TSimd.Broadcast(Q), d1, d2, d3, d4, target + 3 * targetStride, targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PointPair(TSimd other, TSimd point, TSimd d1, TSimd d2, TSimd d3, TSimd d4, float* target, nint stride)
    {
        TSimd even = TSimd.MultiplyAdd(other, d2, d4);
        TSimd odd = TSimd.MultiplyAdd(other, d1, d3) * point;
        TSimd.Store(even + odd, target);
        TSimd.Store(even - odd, target + stride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(float* source, nint stride, TSimd offset, float* target, nint targetStride)
    {
        TSimd m0 = TSimd.Load(source), m1 = TSimd.Load(source + stride), m2 = TSimd.Load(source + 2 * stride);
        TSimd m3 = TSimd.Load(source + 3 * stride), m4 = TSimd.Load(source + 4 * stride), m5 = TSimd.Load(source + 5 * stride);
        TSimd evenP = m1 + m2, oddP = m1 - m2, evenQ = m3 + m4, oddQ = m3 - m4;

        // Row i of A^T holds the i-th powers of the points.
        TSimd.Store(m0 + evenP + (evenQ + offset), target);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Broadcast(P), oddP, TSimd.MultiplyAdd(TSimd.Broadcast(Q), oddQ, offset)),
            target + targetStride);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Broadcast(P * P), evenP, TSimd.MultiplyAdd(TSimd.Broadcast(Q * Q), evenQ, offset)),
            target + 2 * targetStride);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Broadcast(P * P * P), oddP, TSimd.MultiplyAdd(TSimd.Broadcast(Q * Q * Q), oddQ, m5 + offset)),
            target + 3 * targetStride);
    }
}
