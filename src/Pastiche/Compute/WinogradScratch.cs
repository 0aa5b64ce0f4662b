namespace Pastiche.Compute;

/// <summary>
/// Memory for transformed tiles, shared by all convolutions of a network since they run one after the other.
/// </summary>
internal sealed unsafe class WinogradScratch : IDisposable
{
    private const int TileFloats = 2048;
    private const int Alignment = 1024;

    private readonly NativeBuffer _input = new();
    private readonly NativeBuffer _output = new();
    private readonly NativeBuffer _tiles = new();
    private readonly NativeBuffer _panels = new();
    private nint _inputSize, _outputSize, _panelSize;

    /// <summary>Makes room for every worker's own input and output points.</summary>
    public void Reserve(int workers, nint input, nint output, int panel)
    {
        (_inputSize, _outputSize) = (Round(input), Round(output));
        _input.Reserve(workers * _inputSize);
        _output.Reserve(workers * _outputSize);
        ReserveWorkers(workers, panel);
    }

    /// <summary>Makes room for input and output points that all workers share.</summary>
    public void ReserveShared(int workers, nint input, nint output, int panel)
    {
        _input.Reserve(input);
        _output.Reserve(output);
        ReserveWorkers(workers, panel);
    }

    /// <summary>A worker's copy of a panel of weights.</summary>
    public float* Panel(int worker) => _panels.Pointer + worker * _panelSize;

    public float* SharedInput => _input.Pointer;

    public float* SharedOutput => _output.Pointer;

    public float* Input(int worker) => _input.Pointer + worker * _inputSize;

    public float* Output(int worker) => _output.Pointer + worker * _outputSize;

    /// <summary>A worker's 2048 floats for the tile in hand.</summary>
    public float* Tile(int worker) => _tiles.Pointer + worker * TileFloats;

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _tiles.Dispose();
        _panels.Dispose();
    }

    private void ReserveWorkers(int workers, int panel)
    {
        _tiles.Reserve(workers * TileFloats);
        _panelSize = Round(panel);
        _panels.Reserve(workers * _panelSize);
    }

    private static nint Round(nint floats) => (floats + Alignment - 1) / Alignment * Alignment;
}
