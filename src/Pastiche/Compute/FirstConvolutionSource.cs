namespace Pastiche.Compute;

/// <summary>Computes the first convolution and its ReLU for a rectangle and a border of one pixel, for the second to read.</summary>
internal sealed unsafe class FirstConvolutionSource<TSimd>(ImageConvolution image, ActivationBits bits, RegionScratch scratch)
    : IPatchSource where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;

    public PatchView Prepare(TileRun run, int worker)
    {
        int columns = run.Right - run.Left;
        int top = run.Y * Units.TileSize, left = run.Left * Units.TileSize;
        int rows = run.Count / columns * Units.TileSize, width = columns * Units.TileSize;
        for (int row = 0; row < rows + 2; row++)
        {
            int y = top + row - 1;
            float* line = scratch.Input(worker) + row * RegionScratch.RowStride;
            int first = Math.Max(0, left - 1), end = Math.Min(image.Width, left + width + 1);
            bool isInside = y >= 0 && y < image.Height;
            Clear(line, 0, isInside ? first - (left - 1) : width + 2);
            if (!isInside)
                continue;
            Clear(line, end - (left - 1), width + 2);
            image.Forward(y, first, end - first, line + (first - (left - 1)) * Lanes, RegionScratch.BlockStride);

            // The border belongs to the neighbours, who write its bits.
            int ownEnd = Math.Min(image.Width, left + width);
            bool isOwn = row > 0 && row <= rows;
            for (int block = 0; block < scratch.Blocks; block++)
            {
                float* pixels = line + block * RegionScratch.BlockStride;
                ActivationSink<TSimd>.Rectify(pixels, 1, null, null, null);
                ActivationSink<TSimd>.Rectify(pixels + Lanes, ownEnd - left, null, null, isOwn ? bits.Pixel(block, y, left) : null);
                ActivationSink<TSimd>.Rectify(pixels + (ownEnd - left + 1) * Lanes, end - ownEnd, null, null, null);
            }
        }
        return scratch.View(run, worker);
    }

    private void Clear(float* line, int first, int end)
    {
        for (int block = 0; block < scratch.Blocks && end > first; block++)
            new Span<float>(line + block * RegionScratch.BlockStride + first * Lanes, (end - first) * Lanes).Clear();
    }
}
