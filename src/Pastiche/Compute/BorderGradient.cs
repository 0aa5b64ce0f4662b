namespace Pastiche.Compute;

/// <summary>
/// What the gradient of a 3x3 convolution that was padded by reflection (or circularly) has beyond that of one that was padded with
/// zeros. The padded input's outermost ring was computed from, too, and its gradient belongs to the pixels that were copied there. The
/// backward convolution gives the inside, this class adds the ring: a few pixels of work for each pixel of the border.
/// </summary>
internal abstract class BorderGradient : IDisposable
{
    /// <summary>Takes new weights into the memory at hand.</summary>
    /// <param name="kernel">The forward convolution's, <c>[outputs, inputs, 3, 3]</c>.</param>
    public abstract void Load(ReadOnlySpan<float> kernel);

    /// <summary>Adds the ring's gradient to what the backward convolution gave.</summary>
    /// <param name="gradient">The gradient at the convolution's output, <c>[outputs, height, width]</c>, its border zero.</param>
    /// <param name="sink">The sink that the backward convolution of this gradient has just filled.</param>
    /// <param name="padding">The padding: which pixels the ring was copied from. Not with zeros.</param>
    public abstract void Add(FeatureMap gradient, GradientSink sink, PaddingKind padding = PaddingKind.Reflection);

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed unsafe class BorderGradient<TSimd> : BorderGradient where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int PanelWidth = GemmKernel<TSimd>.PanelWidth;
    private const int Taps = 9;

    // Taps of the kernel by the pixel that they look at, [3][3].
    private const int TopLeft = 0, TopRight = 2, BottomLeft = 6, BottomRight = 8;
    private const int NextColumn = 1, NextRow = 3;

    private readonly int _inputs, _outputs;
    private readonly WorkerPool _pool;
    private readonly NativeBuffer _weights, _shares;    // [inputs / 32][9][outputs][32] and [worker][2][pixels][16]
    private readonly NativeBuffer _columns = new();     // [left, right][outputs / 16][height + 2][16]
    private readonly Action<int, int> _pack, _addPanel;

    private float* _kernel;
    private FeatureMap _gradient = null!;
    private GradientSink _sink = null!;
    private PaddingKind _padding;

    /// <summary>Packs weights.</summary>
    /// <param name="kernel">The forward convolution's, <c>[outputs, inputs, 3, 3]</c>.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="pool">The threads to compute with.</param>
    public BorderGradient(ReadOnlySpan<float> kernel, int inputs, int outputs, WorkerPool pool)
    {
        (_inputs, _outputs, _pool, _pack, _addPanel) = (inputs, outputs, pool, Pack, AddPanel);
        _weights = new NativeBuffer(Panels * Taps * TapFloats);
        _shares = new NativeBuffer(pool.Count * TSimd.GemmRows * PanelWidth);
        Load(kernel);
    }

    private int Panels => Units.DivideUp(_inputs, PanelWidth);

    private int OutputBlocks => Units.BlocksOf(_outputs);

    private nint TapFloats => (nint)OutputBlocks * Lanes * PanelWidth;

    private nint ColumnStride => (nint)(_gradient.Height + 2) * Lanes;

    public override void Load(ReadOnlySpan<float> kernel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(kernel.Length, _inputs * _outputs * Taps, nameof(kernel));
        fixed (float* values = kernel)
        {
            _kernel = values;
            _pool.Run(Panels, _pack);
        }
    }

    public override void Add(FeatureMap gradient, GradientSink sink, PaddingKind padding = PaddingKind.Reflection)
    {
        (_gradient, _sink, _padding) = (gradient, sink, padding);
        _columns.Reserve(2 * OutputBlocks * ColumnStride);
        CopyColumn(0, 0);
        CopyColumn(1, gradient.Width - 1);
        _pool.Run(Panels, _addPanel);
    }

    public override void Dispose()
    {
        _weights.Dispose();
        _shares.Dispose();
        _columns.Dispose();
    }

    private float* Weights(int panel, int tap) => _weights.Pointer + (panel * Taps + tap) * TapFloats;

    private float* Column(int side) => _columns.Pointer + side * OutputBlocks * ColumnStride;

    private void Pack(int panel, int worker)
    {
        int first = panel * PanelWidth, count = Math.Min(PanelWidth, _inputs - first);
        for (int output = 0; output < _outputs; output++)
        {
            float* source = _kernel + ((nint)output * _inputs + first) * Taps;
            float* target = Weights(panel, 0) + (nint)output * PanelWidth;
            for (int input = 0; input < count; input++, source += Taps)
            {
                for (int tap = 0; tap < Taps; tap++)
                    target[tap * TapFloats + input] = source[tap];
            }
        }
    }

    // The product wants neighbours sixteen floats apart, as they are in a row.
    private void CopyColumn(int side, int x)
    {
        for (int block = 0; block < OutputBlocks; block++)
        {
            float* target = Column(side) + block * ColumnStride, source = _gradient.Pixel(block, -1, x);
            for (int y = -1; y <= _gradient.Height; y++, source += _gradient.RowStride, target += Lanes)
                new ReadOnlySpan<float>(source, Lanes).CopyTo(new Span<float>(target, Lanes));
        }
    }

    // A panel of inputs belongs to one worker, which adds the ring's pixels in a fixed order.
    private void AddPanel(int panel, int worker)
    {
        FeatureMap map = _gradient;
        int height = map.Height, width = map.Width;
        int top = _padding.Inside(-1, height), bottom = _padding.Inside(height, height);
        int left = _padding.Inside(-1, width), right = _padding.Inside(width, width);

        Row(map.Pixel(0, 0, -1), TopLeft, top);
        Row(map.Pixel(0, height - 1, -1), BottomLeft, bottom);
        Column(this.Column(0), TopLeft, left);
        Column(this.Column(1), TopRight, right);
        Corner(map.Pixel(0, 0, 0), TopLeft, top, left);
        Corner(map.Pixel(0, 0, width - 1), TopRight, top, right);
        Corner(map.Pixel(0, height - 1, 0), BottomLeft, bottom, left);
        Corner(map.Pixel(0, height - 1, width - 1), BottomRight, bottom, right);

        void Row(float* line, int tap, int y) => AddStretch(
            panel, worker, new Stretch(line, map.BlockStride, width) { FirstTap = tap, TapStep = NextColumn, Taps = 3, Y = y, StepX = 1 });

        void Column(float* line, int tap, int x) => AddStretch(
            panel, worker, new Stretch(line, ColumnStride, height) { FirstTap = tap, TapStep = NextRow, Taps = 3, X = x, StepY = 1 });

        void Corner(float* pixel, int tap, int y, int x) =>
            AddStretch(panel, worker, new Stretch(pixel, map.BlockStride, 1) { FirstTap = tap, Taps = 1, Y = y, X = x });
    }

    private void AddStretch(int panel, int worker, Stretch stretch)
    {
        float* shares = _shares.Pointer + (nint)worker * TSimd.GemmRows * PanelWidth;
        for (int done = 0, rows; done < stretch.Length; done += rows)
        {
            rows = Math.Min(TSimd.GemmRows, stretch.Length - done);
            for (int tap = 0; tap < stretch.Taps; tap++)
            {
                // A ring pixel under tap t of the kernel is that much behind the kernel's centre.
                float* source = stretch.Line + (done + stretch.Taps - 1 - tap) * Lanes;
                var shape = new GemmShape(rows, OutputBlocks)
                {
                    BlockStride = stretch.BlockStride,
                    ResultBlockStride = rows * Lanes,
                    IsHalf = panel * PanelWidth + Lanes >= _inputs,
                    Accumulate = tap > 0,
                };
                GemmKernel<TSimd>.Multiply(shape, source, Weights(panel, stretch.FirstTap + tap * stretch.TapStep), shares);
            }
            for (int half = 0; half < 2 && (2 * panel + half) * Lanes < _inputs; half++)
            {
                for (int row = 0; row < rows; row++)
                {
                    _sink.Add(
                        shares + (half * rows + row) * Lanes, 2 * panel + half,
                        stretch.Y + (done + row) * stretch.StepY, stretch.X + (done + row) * stretch.StepX);
                }
            }
        }
    }

    /// <summary>Pixels of the ring, the gradients that they come from, and the pixels that they copy.</summary>
    private readonly struct Stretch(float* line, nint blockStride, int length)
    {
        /// <summary>Where the first pixel's last tap looks; neighbours are sixteen floats apart.</summary>
        public float* Line => line;

        /// <summary>Floats between two channel blocks of the line.</summary>
        public nint BlockStride => blockStride;

        public int Length => length;

        public int Taps { get; init; }

        public int FirstTap { get; init; }

        public int TapStep { get; init; }

        public int Y { get; init; }

        public int X { get; init; }

        public int StepY { get; init; }

        public int StepX { get; init; }
    }
}
