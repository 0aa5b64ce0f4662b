namespace Pastiche.Compute;

/// <summary>
/// 3x3 convolution, stride 1: patches are transformed, multiplied with the weights at each of their points, and transformed
/// back. Small kernels do all three for a few dozen tiles at a time, so that everything but the weights stays in a core's
/// cache; for large kernels the weights are the larger part and all tiles share each pass over them. A result does not
/// depend on how tiles are grouped or on the number of threads.
/// </summary>
internal sealed unsafe class WinogradConvolution<TSimd, TLine> : IConvolution
    where TSimd : struct, ISimd<TSimd>
    where TLine : struct, IWinogradLine<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int BlocksPerPanel = GemmKernel<TSimd>.PanelWidth / Lanes;

    // Two points must not lie a multiple of 4096 bytes apart: their lines would evict one another from the first-level cache.
    private const int PointPadding = Lanes;
    private const int PanelsPerItem = 4;

    private readonly WinogradKernel _kernel;
    private readonly WorkerPool _pool;
    private readonly WinogradScratch _scratch;
    private readonly MapSource _mapSource = new();
    private readonly Action<int, int> _fused, _transformInput, _multiply, _transformOutput;

    private IPatchSource _source;
    private ITileSink? _sink;
    private IReadOnlyList<TileRun>? _runs;
    private EvenSplit _stretches;
    private int _columns;
    private TileRun _run;
    private EvenSplit _groups;

    public WinogradConvolution(WinogradKernel kernel, WorkerPool pool, WinogradScratch scratch)
    {
        (_kernel, _pool, _scratch, _source) = (kernel, pool, scratch, _mapSource);
        (_fused, _transformInput, _multiply, _transformOutput) = (Fused, TransformInput, Multiply, TransformOutput);
    }

    private static int Size => TLine.TileSize;

    private static int Points => (Size + 2) * (Size + 2);

    // The points of a pass's tiles take about as much memory as the weights, which are read once for each pass.
    private int PhasedTiles => WholeGroups(_kernel.Inputs * _kernel.Outputs / (_kernel.Inputs + _kernel.Outputs));

    private static int FusedTiles => WholeGroups(28);

    public void Run(FeatureMap source, ITileSink sink)
    {
        (_source, _sink, _runs) = (_mapSource.From(source), sink, null);
        _columns = Units.DivideUp(source.Width, Size);
        int tiles = _columns * Units.DivideUp(source.Height, Size);
        if (_kernel.IsSmall)
        {
            _stretches = new EvenSplit(tiles, FusedTiles);
            RunFused(_stretches.Groups, FusedTiles);
        }
        else
        {
            var passes = new EvenSplit(tiles, PhasedTiles);
            for (int pass = 0; pass < passes.Groups; pass++)
                RunPhased(TileRun.Stretch(passes.Start(pass), passes.Count(pass), _columns));
        }
    }

    public void Run(IPatchSource source, IReadOnlyList<TileRun> runs, ITileSink sink)
    {
        (_source, _sink, _runs) = (source, sink, runs);
        int tiles = 0;
        for (int i = 0; i < runs.Count; i++)
            tiles = Math.Max(tiles, runs[i].Count);
        RunFused(runs.Count, tiles);
    }

    // Register tiles of fewer rows than fit are slower for each row.
    private static int WholeGroups(int tiles) => Units.DivideUp(tiles, TSimd.GemmRows) * TSimd.GemmRows;

    private void RunFused(int items, int tiles)
    {
        _scratch.Reserve(
            _pool.Count, Points * InputStride(tiles), Points * OutputStride(tiles, BlocksPerPanel), _kernel.ScratchFloats);
        _pool.Run(items, _fused);
    }

    private void RunPhased(TileRun run)
    {
        (_run, _groups) = (run, new EvenSplit(run.Count, TSimd.GemmRows));
        _scratch.ReserveShared(
            _pool.Count, Points * InputStride(run.Count), Points * OutputStride(run.Count, _kernel.Panels * BlocksPerPanel),
            _kernel.ScratchFloats);
        _pool.Run(_groups.Groups * _kernel.InputBlocks, _transformInput);
        _pool.Run(Points * Units.DivideUp(_kernel.Panels, PanelsPerItem), _multiply);
        _pool.Run(_groups.Groups * Units.BlocksOf(_kernel.Outputs), _transformOutput);
    }

    private nint InputStride(int tiles) => (nint)tiles * _kernel.InputBlocks * Lanes + PointPadding;

    private static nint OutputStride(int tiles, int blocks) => (nint)tiles * blocks * Lanes + PointPadding;

    private void Fused(int item, int worker)
    {
        TileRun run = _runs is not null
            ? _runs[item]
            : TileRun.Stretch(_stretches.Start(item), _stretches.Count(item), _columns);
        var groups = new EvenSplit(run.Count, TSimd.GemmRows);
        PatchView view = _source.Prepare(run, worker);
        float* input = _scratch.Input(worker), output = _scratch.Output(worker);
        nint inputStride = InputStride(run.Count), outputStride = OutputStride(run.Count, BlocksPerPanel);

        for (int block = 0; block < _kernel.InputBlocks; block++)
        {
            for (int group = 0; group < groups.Groups; group++)
                TransformInput(view, run, groups, group, block, input, inputStride, worker);
        }
        int outputBlocks = Units.BlocksOf(_kernel.Outputs);
        GroupShapes shapes = ShapesOf(groups, BlocksPerPanel);
        for (int panel = 0; panel < _kernel.Panels; panel++)
        {
            if ((panel + 1) * BlocksPerPanel > outputBlocks)
                shapes = shapes.Half();
            for (int point = 0; point < Points; point++)
                MultiplyPanel(panel, point, shapes, input + point * inputStride, output + point * outputStride, BlocksPerPanel, 0, worker);
            for (int half = 0; half < BlocksPerPanel && panel * BlocksPerPanel + half < outputBlocks; half++)
            {
                for (int group = 0; group < groups.Groups; group++)
                {
                    TransformOutput(run, groups, group, panel * BlocksPerPanel + half, half, BlocksPerPanel, output, outputStride, worker);
                }
            }
        }
        _sink!.Finish(item, run, worker);
    }

    private void TransformInput(int item, int worker)
    {
        (int block, int group) = Math.DivRem(item, _groups.Groups);
        TransformInput(_source.Prepare(_run, worker), _run, _groups, group, block, _scratch.SharedInput, InputStride(_run.Count), worker);
    }

    private void Multiply(int item, int worker)
    {
        int parts = Units.DivideUp(_kernel.Panels, PanelsPerItem);
        (int point, int part) = Math.DivRem(item, parts);
        int blocks = _kernel.Panels * BlocksPerPanel;
        float* input = _scratch.SharedInput + point * InputStride(_run.Count);
        float* output = _scratch.SharedOutput + point * OutputStride(_run.Count, blocks);
        GroupShapes shapes = ShapesOf(_groups, blocks);
        for (int panel = part * PanelsPerItem; panel < Math.Min(_kernel.Panels, (part + 1) * PanelsPerItem); panel++)
        {
            if ((panel + 1) * BlocksPerPanel > Units.BlocksOf(_kernel.Outputs))
                shapes = shapes.Half();
            MultiplyPanel(panel, point, shapes, input, output, blocks, panel * BlocksPerPanel, worker);
        }
    }

    private void TransformOutput(int item, int worker)
    {
        (int block, int group) = Math.DivRem(item, _groups.Groups);
        int blocks = _kernel.Panels * BlocksPerPanel;
        TransformOutput(_run, _groups, group, block, block, blocks, _scratch.SharedOutput, OutputStride(_run.Count, blocks), worker);
    }

    // A group's part of a point: [input blocks][rows][16].
    private void TransformInput(
        PatchView view, TileRun run, EvenSplit groups, int group, int block, float* points, nint pointStride, int worker)
    {
        int start = groups.Start(group), rows = groups.Count(group);
        float* target = points + ((nint)start * _kernel.InputBlocks + (nint)block * rows) * Lanes;
        float* scratch = _scratch.Tile(worker);
        TileRun part = run.Slice(start, rows);
        (int y, int x) = (part.Y, part.X);
        for (int row = 0; row < rows; row++, target += Lanes)
        {
            WinogradTransform<TSimd, TLine>.Input(view.Patch(block, y * Size, x * Size), view.RowStride, target, pointStride, scratch);
            (y, x) = part.Next(y, x);
        }
    }

    // A group's part of a point: [blocks][rows][16], of which a panel fills two blocks.
    private GroupShapes ShapesOf(EvenSplit groups, int blocks)
    {
        int larger = groups.LargerGroups, rest = groups.Groups - larger;
        return new GroupShapes(ShapeOf(groups.Count(0), larger, blocks), ShapeOf(groups.Count(larger), rest, blocks), groups.Start(larger));
    }

    private GemmShape ShapeOf(int rows, int groups, int blocks) => new(rows, _kernel.InputBlocks)
    {
        BlockStride = rows * Lanes,
        ResultBlockStride = rows * Lanes,
        Groups = groups,
        GroupStride = (nint)rows * _kernel.InputBlocks * Lanes,
        ResultGroupStride = (nint)rows * blocks * Lanes,
    };

    private void MultiplyPanel(
        int panel, int point, in GroupShapes shapes, float* input, float* output, int blocks, int firstBlock, int worker)
    {
        float* weights = _kernel.Panel(panel, point, _scratch.Panel(worker));
        if (shapes.Larger.Groups > 0)
            GemmKernel<TSimd>.Multiply(shapes.Larger, input, weights, output + (nint)firstBlock * shapes.Larger.Rows * Lanes);
        GemmKernel<TSimd>.Multiply(
            shapes.Rest, input + (nint)shapes.RestStart * _kernel.InputBlocks * Lanes, weights,
            output + ((nint)shapes.RestStart * blocks + (nint)firstBlock * shapes.Rest.Rows) * Lanes);
    }

    private void TransformOutput(
        TileRun run, EvenSplit groups, int group, int block, int slot, int blocks, float* points, nint pointStride, int worker)
    {
        int start = groups.Start(group), rows = groups.Count(group);
        float* source = points + ((nint)start * blocks + (nint)slot * rows) * Lanes;
        float* tile = _scratch.Tile(worker), scratch = tile + Size * Size * Lanes;
        float* bias = _kernel.Bias + block * Lanes;
        ITileSink sink = _sink!;
        TileRun part = run.Slice(start, rows);
        (int y, int x) = (part.Y, part.X);
        for (int row = 0; row < rows; row++, source += Lanes)
        {
            WinogradTransform<TSimd, TLine>.Output(source, pointStride, bias, tile, scratch);
            sink.Store(new OutputTile(tile, Size, y * Size, x * Size), block, worker);
            (y, x) = part.Next(y, x);
        }
    }

    /// <summary>The products of the larger groups, if there are any, and of the rest, which begins at tile <c>RestStart</c>.</summary>
    private readonly record struct GroupShapes(GemmShape Larger, GemmShape Rest, int RestStart)
    {
        /// <summary>For the last panel of a kernel, if it has one block only.</summary>
        public GroupShapes Half() => this with { Larger = Larger with { IsHalf = true }, Rest = Rest with { IsHalf = true } };
    }
}
