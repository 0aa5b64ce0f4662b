using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The register tile of the first convolution: six pixels of a row by two vectors of channels, read right from the picture's
/// planes, where each of the 27 taps of neighbouring pixels lies side by side.
/// </summary>
internal static unsafe class ImageKernel<TSimd> where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int PanelWidth = GemmKernel<TSimd>.PanelWidth;
    private const int Pixels = 6;

    /// <summary>Convolves a stretch of a row for a panel of channels.</summary>
    /// <param name="picture">The padded picture above and to the left of the first pixel, channel 0.</param>
    /// <param name="rowStride">Floats between two rows of the picture.</param>
    /// <param name="planeStride">Floats between two channels of the picture.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="weights">A panel <c>[27 taps, bias][32]</c>.</param>
    /// <param name="target">Where the first pixel goes; the others follow, sixteen floats apart.</param>
    /// <param name="blockStride">Floats between two channel blocks of the target.</param>
    /// <param name="isHalf">Whether the panel has one channel block only.</param>
    public static void Run(
        float* picture, nint rowStride, nint planeStride, int count, float* weights, float* target, nint blockStride, bool isHalf)
    {
        int columns = isHalf ? Lanes : PanelWidth;
        for (int column = 0; column < columns; column += 2 * TSimd.Count)
        {
            int second = column + TSimd.Count;
            float* first = target + column / Lanes * blockStride + column % Lanes;
            float* next = target + second / Lanes * blockStride + second % Lanes;
            if (columns < 2 * TSimd.Count)
                Run<Count1>(picture, rowStride, planeStride, count, weights, first, first);
            else
                Run<Count2>(picture, rowStride, planeStride, count, weights + column, first, next);
        }
    }

    private static void Run<TVectors>(
        float* picture, nint rowStride, nint planeStride, int count, float* weights, float* c0, float* c1)
        where TVectors : struct, ICount
    {
        if (count < Pixels)
        {
            for (int x = 0; x < count; x++)
                Tile<Count1, TVectors>(picture + x, rowStride, planeStride, weights, c0 + x * Lanes, c1 + x * Lanes);
            return;
        }
        for (int done = 0; done < count; done += Pixels)
        {
            // The last tile overlaps the one before rather than being narrower.
            int x = Math.Min(done, count - Pixels);
            Tile<Count6, TVectors>(picture + x, rowStride, planeStride, weights, c0 + x * Lanes, c1 + x * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TPixels, TVectors>(
        float* picture, nint rowStride, nint planeStride, float* weights, float* c0, float* c1)
        where TPixels : struct, ICount where TVectors : struct, ICount
    {
        float* bias = weights + 27 * PanelWidth;
        TSimd x0 = TSimd.Load(bias), x1 = x0, x2 = x0, x3 = x0, x4 = x0, x5 = x0;
        TSimd y0 = TVectors.Value > 1 ? TSimd.Load(bias + TSimd.Count) : default, y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0;
        for (int channel = 0; channel < 3; channel++, picture += planeStride)
        {
            float* row = picture;
            for (int ky = 0; ky < 3; ky++, row += rowStride)
            {
                for (float* tap = row; tap < row + 3; tap++, weights += PanelWidth)
                {
                    TSimd left, b0 = TSimd.Load(weights), b1 = TVectors.Value > 1 ? TSimd.Load(weights + TSimd.Count) : default;
                    if (TPixels.Value > 0) { left = TSimd.Broadcast(tap[0]); x0 = TSimd.MultiplyAdd(left, b0, x0); if (TVectors.Value > 1) y0 = TSimd.MultiplyAdd(left, b1, y0); }
                    if (TPixels.Value > 1) { left = TSimd.Broadcast(tap[1]); x1 = TSimd.MultiplyAdd(left, b0, x1); if (TVectors.Value > 1) y1 = TSimd.MultiplyAdd(left, b1, y1); }
                    if (TPixels.Value > 2) { left = TSimd.Broadcast(tap[2]); x2 = TSimd.MultiplyAdd(left, b0, x2); if (TVectors.Value > 1) y2 = TSimd.MultiplyAdd(left, b1, y2); }
                    if (TPixels.Value > 3) { left = TSimd.Broadcast(tap[3]); x3 = TSimd.MultiplyAdd(left, b0, x3); if (TVectors.Value > 1) y3 = TSimd.MultiplyAdd(left, b1, y3); }
                    if (TPixels.Value > 4) { left = TSimd.Broadcast(tap[4]); x4 = TSimd.MultiplyAdd(left, b0, x4); if (TVectors.Value > 1) y4 = TSimd.MultiplyAdd(left, b1, y4); }
                    if (TPixels.Value > 5) { left = TSimd.Broadcast(tap[5]); x5 = TSimd.MultiplyAdd(left, b0, x5); if (TVectors.Value > 1) y5 = TSimd.MultiplyAdd(left, b1, y5); }
                }
            }
        }
        if (TPixels.Value > 0) { TSimd.Store(x0, c0); if (TVectors.Value > 1) TSimd.Store(y0, c1); }
        if (TPixels.Value > 1) { TSimd.Store(x1, c0 + 1 * Lanes); if (TVectors.Value > 1) TSimd.Store(y1, c1 + 1 * Lanes); }
        if (TPixels.Value > 2) { TSimd.Store(x2, c0 + 2 * Lanes); if (TVectors.Value > 1) TSimd.Store(y2, c1 + 2 * Lanes); }
        if (TPixels.Value > 3) { TSimd.Store(x3, c0 + 3 * Lanes); if (TVectors.Value > 1) TSimd.Store(y3, c1 + 3 * Lanes); }
        if (TPixels.Value > 4) { TSimd.Store(x4, c0 + 4 * Lanes); if (TVectors.Value > 1) TSimd.Store(y4, c1 + 4 * Lanes); }
        if (TPixels.Value > 5) { TSimd.Store(x5, c0 + 5 * Lanes); if (TVectors.Value > 1) TSimd.Store(y5, c1 + 5 * Lanes); }
    }
}
