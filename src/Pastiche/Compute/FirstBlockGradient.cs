namespace Pastiche.Compute;

/// <summary>
/// The backward pass of <see cref="FirstBlock"/> at both ends of the second convolution: spreads the pooled gradient over a
/// rectangle and its border, and takes the result through the first convolution to the picture.
/// </summary>
internal sealed unsafe class FirstBlockGradient<TSimd>(
    ImageConvolution image, ActivationBits firstBits, ActivationBits secondBits, PoolingKind pooling, RegionScratch scratch)
    : IPatchSource, ITileSink where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    private readonly TSimd _share = TSimd.Broadcast(GradientSink<TSimd>.Share(pooling));
    private FeatureMap? _pooled;
    private ImageGradient? _picture;

    public void From(FeatureMap pooledGradient, ImageGradient picture) => (_pooled, _picture) = (pooledGradient, picture);

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

    public void Store(in OutputTile tile, int block, int worker)
    {
        (int top, int left) = (tile.Top, tile.Left);
        int rows = Math.Min(tile.Size, firstBits.Height - top), columns = Math.Min(tile.Size, firstBits.Width - left);
        // The rectangle is not known here, so the region is addressed modulo its largest size; columns may wrap around.
        float* region = scratch.Output(worker) + block * RegionScratch.BlockStride;
        for (int row = 0; row < rows; row++)
        {
            GradientSink<TSimd>.Mask(
                tile.Row(row), columns, firstBits.Pixel(block, top + row, left),
                region + RowOf(top + row) * RegionScratch.RowStride + ColumnOf(left) * Lanes);
        }
    }

    public void Finish(int item, TileRun run, int worker)
    {
        (int top, int left, int rows, int columns) = _picture!.PixelsOf(run);
        float* partial = _picture.Begin(item);
        for (int row = 0; row < rows; row++)
        {
            float* gradient = scratch.Output(worker) + RowOf(top + row) * RegionScratch.RowStride;
            for (int done = 0; done < columns;)
            {
                int start = ColumnOf(left + done), count = Math.Min(columns - done, ImageGradient.MaxColumns - start);
                image.Backward(
                    gradient + start * Lanes, RegionScratch.BlockStride, count, partial + row * ImageGradient.RowStride + done,
                    ImageGradient.RowStride, ImageGradient.PlaneStride, worker);
                done += count;
            }
        }
    }

    private static int RowOf(int y) => y % ImageGradient.MaxRows;

    private static int ColumnOf(int x) => x % ImageGradient.MaxColumns;

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
            uint pass = *secondBits.Pixel(block, y, x);
            for (int lane = 0; lane < Lanes; lane += TSimd.Count)
                TSimd.Store(TSimd.Keep(pass >> lane, TSimd.Load(source + lane) * _share), line + lane);
        }
    }
}
