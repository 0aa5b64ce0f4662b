namespace Pastiche.Compute;

/// <summary>
/// The weights of a 3x3 convolution in Winograd's domain, in panels for <see cref="GemmKernel{TSimd}"/>. Channels are padded with
/// zeros to whole blocks.
/// </summary>
internal abstract unsafe class WinogradKernel(int inputs, int outputs) : IDisposable
{
    /// <summary>Columns of a panel: two channel blocks.</summary>
    public const int PanelWidth = 2 * FeatureMap.BlockSize;

    /// <summary>Weights for each pair of channels.</summary>
    protected const int Taps = 9;

    private const int MostForSmall = 256 * 256;

    /// <summary>Channels that go in.</summary>
    public int Inputs => inputs;

    /// <summary>Channels that come out.</summary>
    public int Outputs => outputs;

    /// <summary>
    /// Whether the kernel is small: streamed once for every few tiles. Tiles are large then; the weights of the others at 64 points would
    /// take more memory, and for small maps more time to read, than large tiles save.
    /// </summary>
    public bool IsSmall { get; } = IsSmallOf(inputs, outputs);

    /// <summary>The points at which its weights are known.</summary>
    public WinogradPoints Points { get; } = PointsOf(inputs, outputs);

    /// <summary>Blocks of sixteen input channels.</summary>
    public int InputBlocks => Units.BlocksOf(Inputs);

    /// <summary>Panels of thirty-two output channels.</summary>
    public int Panels => Units.DivideUp(Outputs, PanelWidth);

    /// <summary>Floats of a panel at a point.</summary>
    public int PanelFloats => InputBlocks * FeatureMap.BlockSize * PanelWidth;

    /// <summary>The bias, zero where there is none, padded to whole panels.</summary>
    public abstract float* Bias { get; }

    /// <summary>Floats that a caller must lend for a panel; 0 for none.</summary>
    public abstract int ScratchFloats { get; }

    /// <summary>A panel at a point: <c>[inputs][32]</c>.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="point">Row times the points along a side, plus column.</param>
    /// <param name="scratch"><see cref="ScratchFloats"/> floats, in which the panel may be until they are lent again.</param>
    public abstract float* Panel(int panel, int point, float* scratch);

    /// <summary>Floats that the kernels of a convolution, forward and backward, hold for each of its weights, about.</summary>
    public static double FloatsPerWeight(int inputs, int outputs) =>
        PointsOf(inputs, outputs).Count / (double)Taps * (IsSmallOf(inputs, outputs) ? 2 : 1);

    public abstract void Dispose();

    private static WinogradPoints PointsOf(int inputs, int outputs) => IsSmallOf(inputs, outputs) ? WinogradPoints.Six : WinogradPoints.Four;

    private static bool IsSmallOf(int inputs, int outputs) => (long)inputs * outputs <= MostForSmall;
}
