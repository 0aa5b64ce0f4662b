namespace Pastiche.Compute;

/// <summary>
/// The weights of a 3x3 convolution in Winograd's domain, packed for <see cref="GemmKernel{TSimd}"/>:
/// <c>[outputs / 32][36][inputs][32]</c>. Channels are padded with zeros to whole blocks.
/// </summary>
internal sealed unsafe class WinogradKernel : IDisposable
{
    private const int PanelWidth = 2 * FeatureMap.BlockSize;
    private const int Points = 36;

    // G: the kernel's polynomial at 0, +-P, +-Q and infinity, each divided by the derivative of x (x^2 - 1/2)(x^2 - 2) there.
    private static readonly double[,] G = EvaluationMatrix();

    private readonly NativeBuffer _weights;
    private readonly NativeBuffer _bias;

    /// <summary>Transforms weights.</summary>
    /// <param name="kernel"><c>[outputs, inputs, 3, 3]</c>, or <c>[inputs, outputs, 3, 3]</c> when transposed.</param>
    /// <param name="inputs">Channels that go in.</param>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="bias"><c>[outputs]</c>, or empty for none.</param>
    /// <param name="transposed">
    /// Makes the backward pass of a convolution: its kernel rotated by half a turn, with inputs and outputs exchanged.
    /// </param>
    /// <param name="pool">The threads to do it with.</param>
    public WinogradKernel(float[] kernel, int inputs, int outputs, ReadOnlySpan<float> bias, bool transposed, WorkerPool pool)
    {
        (Inputs, Outputs) = (inputs, outputs);
        int depth = InputBlocks * FeatureMap.BlockSize;
        _weights = new NativeBuffer((long)Panels * Points * depth * PanelWidth);
        _bias = new NativeBuffer(Panels * PanelWidth);
        bias.CopyTo(new Span<float>(_bias.Pointer, outputs));
        pool.Run(outputs, (output, _) =>
        {
            double* taps = stackalloc double[9];
            double* half = stackalloc double[18];
            float* target = Panel(output / PanelWidth, 0) + output % PanelWidth;
            for (int input = 0; input < inputs; input++, target += PanelWidth)
            {
                for (int i = 0; i < 9; i++)
                    taps[i] = transposed ? kernel[((long)input * outputs + output) * 9 + 8 - i] : kernel[((long)output * inputs + input) * 9 + i];
                Transform(taps, half, target, (nint)depth * PanelWidth);
            }
        });
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

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    private static void Transform(double* taps, double* half, float* target, nint pointStride)
    {
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 3; j++)
                half[i * 3 + j] = G[i, 0] * taps[j] + G[i, 1] * taps[3 + j] + G[i, 2] * taps[6 + j];
        }
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++, target += pointStride)
                *target = (float)(half[i * 3] * G[j, 0] + half[i * 3 + 1] * G[j, 1] + half[i * 3 + 2] * G[j, 2]);
        }
    }

    private static double[,] EvaluationMatrix()
    {
        double p = Math.Sqrt(0.5), q = Math.Sqrt(2);
        var matrix = new double[6, 3];
        double[] points = [0, p, -p, q, -q];
        for (int i = 0; i < points.Length; i++)
        {
            double x = points[i], derivative = 1;
            for (int j = 0; j < points.Length; j++)
                derivative *= j == i ? 1 : x - points[j];
            for (int power = 0; power < 3; power++)
                matrix[i, power] = Math.Pow(x, power) / derivative;
        }
        matrix[5, 2] = 1;
        return matrix;
    }
}
