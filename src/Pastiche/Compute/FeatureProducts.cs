using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <inheritdoc/>
internal sealed unsafe class FeatureProducts<TSimd> : IFeatureProducts where TSimd : struct, ISimd<TSimd>
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int PanelWidth = GemmKernel<TSimd>.PanelWidth;

    // Stretches of pixels are summed separately and then in order: their number is fixed so that threads do not matter.
    private const int Stretches = 16;

    // Fewer than that are not cut into stretches: 16 sums of 512 x 512 products would cost more than the products.
    private const int FewPixels = 2048;

    // Pixels of all channels that are walked at a time: 128 KiB stay in the second-level cache for all pairs of blocks.
    private const int ChunkFloats = 32 << 10;
    private const int RowPixels = 48;

    // Pixels that are added up before their sum goes into double precision.
    private const int PixelsInSinglePrecision = 256;

    private readonly WorkerPool _pool;
    private readonly NativeBuffer _sums = new();        // [stretch][block i][block j >= i, rounded to pairs][16][16]
    private readonly NativeBuffer _panels = new();      // [outputs / 32][inputs][32]
    private readonly NativeBuffer _rows = new();        // [worker][block of a panel][pixels][16]
    private readonly NativeBuffer _offset = new();      // [channels]
    private readonly double[] _partials = new double[Stretches];
    private readonly Action<int, int> _sumStretch, _sumBlock, _sumChannelsOfStretch, _reduce, _addProductRow, _addRow, _squareStretch, _addDifferenceRow;

    private FeatureMap _map = null!, _reference = null!, _target = null!;
    private float[] _matrix = [];
    private ReadOnlyMemory<float> _shares;
    private double[] _channelSums = [];                 // [stretch][channels]
    private float _factor;
    private bool _onlyPositive, _hasOffset;
    private int _top, _gramStretches;

    public FeatureProducts(WorkerPool pool)
    {
        _pool = pool;
        (_sumStretch, _sumBlock, _sumChannelsOfStretch, _reduce) = (SumStretch, SumBlock, SumChannelsOfStretch, Reduce);
        (_addProductRow, _addRow) = (AddProductRow, AddRow);
        (_squareStretch, _addDifferenceRow) = (SquareStretch, AddDifferenceRow);
    }

    private static int PairsOf(int blocks) => Units.DivideUp(blocks, 2);

    public void Gram(FeatureMap map, float[] gram)
    {
        (_map, _matrix) = (map, gram);
        // What few pixels give is too little for sums of their own: there, threads share the rows of the one sum.
        _gramStretches = map.PaddedPixels < FewPixels ? 1 : Stretches;
        _sums.Reserve(_gramStretches * SumsOf(map.Blocks));
        if (_gramStretches == 1)
            _pool.Run(map.Blocks, _sumBlock);
        else
            _pool.Run(Stretches, _sumStretch);
        _pool.Run(map.Blocks, _reduce);
    }

    public void Sum(FeatureMap map, double[] sums)
    {
        _map = map;
        int length = map.Blocks * Lanes;
        if (_channelSums.Length != Stretches * length)
            _channelSums = new double[Stretches * length];
        _pool.Run(Stretches, _sumChannelsOfStretch);
        for (int channel = 0; channel < map.Channels; channel++)
        {
            sums[channel] = 0;
            for (int stretch = 0; stretch < Stretches; stretch++)
                sums[channel] += _channelSums[stretch * length + channel];
        }
    }

    public void AddProduct(
        float[] matrix, FeatureMap map, FeatureMap target, bool onlyPositive, int top = 0, double[]? offset = null,
        ReadOnlyMemory<float> shares = default)
    {
        (_map, _target, _onlyPositive, _top, _hasOffset, _shares) = (map, target, onlyPositive, top, offset is not null, shares);
        Pack(matrix, map);
        if (offset is not null)
        {
            _offset.Reserve(map.Blocks * Lanes);
            for (int channel = 0; channel < map.Blocks * Lanes; channel++)
                _offset.Pointer[channel] = channel < map.Channels ? (float)offset[channel] : 0;
        }
        _rows.Reserve(_pool.Count * 2L * RowPixels * Lanes);
        _pool.Run(map.Height, _addProductRow);
    }

    public void Add(FeatureMap addend, FeatureMap map, FeatureMap target, bool onlyPositive)
    {
        (_map, _reference, _target, _onlyPositive) = (map, addend, target, onlyPositive);
        _pool.Run(map.Height, _addRow);
    }

    public double SquaredDistance(FeatureMap map, FeatureMap reference)
    {
        (_map, _reference) = (map, reference);
        _pool.Run(Stretches, _squareStretch);
        return _partials.Sum();
    }

    public void AddDifference(float factor, FeatureMap map, FeatureMap reference, FeatureMap target, bool onlyPositive)
    {
        (_factor, _map, _reference, _target, _onlyPositive) = (factor, map, reference, target, onlyPositive);
        _pool.Run(map.Height, _addDifferenceRow);
    }

    public void Dispose()
    {
        _sums.Dispose();
        _panels.Dispose();
        _rows.Dispose();
        _offset.Dispose();
    }

    private static nint SumsOf(int blocks) => (nint)blocks * (2 * PairsOf(blocks)) * Lanes * Lanes;

    // The border and the padding are zero, so a block is one line of pixels.
    private (int Start, int End) StretchOf(int stretch)
    {
        long pixels = _map.PaddedPixels;
        return ((int)(pixels * stretch / Stretches), (int)(pixels * (stretch + 1) / Stretches));
    }

    private void SumStretch(int stretch, int worker)
    {
        FeatureMap map = _map;
        float* sums = _sums.Pointer + stretch * SumsOf(map.Blocks);
        new Span<float>(sums, checked((int)SumsOf(map.Blocks))).Clear();
        (int start, int end) = StretchOf(stretch);
        int chunk = Math.Max(Lanes, ChunkFloats / (map.Blocks * Lanes));
        for (int pixel = start; pixel < end; pixel += chunk)
        {
            for (int i = 0; i < map.Blocks; i++)
                AddBlock(sums, i, pixel, Math.Min(chunk, end - pixel));
        }
    }

    private void SumBlock(int i, int worker)
    {
        nint row = SumsOf(_map.Blocks) / _map.Blocks;
        new Span<float>(_sums.Pointer + i * row, checked((int)row)).Clear();
        AddBlock(_sums.Pointer, i, 0, _map.PaddedPixels);
    }

    private void AddBlock(float* sums, int i, int pixel, int pixels)
    {
        FeatureMap map = _map;
        float* first = map.Start + (nint)pixel * Lanes;
        for (int pair = i / 2; pair < PairsOf(map.Blocks); pair++)
        {
            // Where only one block of a pair is wanted - the last one of an odd number, or the diagonal's when the one
            // before it is known by symmetry - it is paired with itself; the other's sums are not read.
            int j = Math.Max(i, 2 * pair);
            bool isAlone = j + 1 == map.Blocks || j % 2 == 1;
            float* left = first + j * map.BlockStride, right = isAlone ? left : left + map.BlockStride;
            float* target = sums + ((nint)i * 2 * PairsOf(map.Blocks) + j) * Lanes * Lanes;
            float* other = target + (j % 2 == 1 ? -1 : 1) * Lanes * Lanes;
            GramKernel<TSimd>.Add(first + i * map.BlockStride, left, right, pixels, target, other);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumChannelsOfStretch(int stretch, int worker)
    {
        (int start, int end) = StretchOf(stretch);
        float* lanes = stackalloc float[2 * Lanes];
        lanes = (float*)(((nint)lanes + 63) & ~63);      // for stores of whole vectors
        for (int block = 0; block < _map.Blocks; block++)
        {
            Span<double> sums = _channelSums.AsSpan((stretch * _map.Blocks + block) * Lanes, Lanes);
            sums.Clear();
            for (int pixel = start; pixel < end; pixel += PixelsInSinglePrecision)
            {
                int floats = Math.Min(PixelsInSinglePrecision, end - pixel) * Lanes;
                float* first = _map.Start + block * _map.BlockStride + (nint)pixel * Lanes;
                for (int lane = 0; lane < Lanes; lane += TSimd.Count)
                {
                    TSimd sum = TSimd.Zero;
                    for (int i = lane; i < floats; i += Lanes)
                        sum += TSimd.Load(first + i);
                    TSimd.Store(sum, lanes + lane);
                }
                for (int lane = 0; lane < Lanes; lane++)
                    sums[lane] += lanes[lane];
            }
        }
    }

    private void Reduce(int i, int worker)
    {
        int channels = _map.Channels, blocks = _map.Blocks;
        for (int j = i; j < blocks; j++)
        {
            for (int row = 0; row < Lanes && i * Lanes + row < channels; row++)
            {
                for (int column = 0; column < Lanes && j * Lanes + column < channels; column++)
                {
                    float* sum = _sums.Pointer + (((nint)i * 2 * PairsOf(blocks) + j) * Lanes + row) * Lanes + column;
                    double total = 0;
                    for (int stretch = 0; stretch < _gramStretches; stretch++)
                        total += sum[stretch * SumsOf(blocks)];
                    int a = i * Lanes + row, b = j * Lanes + column;
                    _matrix[a * channels + b] = _matrix[b * channels + a] = (float)total;
                }
            }
        }
    }

    private void Pack(float[] matrix, FeatureMap map)
    {
        int channels = map.Channels;
        nint panelFloats = (nint)map.Blocks * Lanes * PanelWidth;
        _panels.Reserve(Units.DivideUp(channels, PanelWidth) * panelFloats);
        new Span<float>(_panels.Pointer, checked((int)(Units.DivideUp(channels, PanelWidth) * panelFloats))).Clear();
        for (int panel = 0; panel * PanelWidth < channels; panel++)
        {
            int width = Math.Min(PanelWidth, channels - panel * PanelWidth);
            for (int input = 0; input < channels; input++)
            {
                matrix.AsSpan(input * channels + panel * PanelWidth, width)
                    .CopyTo(new Span<float>(_panels.Pointer + panel * panelFloats + input * PanelWidth, width));
            }
        }
    }

    private void AddProductRow(int y, int worker)
    {
        FeatureMap map = _map;
        float* product = _rows.Pointer + (nint)worker * 2 * RowPixels * Lanes;
        nint panelFloats = (nint)map.Blocks * Lanes * PanelWidth;
        for (int x = 0; x < map.Width; x += RowPixels)
        {
            int pixels = Math.Min(RowPixels, map.Width - x);
            for (int panel = 0; panel < PairsOf(map.Blocks); panel++)
            {
                for (int done = 0, rows; done < pixels; done += rows)
                {
                    rows = Math.Min(TSimd.GemmRows, pixels - done);
                    var shape = new GemmShape(rows, map.Blocks)
                    {
                        BlockStride = map.BlockStride,
                        ResultBlockStride = RowPixels * Lanes,
                        IsHalf = 2 * panel + 1 == map.Blocks,
                    };
                    GemmKernel<TSimd>.Multiply(
                        shape, map.Pixel(0, y, x + done), _panels.Pointer + panel * panelFloats, product + done * Lanes);
                }
                for (int half = 0; half < 2 && 2 * panel + half < map.Blocks; half++)
                {
                    int block = 2 * panel + half;
                    if (_hasOffset)
                        AddOffset(product + half * RowPixels * Lanes, block, y * map.Width + x, pixels);
                    AddKept(product + half * RowPixels * Lanes, map.Pixel(block, y, x), _target.Pixel(block, _top + y, x), pixels * Lanes);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOffset(float* product, int block, int firstPixel, int pixels)
    {
        ReadOnlySpan<float> shares = _shares.Span;
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            TSimd offset = TSimd.Load(_offset.Pointer + block * Lanes + lane);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                float* target = product + pixel * Lanes + lane;
                TSimd share = TSimd.Broadcast(shares.IsEmpty ? 1 : shares[firstPixel + pixel]);
                TSimd.Store(TSimd.MultiplyAdd(offset, share, TSimd.Load(target)), target);
            }
        }
    }

    private void AddRow(int y, int worker)
    {
        for (int block = 0; block < _map.Blocks; block++)
            AddKept(_reference.Pixel(block, y, 0), _map.Pixel(block, y, 0), _target.Pixel(block, y, 0), _map.Width * Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddKept(float* source, float* features, float* target, int count)
    {
        bool onlyPositive = _onlyPositive;
        for (int i = 0; i < count; i += TSimd.Count)
        {
            TSimd value = TSimd.Load(source + i);
            if (onlyPositive)
                value = TSimd.KeepWherePositive(TSimd.Load(features + i), value);
            TSimd.Store(TSimd.Load(target + i) + value, target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquareStretch(int stretch, int worker)
    {
        (int start, int end) = StretchOf(stretch);
        double total = 0;
        for (int block = 0; block < _map.Blocks; block++)
        {
            for (int pixel = start; pixel < end; pixel += ChunkFloats / Lanes)
            {
                int count = Math.Min(ChunkFloats / Lanes, end - pixel) * Lanes;
                float* a = _map.Start + block * _map.BlockStride + (nint)pixel * Lanes;
                float* b = _reference.Start + block * _reference.BlockStride + (nint)pixel * Lanes;
                TSimd sum = TSimd.Zero;
                for (int i = 0; i < count; i += TSimd.Count)
                {
                    TSimd difference = TSimd.Load(a + i) - TSimd.Load(b + i);
                    sum = TSimd.MultiplyAdd(difference, difference, sum);
                }
                total += TSimd.Sum(sum);
            }
        }
        _partials[stretch] = total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDifferenceRow(int y, int worker)
    {
        TSimd factor = TSimd.Broadcast(_factor);
        bool onlyPositive = _onlyPositive;
        for (int block = 0; block < _map.Blocks; block++)
        {
            float* a = _map.Pixel(block, y, 0), b = _reference.Pixel(block, y, 0), target = _target.Pixel(block, y, 0);
            for (int i = 0; i < _map.Width * Lanes; i += TSimd.Count)
            {
                TSimd value = TSimd.Load(a + i);
                TSimd gradient = (value - TSimd.Load(b + i)) * factor;
                if (onlyPositive)
                    gradient = TSimd.KeepWherePositive(value, gradient);
                TSimd.Store(TSimd.Load(target + i) + gradient, target + i);
            }
        }
    }
}
