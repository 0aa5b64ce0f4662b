using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pastiche.Compute;

/// <summary>
/// The weights of a 3x3 convolution in Winograd's domain, packed for <see cref="GemmKernel{TSimd}"/>:
/// <c>[outputs / 32][points][inputs][32]</c>. Channels are padded with zeros to whole blocks.
/// </summary>
internal sealed unsafe class WinogradKernel : IDisposable
{
    private const int PanelWidth = 2 * FeatureMap.BlockSize;
    private const double SquareRootOfTwo = 1.41421356237309504880;
    private const int Taps = 9;
    private static readonly int LargestForLargeTiles = int.Parse(Environment.GetEnvironmentVariable("T_LARGE") ?? "131072");

    // In the order of the transforms' results, infinity left out.
    private static readonly double[] Four = EvaluationAt([0, SquareRootOfTwo / 2, -SquareRootOfTwo / 2, SquareRootOfTwo, -SquareRootOfTwo]);
    private static readonly double[] Six = EvaluationAt([0, 0.5, -0.5, 1, -1, 2, -2]);

    private readonly NativeBuffer _weights, _bias;
    private readonly double[] _evaluation;
    private readonly bool _transposed;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _transform;

    private float* _kernel;

    /// <summary>Transforms weights.</summary>
    /// <param name="kernel"><c>[outputs, inputs, 3, 3]</c>, or <c>[inputs, outputs, 3, 3]</c> when transposed.</param>
    /// <param name="inputs">Channels that go in.</param>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="bias"><c>[outputs]</c>, or empty for none.</param>
    /// <param name="transposed">
    /// Makes the backward pass of a convolution: its kernel rotated by half a turn, with inputs and outputs exchanged.
    /// </param>
    /// <param name="pool">The threads to do it with.</param>
    public WinogradKernel(
        ReadOnlySpan<float> kernel, int inputs, int outputs, ReadOnlySpan<float> bias, bool transposed, WorkerPool pool)
    {
        (Inputs, Outputs, _transposed, _pool, _transform) = (inputs, outputs, transposed, pool, TransformBlock);
        TileSize = TileSizeOf(inputs, outputs);
        _evaluation = TileSize == Units.TileSize ? Six : Four;
        _weights = new NativeBuffer((long)Panels * Points * InputBlocks * FeatureMap.BlockSize * PanelWidth);
        _bias = new NativeBuffer(Panels * PanelWidth);
        Load(kernel, bias);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Output pixels of a tile along a side: <see cref="Units.TileSize"/> or <see cref="Units.SmallTileSize"/>.</summary>
    public int TileSize { get; }

    private int Points => (TileSize + 2) * (TileSize + 2);

    /// <summary>Blocks of sixteen input channels.</summary>
    public int InputBlocks => Units.BlocksOf(Inputs);

    /// <summary>Panels of thirty-two output channels.</summary>
    public int Panels => Units.DivideUp(Outputs, PanelWidth);

    /// <summary>The bias, zero where there is none, padded to whole panels.</summary>
    public float* Bias => _bias.Pointer;

    /// <summary>A panel at a point: <c>[inputs][32]</c>.</summary>
    public float* Panel(int panel, int point) =>
        _weights.Pointer + ((nint)panel * Points + point) * InputBlocks * FeatureMap.BlockSize * PanelWidth;

    /// <summary>Tiles of a convolution: small ones where weights at 64 points would cost more memory, and more time to read, than larger tiles save.</summary>
    public static int TileSizeOf(int inputs, int outputs) =>
        (long)inputs * outputs <= LargestForLargeTiles ? Units.TileSize : Units.SmallTileSize;

    /// <summary>Takes new weights into the memory at hand, as training does at every step.</summary>
    /// <param name="kernel">Weights in the constructor's order.</param>
    /// <param name="bias"><c>[outputs]</c>, or empty for none.</param>
    public void Load(ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(kernel.Length, Inputs * Outputs * Taps, nameof(kernel));
        var offsets = new Span<float>(_bias.Pointer, Outputs);
        offsets.Clear();
        bias.CopyTo(offsets);
        fixed (float* values = kernel)
        {
            _kernel = values;
            _pool.Run(Panels * InputBlocks, _transform);
        }
    }

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    // A panel of outputs against a block of inputs, in double precision: rounding here would come on top of the convolution's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformBlock(int item, int worker)
    {
        (int panel, int block) = Math.DivRem(item, InputBlocks);
        int side = TileSize + 2;
        ReadOnlySpan<double> evaluation = _evaluation;
        float* taps = stackalloc float[Taps * PanelWidth];
        double* half = stackalloc double[side * 3 * PanelWidth];
        new Span<float>(taps, Taps * PanelWidth).Clear();
        nint pointStride = (nint)InputBlocks * FeatureMap.BlockSize * PanelWidth;
        for (int input = block * FeatureMap.BlockSize; input < Math.Min(Inputs, (block + 1) * FeatureMap.BlockSize); input++)
        {
            Gather(panel * PanelWidth, input, taps);
            float* target = Panel(panel, 0) + input * PanelWidth;
            for (int column = 0; column < PanelWidth; column += Vector256<double>.Count)
            {
                for (int j = 0; j < 3; j++)
                {
                    float* tap = taps + j * PanelWidth + column;
                    Vector256<double> a = Widen(tap), b = Widen(tap + 3 * PanelWidth), c = Widen(tap + 6 * PanelWidth);
                    for (int i = 0; i < side; i++)
                        Evaluate(evaluation.Slice(3 * i, 3), a, b, c).Store(half + (3 * i + j) * PanelWidth + column);
                }
                for (int i = 0; i < side; i++)
                {
                    double* values = half + i * 3 * PanelWidth + column;
                    Vector256<double> a = Vector256.Load(values), b = Vector256.Load(values + PanelWidth), c = Vector256.Load(values + 2 * PanelWidth);
                    for (int j = 0; j < side; j++)
                        Narrow(Evaluate(evaluation.Slice(3 * j, 3), a, b, c)).StoreAligned(target + (i * side + j) * pointStride + column);
                }
            }
        }
    }

    /// <summary>Collects the taps of an input for a panel of outputs: <c>[9][32]</c>.</summary>
    private void Gather(int firstOutput, int input, float* taps)
    {
        int count = Math.Min(PanelWidth, Outputs - firstOutput);
        float* source = _kernel + (_transposed ? (nint)input * Outputs + firstOutput : (nint)firstOutput * Inputs + input) * Taps;
        nint stride = _transposed ? Taps : (nint)Inputs * Taps;
        for (int column = 0; column < count; column++, source += stride)
        {
            for (int tap = 0; tap < Taps; tap++)
                taps[tap * PanelWidth + column] = source[_transposed ? Taps - 1 - tap : tap];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* values)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(Vector128.Load(values));
        return Vector256.Create(lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Narrow(Vector256<double> values) => Vector128.Narrow(values.GetLower(), values.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Evaluate(ReadOnlySpan<double> row, Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        a * row[0] + b * row[1] + c * row[2];

    /// <summary>
    /// Winograd's matrix G, <c>[points][3]</c>: a polynomial <c>a + b x + c x^2</c> at each point, divided by the derivative there of the
    /// polynomial that all points are the roots of; its last row is infinity's.
    /// </summary>
    private static double[] EvaluationAt(ReadOnlySpan<double> points)
    {
        var rows = new double[3 * (points.Length + 1)];
        for (int i = 0; i < points.Length; i++)
        {
            double derivative = 1;
            for (int j = 0; j < points.Length; j++)
                derivative *= j == i ? 1 : points[i] - points[j];
            for (int power = 0; power < 3; power++)
                rows[3 * i + power] = Math.Pow(points[i], power) / derivative;
        }
        rows[^1] = 1;
        return rows;
    }
}
