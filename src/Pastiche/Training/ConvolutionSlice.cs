namespace Pastiche.Training;

/// <summary>One convolution's numbers within the array of all parameters: the kernel, then the bias.</summary>
/// <param name="Name">The name under which a file stores it: <c>conv1_1</c>, <c>decoder3.conv3_1</c>, <c>readout.relu3_1</c>.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Taps">Pixels of the kernel: 9 (3x3) or 1 (1x1).</param>
/// <param name="Start">Where the numbers begin.</param>
internal sealed record ConvolutionSlice(string Name, int Inputs, int Outputs, int Taps, int Start)
{
    private int KernelLength => Outputs * Inputs * Taps;

    /// <summary>Numbers in all.</summary>
    public int Length => KernelLength + Outputs;

    /// <summary>Where the numbers lie.</summary>
    public Range Range => Start..(Start + Length);

    /// <summary>The kernel <c>[outputs, inputs, 3, 3]</c> or <c>[outputs, inputs]</c>.</summary>
    public Span<float> Kernel(Span<float> parameters) => parameters.Slice(Start, KernelLength);

    /// <summary>The bias <c>[outputs]</c>.</summary>
    public Span<float> Bias(Span<float> parameters) => parameters.Slice(Start + KernelLength, Outputs);
}
