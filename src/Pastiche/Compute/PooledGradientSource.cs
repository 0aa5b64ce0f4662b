namespace Pastiche.Compute;

/// <summary>
/// The gradient of a pooled convolution, spread rectangle by rectangle over the pixels that it comes from just before a backward
/// convolution reads it: at full size it exists only in a core's cache.
/// </summary>
/// <param name="bits">Where the gradient passes.</param>
/// <param name="pooling">The pooling that it goes back through.</param>
/// <param name="scratch">Holds a rectangle for each worker.</param>
internal sealed unsafe class PooledGradientSource<TSimd>(ActivationBits bits, PoolingKind pooling, RegionScratch scratch) : IPatchSource
    where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    private readonly TSimd _share = TSimd.Broadcast(GradientSink<TSimd>.Share(pooling));
    private FeatureMap? _pooled;

    /// <summary>Sets the gradient at the pooled output.</summary>
    public PooledGradientSource<TSimd> From(FeatureMap pooled)
    {
        _pooled = pooled;
        return this;
    }

    public PatchView Prepare(TileRun run, int worker)
    {
        int columns = run.Right - run.Left;
        int top = run.Y * Units.TileSize - 1, left = run.Left * Units.TileSize - 1;
        int rows = run.Count / columns * Units.TileSize + 2, width = columns * Units.TileSize + 2;
        for (int block = 0; block < scratch.Blocks; block++)
        {
            for (int row = 0; row < rows; row++)
            {
                float* line = scratch.Input(worker) + block * RegionScratch.BlockStride + row * RegionScratch.RowStride;
                Spread(block, top + row, left, width, line);
            }
        }
        return scratch.View(run, worker);
    }

    private void Spread(int block, int y, int left, int width, float* line)
    {
        FeatureMap pooled = _pooled!;
        bool isInside = y >= 0 && y < 2 * pooled.Height;
        for (int i = 0; i < width; i++, line += Lanes)
        {
            int x = left + i;
            if (!isInside || x < 0 || x >= 2 * pooled.Width)
            {
                new Span<float>(line, Lanes).Clear();
                continue;
            }
            float* source = pooled.Pixel(block, y / 2, x / 2);
            uint pass = *bits.Pixel(block, y, x);
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
                TSimd.Store(TSimd.Keep(pass >> lane, TSimd.Load(source + lane) * _share), line + lane);
        }
    }
}
