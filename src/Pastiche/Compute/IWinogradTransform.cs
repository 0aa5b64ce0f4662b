namespace Pastiche.Compute;

/// <summary>
/// The transforms of Winograd's minimal filtering (Lavin and Gray, arXiv 1509.09308) for one size of tile, as a type: the JIT
/// compiles a convolution for each. The larger the tile, the fewer multiplications an output takes, the more points the weights
/// have, and the more is lost to rounding.
/// </summary>
internal unsafe interface IWinogradTransform
{
    /// <summary>Output pixels of a tile along a side. The patch that it is computed from is two pixels wider.</summary>
    static abstract int TileSize { get; }

    /// <summary>Transforms a patch of sixteen channels: <c>B^T d B</c>.</summary>
    /// <param name="patch">Top left pixel of the patch.</param>
    /// <param name="rowStride">Floats between two rows of the patch.</param>
    /// <param name="points">Result: point i at <c>points + i * pointStride</c>, sixteen floats each.</param>
    /// <param name="pointStride">Floats between two points.</param>
    /// <param name="scratch">Sixteen floats for each pixel of the patch.</param>
    static abstract void Input(float* patch, nint rowStride, float* points, nint pointStride, float* scratch);

    /// <summary>Transforms the products back to a tile of sixteen channels: <c>A^T m A + bias</c>.</summary>
    /// <param name="points">Products: point i at <c>points + i * pointStride</c>.</param>
    /// <param name="pointStride">Floats between two points.</param>
    /// <param name="bias">Sixteen floats.</param>
    /// <param name="tile">Result <c>[size][size][16]</c>.</param>
    /// <param name="scratch">Sixteen floats for each pixel of a patch's row and a tile's column.</param>
    static abstract void Output(float* points, nint pointStride, float* bias, float* tile, float* scratch);
}
