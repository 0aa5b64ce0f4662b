using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pastiche.Compute;

/// <summary>
/// The kernel of a convolution's backward pass - rotated by half a turn, inputs and outputs exchanged - that is read from the forward
/// pass's and has no memory of its own. What the rotated weights are at a point, the others are at the inverse point, times a
/// power of two, which costs no rounding. For kernels that are not small: a panel is transposed once for many tiles.
/// </summary>
internal sealed unsafe class RotatedKernel(PackedKernel forward) : WinogradKernel(forward.Outputs, forward.Inputs)
{
    private readonly NativeBuffer _bias = new(Units.RoundUp(forward.Inputs, PanelWidth));

    public override float* Bias => _bias.Pointer;

    public override int ScratchFloats => PanelFloats;

    public override float* Panel(int panel, int point, float* scratch)
    {
        (int row, int column) = Math.DivRem(point, Points.Side);
        ((int inverseRow, float first), (int inverseColumn, float second)) = (Points.Reversed(row), Points.Reversed(column));
        int channels = Math.Min(PanelWidth, forward.InputBlocks * FeatureMap.BlockSize - panel * PanelWidth);
        for (int block = 0; block < InputBlocks; block++)
        {
            (int source, int half) = Math.DivRem(block * FeatureMap.BlockSize, PanelWidth);
            float* values = forward.Panel(source, inverseRow * Points.Side + inverseColumn, null) + panel * PanelWidth * PanelWidth + half;
            Transpose(values, channels, first * second, scratch + block * FeatureMap.BlockSize * PanelWidth);
        }
        return scratch;
    }

    public override void Dispose() => _bias.Dispose();

    /// <summary>Sixteen columns of as many rows as there are channels become rows, of 32 floats each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, int channels, float factor, float* target)
    {
        Vector128<float> scale = Vector128.Create(factor);
        for (int channel = 0; channel < channels; channel += 4)
        {
            for (int column = 0; column < FeatureMap.BlockSize; column += 4)
            {
                float* from = source + channel * PanelWidth + column, to = target + column * PanelWidth + channel;
                Vector128<float> a = Vector128.Load(from) * scale, b = Vector128.Load(from + PanelWidth) * scale;
                Vector128<float> c = Vector128.Load(from + 2 * PanelWidth) * scale, d = Vector128.Load(from + 3 * PanelWidth) * scale;
                Vector128<float> ac = Low(a, c), bd = Low(b, d);
                Low(ac, bd).Store(to);
                High(ac, bd).Store(to + PanelWidth);
                (ac, bd) = (High(a, c), High(b, d));
                Low(ac, bd).Store(to + 2 * PanelWidth);
                High(ac, bd).Store(to + 3 * PanelWidth);
            }
        }
    }

    // a0 b0 a1 b1
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    // a2 b2 a3 b3
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
