using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>Where a convolution reads its 6x6 patches, addressed by tile.</summary>
/// <param name="Origin">Top left pixel of the patch of tile (0, 0) in channel block 0.</param>
/// <param name="RowStride">Floats between two rows.</param>
/// <param name="BlockStride">Floats between two channel blocks.</param>
internal readonly unsafe record struct PatchView(nint Origin, nint RowStride, nint BlockStride)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Patch(int block, int y, int x) =>
        (float*)Origin + block * BlockStride + y * Units.TileSize * RowStride + x * (Units.TileSize * FeatureMap.BlockSize);
}

/// <summary>What a convolution reads.</summary>
internal interface IPatchSource
{
    /// <summary>Makes the patches of a run readable, for one worker, until its next call.</summary>
    PatchView Prepare(TileRun run, int worker);
}

/// <summary>Where a convolution's results go.</summary>
internal unsafe interface ITileSink
{
    /// <summary>Takes a tile <c>[4][4][16]</c> of a channel block; pixels beyond the picture are to be ignored.</summary>
    void Store(float* tile, int block, int y, int x, int worker);

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
