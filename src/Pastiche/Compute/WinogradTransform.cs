using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// Winograd's minimal filtering (Lavin and Gray, arXiv 1509.09308) along one side, for one size of tile, as a type: the JIT compiles a
/// convolution for each. The larger the tile, the fewer multiplications an output takes, the more points the weights have, and
/// the more is lost to rounding.
/// </summary>
internal unsafe interface IWinogradLine<TSimd> where TSimd : struct, ISimd<TSimd>
{
    /// <summary>Outputs of a line. It is computed from two inputs more, at as many points.</summary>
    static abstract int TileSize { get; }

    /// <summary>From a line of inputs to the points: <c>B^T d</c>.</summary>
    /// <param name="source">The first input.</param>
    /// <param name="stride">Floats between two.</param>
    /// <param name="target">The first point.</param>
    /// <param name="targetStride">Floats between two.</param>
    static abstract void Input(float* source, nint stride, float* target, nint targetStride);

    /// <summary>From the products at the points to a line of outputs: <c>A^T m + offset</c>.</summary>
    /// <param name="source">The product at the first point.</param>
    /// <param name="stride">Floats between two.</param>
    /// <param name="offset">Added to every output.</param>
    /// <param name="target">The first output.</param>
    /// <param name="targetStride">Floats between two.</param>
    static abstract void Output(float* source, nint stride, TSimd offset, float* target, nint targetStride);
}

/// <summary>The transforms of patches and tiles: first of their columns, then of their rows.</summary>
internal static unsafe class WinogradTransform<TSimd, TLine> where TSimd : struct, ISimd<TSimd> where TLine : struct, IWinogradLine<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    private static int Size => TLine.TileSize;

    private static int PatchSize => TLine.TileSize + 2;

    /// <summary>Transforms a patch of sixteen channels: <c>B^T d B</c>.</summary>
    /// <param name="patch">Top left pixel of the patch.</param>
    /// <param name="rowStride">Floats between two rows of the patch.</param>
    /// <param name="points">Result: point i at <c>points + i * pointStride</c>, sixteen floats each.</param>
    /// <param name="pointStride">Floats between two points.</param>
    /// <param name="scratch">Sixteen floats for each pixel of the patch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* patch, nint rowStride, float* points, nint pointStride, float* scratch)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            for (int column = 0; column < PatchSize; column++)
                TLine.Input(patch + column * Lanes + lane, rowStride, scratch + column * Lanes + lane, PatchSize * Lanes);
            for (int row = 0; row < PatchSize; row++)
                TLine.Input(scratch + row * PatchSize * Lanes + lane, Lanes, points + row * PatchSize * pointStride + lane, pointStride);
        }
    }

    /// <summary>Transforms the products back to a tile of sixteen channels: <c>A^T m A + bias</c>.</summary>
    /// <param name="points">Products: point i at <c>points + i * pointStride</c>.</param>
    /// <param name="pointStride">Floats between two points.</param>
    /// <param name="bias">Sixteen floats.</param>
    /// <param name="tile">Result <c>[size][size][16]</c>.</param>
    /// <param name="scratch">Sixteen floats for each pixel of a patch's row and a tile's column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* points, nint pointStride, float* bias, float* tile, float* scratch)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            for (int column = 0; column < PatchSize; column++)
            {
                TLine.Output(
                    points + column * pointStride + lane, PatchSize * pointStride, TSimd.Zero, scratch + column * Lanes + lane, PatchSize * Lanes);
            }
            TSimd offset = TSimd.Load(bias + lane);
            for (int row = 0; row < Size; row++)
                TLine.Output(scratch + row * PatchSize * Lanes + lane, Lanes, offset, tile + row * Size * Lanes + lane, Lanes);
        }
    }
}
