namespace Pastiche.Compute;

/// <summary>1x1 convolution: a matrix that is applied to every pixel.</summary>
internal interface IPointwiseConvolution : IDisposable
{
    /// <summary>Sets the matrix.</summary>
    /// <param name="matrix"><c>[outputs, inputs]</c>, or <c>[inputs, outputs]</c> when transposed.</param>
    /// <param name="inputs">Channels that go in.</param>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="bias"><c>[outputs]</c>, or empty for none.</param>
    /// <param name="transposed">Makes the backward pass: inputs and outputs exchanged.</param>
    void Load(ReadOnlySpan<float> matrix, int inputs, int outputs, ReadOnlySpan<float> bias, bool transposed);

    /// <summary>Computes all pixels; the target takes its shape.</summary>
    /// <param name="source">What goes in.</param>
    /// <param name="target">What comes out; may be the source when as many channels come out as go in.</param>
    /// <param name="pool">Threads that share the rows; <c>null</c>: the calling one does all.</param>
    void Run(FeatureMap source, FeatureMap target, WorkerPool? pool = null);
}

/// <inheritdoc/>
internal sealed unsafe class PointwiseConvolution<TSimd> : IPointwiseConvolution where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int PanelWidth = GemmKernel<TSimd>.PanelWidth;

    private readonly NativeBuffer _panels = new();      // [outputs / 32][inputs, whole blocks][32]
    private readonly NativeBuffer _bias = new();        // [outputs, whole panels]
    private readonly NativeBuffer _products = new();    // [worker][outputs / 32][2][pixels][16]
    private int _inputs, _outputs;

    public void Load(ReadOnlySpan<float> matrix, int inputs, int outputs, ReadOnlySpan<float> bias, bool transposed)
    {
        (_inputs, _outputs) = (inputs, outputs);
        int depth = Units.BlocksOf(inputs) * Lanes, panels = Units.DivideUp(outputs, PanelWidth);
        _panels.Reserve((long)panels * depth * PanelWidth);
        _bias.Reserve((long)panels * PanelWidth);
        new Span<float>(_panels.Pointer, panels * depth * PanelWidth).Clear();
        new Span<float>(_bias.Pointer, panels * PanelWidth).Clear();
        bias.CopyTo(new Span<float>(_bias.Pointer, outputs));
        for (int output = 0; output < outputs; output++)
        {
            float* column = _panels.Pointer + (nint)(output / PanelWidth) * depth * PanelWidth + output % PanelWidth;
            for (int input = 0; input < inputs; input++)
                column[input * PanelWidth] = transposed ? matrix[input * outputs + output] : matrix[output * inputs + input];
        }
    }

    public void Run(FeatureMap source, FeatureMap target, WorkerPool? pool = null)
    {
        if (source == target && _inputs != _outputs)
            throw new ArgumentException($"{_inputs} channels cannot become {_outputs} in place", nameof(target));
        target.Reshape(_outputs, source.Height, source.Width);
        _products.Reserve((pool?.Count ?? 1) * ProductFloats);
        if (pool is not null)
        {
            pool.Run(source.Height, (y, worker) => RunRow(source, target, y, worker));
            return;
        }
        for (int y = 0; y < source.Height; y++)
            RunRow(source, target, y, 0);
    }

    public void Dispose()
    {
        _panels.Dispose();
        _bias.Dispose();
        _products.Dispose();
    }

    private nint ProductFloats => (nint)Units.DivideUp(_outputs, PanelWidth) * PanelWidth * TSimd.GemmRows;

    private void RunRow(FeatureMap source, FeatureMap target, int y, int worker)
    {
        float* product = _products.Pointer + worker * ProductFloats;
        for (int x = 0; x < source.Width; x += TSimd.GemmRows)
            RunPixels(source, target, y, x, Math.Min(TSimd.GemmRows, source.Width - x), product);
    }

    // All outputs of the pixels are computed before any is written: the target may be the source.
    private void RunPixels(FeatureMap source, FeatureMap target, int y, int x, int pixels, float* product)
    {
        nint panelFloats = (nint)source.Blocks * Lanes * PanelWidth;
        nint blockFloats = pixels * Lanes;
        for (int panel = 0; panel * PanelWidth < _outputs; panel++)
        {
            var shape = new GemmShape(pixels, source.Blocks)
            {
                BlockStride = source.BlockStride,
                ResultBlockStride = blockFloats,
                IsHalf = 2 * panel + 1 == target.Blocks,
            };
            GemmKernel<TSimd>.Multiply(
                shape, source.Pixel(0, y, x), _panels.Pointer + panel * panelFloats, product + 2 * panel * blockFloats);
        }
        for (int block = 0; block < target.Blocks; block++)
            AddBias(product + block * blockFloats, _bias.Pointer + block * Lanes, target.Pixel(block, y, x), pixels);
    }

    private static void AddBias(float* product, float* bias, float* target, int pixels)
    {
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            TSimd offset = TSimd.Load(bias + lane);
            for (int i = lane; i < pixels * Lanes; i += Lanes)
                TSimd.Store(TSimd.Load(product + i) + offset, target + i);
        }
    }
}
