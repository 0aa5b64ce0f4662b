namespace Pastiche.Compute;

/// <summary>
/// The end of the backward pass of <see cref="FirstBlock"/>: masks what the second convolution gives for a rectangle and takes it
/// through the first one to the picture.
/// </summary>
internal sealed unsafe class FirstBlockGradient<TSimd>(ImageConvolution image, ActivationBits firstBits, RegionScratch scratch)
    : ITileSink where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    private ImageGradient? _picture;

    /// <summary>Sets where the gradient goes.</summary>
    public FirstBlockGradient<TSimd> To(ImageGradient picture)
    {
        _picture = picture;
        return this;
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
}
