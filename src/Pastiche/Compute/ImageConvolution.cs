using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// The first convolution, whose three input channels are too few for tiles: it is computed directly. Backward there are two
/// ways. Of a whole map each pixel of the picture gathers its gradient from its neighbourhood; of a rectangle that is only in a
/// core's cache, a matrix product gives each pixel's share in the gradient of its neighbourhood, which is added up in partial
/// pictures and then, in a fixed order, in the picture.
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
            ReadOnlySpan<float> source = plane.Slice(Padding.Inside(y, Height) * Width, Width);
            Span<float> inside = row.Slice(1, Width);
            TensorPrimitives.Multiply(source, scale, inside);
            TensorPrimitives.Add(inside, offset, inside);
            row[0] = Padding == PaddingKind.Zero ? 0 : row[1 + Padding.Inside(-1, Width)];
            row[^1] = Padding == PaddingKind.Zero ? 0 : row[1 + Padding.Inside(Width, Width)];
        }
    }

    /// <summary>Convolves a stretch of a row, without the ReLU.</summary>
    /// <param name="y">The row.</param>
    /// <param name="x">The first pixel.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="target">Where pixel (y, x) of channel block 0 goes; the others follow, sixteen floats apart.</param>
    /// <param name="blockStride">Floats between two channel blocks of the target.</param>
    public abstract void Forward(int y, int x, int count, float* target, nint blockStride);

    /// <summary>Computes a row of the padded picture's gradient, its first and last pixel included.</summary>
    /// <param name="gradient">Gradient before the ReLU, its border zero.</param>
    /// <param name="y">The row, from -1 to the height.</param>
    /// <param name="target">Receives <c>[3][width + 2]</c>, each row rounded up to <see cref="GradientStride"/> floats.</param>
    /// <param name="planeStride">Floats between two channels of the target.</param>
    public abstract void BackwardRow(FeatureMap gradient, int y, float* target, nint planeStride);

    /// <summary>Floats of a row of the padded picture's gradient.</summary>
    public static int GradientStride(int width) => Units.RoundUp(width + 2, 4);

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

    private readonly NativeBuffer _forward, _backward, _places, _scratch;

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
        _places = new NativeBuffer(Units.BlocksOf(Outputs) * Taps * Lanes);      // [block][3 rows][3 columns][3 channels][16]
        _scratch = new NativeBuffer(workers * ScratchFloats);
        for (int output = 0; output < Outputs; output++)
        {
            float* column = _forward.Pointer + output / PanelWidth * PanelWidth * PanelWidth + output % PanelWidth;
            for (int tap = 0; tap < Taps; tap++)
                column[tap * PanelWidth] = _backward.Pointer[output * PanelWidth + tap] = kernel[output * Taps + tap];
            column[Taps * PanelWidth] = bias[output];
            // The gradient that tap t of the kernel made lies opposite to it.
            float* places = _places.Pointer + output / Lanes * Taps * Lanes + output % Lanes;
            for (int tap = 0; tap < Taps; tap++)
                places[((8 - tap % 9) * 3 + tap / 9) * Lanes] = kernel[output * Taps + tap];
        }
    }

    public override void Forward(int y, int x, int count, float* target, nint blockStride)
    {
        int panels = Units.DivideUp(Outputs, PanelWidth);
        for (int panel = 0; panel < panels; panel++)
        {
            ImageKernel<TSimd>.Run(
                Picture(0, y - 1, x - 1), PictureStride, (nint)(Height + 2) * PictureStride, count,
                _forward.Pointer + panel * PanelWidth * PanelWidth, target + 2 * panel * blockStride, blockStride,
                isHalf: 2 * panel + 1 == Units.BlocksOf(Outputs));
        }
    }

    public override void BackwardRow(FeatureMap gradient, int y, float* target, nint planeStride)
    {
        (int First, int End) rows = (Math.Max(0, 1 - y), Math.Min(3, Height + 1 - y));
        for (int x = -1; x <= Width; x += ImageGradientKernel<TSimd>.Pixels, target += ImageGradientKernel<TSimd>.Pixels)
        {
            // Two pixels beyond the map's rows lie border pixels of the neighbouring ones.
            float* first = gradient.Pixel(0, y, x) - gradient.RowStride - Lanes;
            ImageGradientKernel<TSimd>.Run(
                first, gradient.RowStride, gradient.BlockStride, gradient.Blocks, rows, _places.Pointer, target, planeStride);
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
        _places.Dispose();
        _scratch.Dispose();
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
