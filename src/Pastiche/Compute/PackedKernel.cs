using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pastiche.Compute;

/// <summary>Weights that have been transformed and packed once: <c>[outputs / 32][points][inputs][32]</c>.</summary>
internal sealed unsafe class PackedKernel : WinogradKernel
{
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
    public PackedKernel(
        ReadOnlySpan<float> kernel, int inputs, int outputs, ReadOnlySpan<float> bias, bool transposed, WorkerPool pool)
        : base(inputs, outputs)
    {
        (_transposed, _pool, _transform) = (transposed, pool, TransformBlock);
        _weights = new NativeBuffer((long)Panels * Points.Count * PanelFloats);
        _bias = new NativeBuffer(Panels * PanelWidth);
        Load(kernel, bias);
    }

    public override float* Bias => _bias.Pointer;

    public override int ScratchFloats => 0;

    public override float* Panel(int panel, int point, float* scratch) =>
        _weights.Pointer + ((nint)panel * Points.Count + point) * PanelFloats;

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

    public override void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    // A panel of outputs against a block of inputs, in double precision: rounding here would come on top of the convolution's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformBlock(int item, int worker)
    {
        (int panel, int block) = Math.DivRem(item, InputBlocks);
        int side = Points.Side;
        float* taps = stackalloc float[Taps * PanelWidth];
        double* half = stackalloc double[side * 3 * PanelWidth];
        new Span<float>(taps, Taps * PanelWidth).Clear();
        nint pointStride = (nint)InputBlocks * FeatureMap.BlockSize * PanelWidth;
        for (int input = block * FeatureMap.BlockSize; input < Math.Min(Inputs, (block + 1) * FeatureMap.BlockSize); input++)
        {
            Gather(panel * PanelWidth, input, taps);
            float* target = Panel(panel, 0, null) + input * PanelWidth;
            for (int column = 0; column < PanelWidth; column += Vector256<double>.Count)
            {
                for (int j = 0; j < 3; j++)
                {
                    float* tap = taps + j * PanelWidth + column;
                    Vector256<double> a = Widen(tap), b = Widen(tap + 3 * PanelWidth), c = Widen(tap + 6 * PanelWidth);
                    for (int i = 0; i < side; i++)
                        Evaluate(Points.Evaluation(i), a, b, c).Store(half + (3 * i + j) * PanelWidth + column);
                }
                for (int i = 0; i < side; i++)
                {
                    double* values = half + i * 3 * PanelWidth + column;
                    Vector256<double> a = Vector256.Load(values), b = Vector256.Load(values + PanelWidth), c = Vector256.Load(values + 2 * PanelWidth);
                    for (int j = 0; j < side; j++)
                        Narrow(Evaluate(Points.Evaluation(j), a, b, c)).StoreAligned(target + (i * side + j) * pointStride + column);
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
}
