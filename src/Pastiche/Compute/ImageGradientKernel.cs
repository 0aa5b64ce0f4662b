using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The register tile of the first convolution's backward pass: four pixels of the picture by its three channels, each a sum
/// over the neighbourhood's gradients, a vector of channels at a time.
/// </summary>
internal static unsafe class ImageGradientKernel<TSimd> where TSimd : struct, ISimd<TSimd>
{
    /// <summary>Pixels that are computed at a time.</summary>
    public const int Pixels = 4;

    private const int Lanes = FeatureMap.BlockSize;
    private const int TapFloats = 3 * Lanes;

    /// <summary>Computes four pixels.</summary>
    /// <param name="gradient">Gradient above and to the left of the first pixel, channel block 0.</param>
    /// <param name="rowStride">Floats between two rows of the gradient.</param>
    /// <param name="blockStride">Floats between two channel blocks of the gradient.</param>
    /// <param name="blocks">Channel blocks.</param>
    /// <param name="rows">Of the three rows of gradient, those that exist.</param>
    /// <param name="weights"><c>[blocks][3 rows][3 columns][3 channels][16]</c>, by the place of the gradient.</param>
    /// <param name="target">Receives the pixels of channel 0.</param>
    /// <param name="planeStride">Floats between two channels of the target.</param>
    public static void Run(
        float* gradient, nint rowStride, nint blockStride, int blocks, (int First, int End) rows, float* weights, float* target, nint planeStride)
    {
        // Half of the lanes after the other, where vectors are short: so the sums are those of long vectors to the bit.
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
            AddLanes(gradient + lane, rowStride, blockStride, blocks, rows, weights + lane, target, planeStride, isFirst: lane == 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLanes(
        float* gradient, nint rowStride, nint blockStride, int blocks, (int First, int End) rows, float* weights, float* target, nint planeStride, bool isFirst)
    {
        TSimd r0 = TSimd.Zero, r1 = TSimd.Zero, r2 = TSimd.Zero, r3 = TSimd.Zero;
        TSimd g0 = TSimd.Zero, g1 = TSimd.Zero, g2 = TSimd.Zero, g3 = TSimd.Zero;
        TSimd b0 = TSimd.Zero, b1 = TSimd.Zero, b2 = TSimd.Zero, b3 = TSimd.Zero;
        int firstRow = rows.First, rowCount = rows.End - rows.First;
        for (int block = 0; block < blocks; block++, gradient += blockStride, weights += 9 * TapFloats)
        {
            float* line = gradient + firstRow * rowStride, tap = weights + firstRow * 3 * TapFloats;
            for (int row = 0; row < rowCount; row++, line += rowStride)
            {
                for (float* source = line, end = line + 3 * Lanes; source < end; source += Lanes, tap += TapFloats)
                {
                    TSimd red = TSimd.Load(tap), green = TSimd.Load(tap + Lanes), blue = TSimd.Load(tap + 2 * Lanes);
                    TSimd value = TSimd.Load(source);
                    r0 = TSimd.MultiplyAdd(value, red, r0); g0 = TSimd.MultiplyAdd(value, green, g0); b0 = TSimd.MultiplyAdd(value, blue, b0);
                    value = TSimd.Load(source + Lanes);
                    r1 = TSimd.MultiplyAdd(value, red, r1); g1 = TSimd.MultiplyAdd(value, green, g1); b1 = TSimd.MultiplyAdd(value, blue, b1);
                    value = TSimd.Load(source + 2 * Lanes);
                    r2 = TSimd.MultiplyAdd(value, red, r2); g2 = TSimd.MultiplyAdd(value, green, g2); b2 = TSimd.MultiplyAdd(value, blue, b2);
                    value = TSimd.Load(source + 3 * Lanes);
                    r3 = TSimd.MultiplyAdd(value, red, r3); g3 = TSimd.MultiplyAdd(value, green, g3); b3 = TSimd.MultiplyAdd(value, blue, b3);
                }
            }
        }
        Put(target, isFirst, TSimd.Sum(r0), TSimd.Sum(r1), TSimd.Sum(r2), TSimd.Sum(r3));
        Put(target + planeStride, isFirst, TSimd.Sum(g0), TSimd.Sum(g1), TSimd.Sum(g2), TSimd.Sum(g3));
        Put(target + 2 * planeStride, isFirst, TSimd.Sum(b0), TSimd.Sum(b1), TSimd.Sum(b2), TSimd.Sum(b3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* target, bool isFirst, float p0, float p1, float p2, float p3)
    {
        if (!isFirst)
            (p0, p1, p2, p3) = (target[0] + p0, target[1] + p1, target[2] + p2, target[3] + p3);
        (target[0], target[1], target[2], target[3]) = (p0, p1, p2, p3);
    }
}
