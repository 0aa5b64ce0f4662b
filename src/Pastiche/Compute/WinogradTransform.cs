using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, arXiv 1509.09308): 36 multiplications where
/// direct convolution needs 144. Interpolation points are 0, +-sqrt(1/2), +-sqrt(2) and infinity, whose rounding errors are
/// the smallest that we measured; all are derived from the polynomial x (x^2 - 1/2)(x^2 - 2).
/// </summary>
internal static unsafe class WinogradTransform<TSimd> where TSimd : struct, ISimd<TSimd>
{
    /// <summary>Side of the patch that a tile is computed from.</summary>
    public const int PatchSize = 6;

    /// <summary>Points at which the products are taken.</summary>
    public const int Points = PatchSize * PatchSize;

    private const int Lanes = FeatureMap.BlockSize;
    private const float P = 0.70710678118654752f;       // sqrt(1/2)
    private const float Q = 1.41421356237309505f;       // sqrt(2)

    /// <summary>Transforms a 6x6 patch of sixteen channels: <c>B^T d B</c>.</summary>
    /// <param name="patch">Top left pixel of the patch.</param>
    /// <param name="rowStride">Floats between two rows of the patch.</param>
    /// <param name="points">Result: point i at <c>points + i * pointStride</c>, sixteen floats each.</param>
    /// <param name="pointStride">Floats between two points.</param>
    /// <param name="scratch">36 * 16 floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* patch, nint rowStride, float* points, nint pointStride, float* scratch)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            for (int column = 0; column < PatchSize; column++)
            {
                float* source = patch + column * Lanes + lane;
                InputLine(source, rowStride, scratch + column * Lanes + lane, PatchSize * Lanes);
            }
            for (int row = 0; row < PatchSize; row++)
            {
                InputLine(scratch + row * PatchSize * Lanes + lane, Lanes, points + row * PatchSize * pointStride + lane, pointStride);
            }
        }
    }

    /// <summary>Transforms the products back to a 4x4 tile of sixteen channels: <c>A^T m A + bias</c>.</summary>
    /// <param name="points">Products: point i at <c>points + i * pointStride</c>.</param>
    /// <param name="pointStride">Floats between two points.</param>
    /// <param name="bias">Sixteen floats.</param>
    /// <param name="tile">Result <c>[4][4][16]</c>.</param>
    /// <param name="scratch">24 * 16 floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* points, nint pointStride, float* bias, float* tile, float* scratch)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            for (int column = 0; column < PatchSize; column++)
            {
                OutputLine(points + column * pointStride + lane, PatchSize * pointStride, TSimd.Zero,
                    scratch + column * Lanes + lane, PatchSize * Lanes);
            }
            TSimd offset = TSimd.Load(bias + lane);
            for (int row = 0; row < Units.TileSize; row++)
            {
                OutputLine(scratch + row * PatchSize * Lanes + lane, Lanes, offset,
                    tile + row * Units.TileSize * Lanes + lane, Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine(float* source, nint stride, float* target, nint targetStride)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine(float* source, nint stride, TSimd offset, float* target, nint targetStride)
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
