namespace Pastiche.Compute;

/// <summary>
/// The gradient of a convolution with respect to its weights: for every tap of the kernel, the products of the input, shifted by
/// the tap, and the gradient of the output, summed over all pixels. One thread.
/// </summary>
internal interface IWeightGradient : IDisposable
{
    /// <summary>Adds the gradient of a 3x3 or a 1x1 convolution.</summary>
    /// <param name="input">What was convolved, with its border as the convolution saw it.</param>
    /// <param name="gradient">The gradient of the output, of the same size; its border is zero.</param>
    /// <param name="kernel">The kernel's gradient to add to, <c>[outputs, inputs, 3, 3]</c> or <c>[outputs, inputs]</c>.</param>
    /// <param name="bias">The bias' gradient to add to, <c>[outputs]</c>.</param>
    void Add(FeatureMap input, FeatureMap gradient, Span<float> kernel, Span<float> bias);
}

/// <inheritdoc/>
internal sealed unsafe class WeightGradient<TSimd> : IWeightGradient where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int SumFloats = Lanes * Lanes;

    // Pixels of one block of each map that are walked at a time: they stay in the first-level cache for all taps.
    private const int Chunk = 192;

    private readonly NativeBuffer _sums = new(SumFloats);      // [row block][column pair][tap][2][16 rows][16 columns]

    public void Add(FeatureMap input, FeatureMap gradient, Span<float> kernel, Span<float> bias)
    {
        int taps = kernel.Length / (input.Channels * gradient.Channels);
        AddBias(gradient, bias);

        // Rows are walked four or eight at a time: the map with fewer channels has fewer to spare.
        bool isInputInRows = input.Channels <= gradient.Channels;
        (FeatureMap rows, FeatureMap columns) = isInputInRows ? (input, gradient) : (gradient, input);
        int pairs = Units.DivideUp(columns.Blocks, 2);
        long floats = (long)rows.Blocks * pairs * taps * 2 * SumFloats;
        _sums.Reserve(floats);
        new Span<float>(_sums.Pointer, checked((int)floats)).Clear();

        // The gradient is zero between the rows of the picture, so that they may be walked as one line.
        int rowPixels = (int)(input.RowStride / Lanes);
        int end = input.Height * rowPixels + input.Width + 1;
        for (int pixel = rowPixels + 1; pixel < end; pixel += Chunk)
        {
            int pixels = Math.Min(Chunk, end - pixel);
            for (int row = 0; row < rows.Blocks; row++)
            {
                for (int pair = 0; pair < pairs; pair++)
                    AddChunk(rows, columns, row, pair, pixel, pixels, taps, isInputInRows, _sums.Pointer + (row * pairs + pair) * taps * 2 * SumFloats);
            }
        }
        Unpack(kernel, taps, input.Channels, gradient.Channels, pairs, isInputInRows);
    }

    public void Dispose() => _sums.Dispose();

    private static void AddChunk(
        FeatureMap rows, FeatureMap columns, int row, int pair, int pixel, int pixels, int taps, bool isInputInRows, float* sums)
    {
        float* left = rows.Start + row * rows.BlockStride + (nint)pixel * Lanes;
        float* first = columns.Start + 2 * pair * columns.BlockStride + (nint)pixel * Lanes;
        float* second = 2 * pair + 1 < columns.Blocks ? first + columns.BlockStride : first;
        int rowCount = Math.Min(Lanes, rows.Channels - row * Lanes);
        for (int tap = 0; tap < taps; tap++, sums += 2 * SumFloats)
        {
            nint shift = taps == 1 ? 0 : (tap / 3 - 1) * rows.RowStride + (tap % 3 - 1) * Lanes;
            (nint rowShift, nint columnShift) = isInputInRows ? (shift, 0) : ((nint)0, shift);
            GramKernel<TSimd>.Add(left + rowShift, first + columnShift, second + columnShift, pixels, sums, sums + SumFloats, rowCount);
        }
    }

    private void Unpack(Span<float> kernel, int taps, int inputs, int outputs, int pairs, bool isInputInRows)
    {
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                (int row, int column) = isInputInRows ? (input, output) : (output, input);
                float* sum = _sums.Pointer
                    + ((row / Lanes * pairs + column / (2 * Lanes)) * taps * 2 + column / Lanes % 2) * SumFloats
                    + row % Lanes * Lanes + column % Lanes;
                Span<float> target = kernel.Slice((output * inputs + input) * taps, taps);
                for (int tap = 0; tap < taps; tap++)
                    target[tap] += sum[tap * 2 * SumFloats];
            }
        }
    }

    private void AddBias(FeatureMap gradient, Span<float> bias)
    {
        var total = new Span<float>(_sums.Pointer, Lanes);
        for (int block = 0; block < gradient.Blocks; block++)
        {
            SumPixels(gradient, block, _sums.Pointer);
            for (int lane = 0; lane < Lanes && block * Lanes + lane < bias.Length; lane++)
                bias[block * Lanes + lane] += total[lane];
        }
    }

    private static void SumPixels(FeatureMap map, int block, float* total)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            TSimd sum = TSimd.Zero;
            for (int y = 0; y < map.Height; y++)
            {
                float* row = map.Pixel(block, y, 0) + lane;
                TSimd rowSum = TSimd.Zero;
                for (int x = 0; x < map.Width; x++)
                    rowSum += TSimd.Load(row + x * Lanes);
                sum += rowSum;
            }
            TSimd.Store(sum, total + lane);
        }
    }
}
