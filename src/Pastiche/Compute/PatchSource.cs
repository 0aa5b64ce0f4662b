using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>Where a convolution reads its patches.</summary>
/// <param name="Origin">Top left pixel of the patch of the tile at pixel (0, 0) in channel block 0.</param>
/// <param name="RowStride">Floats between two rows.</param>
/// <param name="BlockStride">Floats between two channel blocks.</param>
internal readonly unsafe record struct PatchView(nint Origin, nint RowStride, nint BlockStride)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Patch(int block, int top, int left) =>
        (float*)Origin + block * BlockStride + top * RowStride + left * FeatureMap.BlockSize;
}

/// <summary>What a convolution reads.</summary>
internal interface IPatchSource
{
    /// <summary>Makes the patches of a run readable, for one worker, until its next call.</summary>
    PatchView Prepare(TileRun run, int worker);
}

/// <summary>A tile of a convolution's results: <c>[size][size][16]</c>.</summary>
/// <param name="pixels">Its values; whoever takes them may overwrite them.</param>
/// <param name="size">Pixels along a side.</param>
/// <param name="top">The result's row that its first one is.</param>
/// <param name="left">The result's column that its first one is.</param>
internal readonly unsafe ref struct OutputTile(float* pixels, int size, int top, int left)
{
    public int Size => size;

    public int Top => top;

    public int Left => left;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Row(int row) => pixels + row * size * FeatureMap.BlockSize;
}

/// <summary>Where a convolution's results go.</summary>
internal unsafe interface ITileSink
{
    /// <summary>Takes a tile of a channel block; pixels beyond the picture are to be ignored.</summary>
    void Store(in OutputTile tile, int block, int worker);

    /// <summary>Hears that all channels of a run have been stored; the item is the run's number.</summary>
    void Finish(int item, TileRun run, int worker)
    {
    }
}

/// <summary>Patches of a whole feature map, whose border stands for the padding.</summary>
internal sealed unsafe class MapSource : IPatchSource
{
    private PatchView _view;

    /// <summary>Sets the map that is read.</summary>
    public MapSource From(FeatureMap map)
    {
        _view = new PatchView((nint)map.Start, map.RowStride, map.BlockStride);
        return this;
    }

    public PatchView Prepare(TileRun run, int worker) => _view;
}
