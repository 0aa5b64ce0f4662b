using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The first convolution, whose three input channels are too few for tiles: each pixel's 3 x 3 x 3 neighbourhood is one row of
/// a matrix product, and the bias is one more column. Backward, the same product gives each pixel's share in the gradient of
/// its neighbourhood, which is added up in partial pictures and then, in a fixed order, in the picture.
/// </summary>
internal abstract unsafe class ImageConvolution : IDisposable
{
    /// <summary>Values of a neighbourhood.</summary>
    protected const int Taps = 27;

    private readonly NativeBuffer _picture = new();

    /// <summary>Output channels.</summary>
    public int Outputs { get; protected init; }

    public int Height { get; private set; }

    public int Width { get; private set; }

    /// <summary>Floats between two rows of the padded picture.</summary>
    protected int PictureStride => Width + 2;

    /// <summary>The padded picture at (channel, y, x); coordinates from -1 to the size are valid.</summary>
    protected float* Picture(int channel, int y, int x) =>
        _picture.Pointer + ((nint)channel * (Height + 2) + y + 1) * PictureStride + x + 1;

    /// <summary>Sets the picture's size.</summary>
    public void Reshape(int height, int width)
    {
        (Height, Width) = (height, width);
        _picture.Reserve(3L * (height + 2) * (width + 2));
    }

    /// <summary>What lies beyond the picture's border.</summary>
    public PaddingKind Padding { get; set; }

    /// <summary>Takes a channel of the picture, as the network wants it, and pads it.</summary>
    /// <param name="channel">The network's input channel.</param>
    /// <param name="plane"><c>[height, width]</c>.</param>
    /// <param name="scale">What a value is multiplied with.</param>
    /// <param name="offset">What is added to it then.</param>
    public void Load(int channel, ReadOnlySpan<float> plane, float scale, float offset)
    {
        for (int y = -1; y <= Height; y++)
        {
            var row = new Span<float>(Picture(channel, y, -1), PictureStride);
            if (Padding == PaddingKind.Zero && (y < 0 || y == Height))
            {
                row.Clear();
                continue;
            }
            ReadOnlySpan<float> source = plane.Slice(Reflection.Inside(y, Height) * Width, Width);
            for (int x = 0; x < source.Length; x++)
                row[x + 1] = source[x] * scale + offset;
            row[0] = Padding == PaddingKind.Zero ? 0 : row[1 + Reflection.Inside(-1, Width)];
            row[^1] = Padding == PaddingKind.Zero ? 0 : row[1 + Reflection.Inside(Width, Width)];
        }
    }

    /// <summary>Convolves a stretch of a row, without the ReLU.</summary>
    /// <param name="y">The row.</param>
    /// <param name="x">The first pixel.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="target">Where pixel (y, x) of channel block 0 goes; the others follow, sixteen floats apart.</param>
    /// <param name="blockStride">Floats between two channel blocks of the target.</param>
    /// <param name="worker">The worker.</param>
    public abstract void Forward(int y, int x, int count, float* target, nint blockStride, int worker);

    /// <summary>Adds a stretch of gradient to a partial picture.</summary>
    /// <param name="gradient">Gradient before the ReLU of the stretch's first pixel, channel block 0.</param>
    /// <param name="blockStride">Floats between two channel blocks of the gradient.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="partial">The partial picture at the pixel above and to the left of the first pixel, channel 0.</param>
    /// <param name="rowStride">Floats between two rows of the partial picture.</param>
    /// <param name="planeStride">Floats between two channels of the partial picture.</param>
    /// <param name="worker">The worker.</param>
    public abstract void Backward(
        float* gradient, nint blockStride, int count, float* partial, nint rowStride, nint planeStride, int worker);

    public virtual void Dispose() => _picture.Dispose();
}

/// <inheritdoc/>
internal sealed unsafe class ImageConvolution<TSimd> : ImageConvolution where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int PanelWidth = GemmKernel<TSimd>.PanelWidth;
    private const int ScratchFloats = 1024;

    private readonly NativeBuffer _forward, _backward, _scratch;

    /// <summary>Packs weights.</summary>
    /// <param name="kernel"><c>[outputs, 3, 3, 3]</c>.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    /// <param name="workers">Threads that will call.</param>
    public ImageConvolution(float[] kernel, float[] bias, int workers)
    {
        Outputs = bias.Length;
        int panels = Units.DivideUp(Outputs, PanelWidth);
        _forward = new NativeBuffer(panels * PanelWidth * PanelWidth);           // [panel][27 taps, bias, padding][32]
        _backward = new NativeBuffer(Units.BlocksOf(Outputs) * Lanes * PanelWidth); // [outputs][27 taps, padding]
        _scratch = new NativeBuffer(workers * ScratchFloats);
        for (int output = 0; output < Outputs; output++)
        {
            float* column = _forward.Pointer + output / PanelWidth * PanelWidth * PanelWidth + output % PanelWidth;
            for (int tap = 0; tap < Taps; tap++)
                column[tap * PanelWidth] = _backward.Pointer[output * PanelWidth + tap] = kernel[output * Taps + tap];
            column[Taps * PanelWidth] = bias[output];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(int y, int x, int count, float* target, nint blockStride, int worker)
    {
        float* neighbourhoods = _scratch.Pointer + worker * ScratchFloats;      // [2][pixels][16]
        int panels = Units.DivideUp(Outputs, PanelWidth);
        for (int done = 0; done < count;)
        {
            int pixels = Math.Min(TSimd.GemmRows, count - done);
            for (int pixel = 0; pixel < pixels; pixel++)
                Gather(y, x + done + pixel, neighbourhoods + pixel * Lanes, pixels * Lanes);
            for (int panel = 0; panel < panels; panel++)
            {
                // The second half of the last panel has nowhere to go when the number of blocks is odd.
                var shape = new GemmShape(pixels, PanelWidth / Lanes)
                {
                    BlockStride = pixels * Lanes,
                    ResultBlockStride = blockStride,
                    IsHalf = 2 * panel + 1 == Units.BlocksOf(Outputs),
                };
                GemmKernel<TSimd>.Multiply(
                    shape, neighbourhoods, _forward.Pointer + panel * PanelWidth * PanelWidth,
                    target + 2 * panel * blockStride + done * Lanes);
            }
            done += pixels;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        float* gradient, nint blockStride, int count, float* partial, nint rowStride, nint planeStride, int worker)
    {
        float* shares = _scratch.Pointer + worker * ScratchFloats;              // [2][pixels][16]
        for (int done = 0; done < count;)
        {
            int pixels = Math.Min(TSimd.GemmRows, count - done);
            var shape = new GemmShape(pixels, Units.BlocksOf(Outputs)) { BlockStride = blockStride, ResultBlockStride = pixels * Lanes };
            GemmKernel<TSimd>.Multiply(shape, gradient + done * Lanes, _backward.Pointer, shares);
            for (int pixel = 0; pixel < pixels; pixel++)
                Scatter(shares + pixel * Lanes, pixels * Lanes, partial + done + pixel, rowStride, planeStride);
            done += pixels;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _forward.Dispose();
        _backward.Dispose();
        _scratch.Dispose();
    }

    private void Gather(int y, int x, float* target, nint halfStride)
    {
        int tap = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            float* row = Picture(channel, y - 1, x - 1);
            for (int ky = 0; ky < 3; ky++, row += PictureStride)
            {
                for (int kx = 0; kx < 3; kx++, tap++)
                    target[tap < Lanes ? tap : halfStride + tap - Lanes] = row[kx];
            }
        }
        float* second = target + halfStride;
        second[Taps - Lanes] = 1;
        for (int rest = Taps + 1 - Lanes; rest < Lanes; rest++)
            second[rest] = 0;
    }

    private static void Scatter(float* shares, nint halfStride, float* partial, nint rowStride, nint planeStride)
    {
        int tap = 0;
        for (int channel = 0; channel < 3; channel++, partial += planeStride)
        {
            float* row = partial;
            for (int ky = 0; ky < 3; ky++, row += rowStride)
            {
                for (int kx = 0; kx < 3; kx++, tap++)
                    row[kx] += shares[tap < Lanes ? tap : halfStride + tap - Lanes];
            }
        }
    }
}
