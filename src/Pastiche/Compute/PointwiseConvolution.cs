namespace Pastiche.Compute;

/// <summary>1x1 convolution: a matrix that is applied to every pixel. One thread.</summary>
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
    void Run(FeatureMap source, FeatureMap target);
}

/// <inheritdoc/>
internal sealed unsafe class PointwiseConvolution<TSimd> : IPointwiseConvolution where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int PanelWidth = GemmKernel<TSimd>.PanelWidth;

    private readonly NativeBuffer _panels = new();      // [outputs / 32][inputs, whole blocks][32]
    private readonly NativeBuffer _bias = new();        // [outputs, whole panels]
    private readonly NativeBuffer _product = new(2L * Lanes * Lanes);      // [2][pixels][16]
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

    public void Run(FeatureMap source, FeatureMap target)
    {
        target.Reshape(_outputs, source.Height, source.Width);
        for (int y = 0; y < source.Height; y++)
        {
            for (int x = 0; x < source.Width; x += TSimd.GemmRows)
                RunPixels(source, target, y, x, Math.Min(TSimd.GemmRows, source.Width - x));
        }
    }

    public void Dispose()
    {
        _panels.Dispose();
        _bias.Dispose();
        _product.Dispose();
    }

    private void RunPixels(FeatureMap source, FeatureMap target, int y, int x, int pixels)
    {
        nint panelFloats = (nint)source.Blocks * Lanes * PanelWidth;
        nint half = pixels * Lanes;
        for (int block = 0; block < target.Blocks; block++)
        {
            if (block % 2 == 0)
            {
                var shape = new GemmShape(pixels, source.Blocks)
                {
                    BlockStride = source.BlockStride,
                    ResultBlockStride = half,
                    IsHalf = block + 1 == target.Blocks,
                };
                GemmKernel<TSimd>.Multiply(
                    shape, source.Pixel(0, y, x), _panels.Pointer + block / 2 * panelFloats, _product.Pointer);
            }
            AddBias(_product.Pointer + block % 2 * half, _bias.Pointer + block * Lanes, target.Pixel(block, y, x), pixels);
        }
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
