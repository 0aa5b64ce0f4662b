using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pastiche.Compute;

/// <summary>
/// The weights of a 3x3 convolution in Winograd's domain, packed for <see cref="GemmKernel{TSimd}"/>:
/// <c>[outputs / 32][36][inputs][32]</c>. Channels are padded with zeros to whole blocks.
/// </summary>
internal sealed unsafe class WinogradKernel : IDisposable
{
    private const int PanelWidth = 2 * FeatureMap.BlockSize;
    private const int Points = 36;
    private const int Taps = 9;

    private readonly NativeBuffer _weights, _bias;
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
        _weights = new NativeBuffer((long)Panels * Points * InputBlocks * FeatureMap.BlockSize * PanelWidth);
        _bias = new NativeBuffer(Panels * PanelWidth);
        Load(kernel, bias);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Blocks of sixteen input channels.</summary>
    public int InputBlocks => Units.BlocksOf(Inputs);

    /// <summary>Panels of thirty-two output channels.</summary>
    public int Panels => Units.DivideUp(Outputs, PanelWidth);

    /// <summary>The bias, zero where there is none, padded to whole panels.</summary>
    public float* Bias => _bias.Pointer;

    /// <summary>A panel at a point: <c>[inputs][32]</c>.</summary>
    public float* Panel(int panel, int point) =>
        _weights.Pointer + ((nint)panel * Points + point) * InputBlocks * FeatureMap.BlockSize * PanelWidth;

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
        float* taps = stackalloc float[Taps * PanelWidth];
        double* half = stackalloc double[6 * 3 * PanelWidth];
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
                    Evaluation line = new(Widen(tap), Widen(tap + 3 * PanelWidth), Widen(tap + 6 * PanelWidth));
                    double* values = half + j * PanelWidth + column;
                    line.AtZero.Store(values);
                    (line.EvenP + line.OddP).Store(values + 3 * PanelWidth);
                    (line.EvenP - line.OddP).Store(values + 6 * PanelWidth);
                    (line.EvenQ + line.OddQ).Store(values + 9 * PanelWidth);
                    (line.EvenQ - line.OddQ).Store(values + 12 * PanelWidth);
                    line.AtInfinity.Store(values + 15 * PanelWidth);
                }
                for (int i = 0; i < 6; i++)
                {
                    double* values = half + i * 3 * PanelWidth + column;
                    Evaluation line = new(
                        Vector256.Load(values), Vector256.Load(values + PanelWidth), Vector256.Load(values + 2 * PanelWidth));
                    float* point = target + i * 6 * pointStride + column;
                    Narrow(line.AtZero).StoreAligned(point);
                    Narrow(line.EvenP + line.OddP).StoreAligned(point + pointStride);
                    Narrow(line.EvenP - line.OddP).StoreAligned(point + 2 * pointStride);
                    Narrow(line.EvenQ + line.OddQ).StoreAligned(point + 3 * pointStride);
                    Narrow(line.EvenQ - line.OddQ).StoreAligned(point + 4 * pointStride);
                    Narrow(line.AtInfinity).StoreAligned(point + 5 * pointStride);
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

    /// <summary>
    /// A polynomial <c>a + b x + c x^2</c> at 0, +-P, +-Q and infinity, each divided by the derivative of
    /// <c>x (x^2 - 1/2) (x^2 - 2)</c> there, which is 1, -3/2 and 6 (Winograd's matrix G). At +-P and +-Q the even and the odd
    /// part are to be added and subtracted.
    /// </summary>
    private readonly ref struct Evaluation(Vector256<double> a, Vector256<double> b, Vector256<double> c)
    {
        private const double P = 0.70710678118654752440, Q = 1.41421356237309504880;    // sqrt(1/2), sqrt(2)

        public Vector256<double> AtZero => a;

        public Vector256<double> EvenP => (a + c * 0.5) * (-1 / 1.5);

        public Vector256<double> OddP => b * (-P / 1.5);

        public Vector256<double> EvenQ => (a + c * 2) * (1 / 6.0);

        public Vector256<double> OddQ => b * (Q / 6);

        public Vector256<double> AtInfinity => c;
    }
}
