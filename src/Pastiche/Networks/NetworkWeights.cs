using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>One 3x3 convolution of a network.</summary>
/// <param name="Name">The field's name: <c>conv1_1</c>, <c>conv3_4</c>.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Weights <c>[Outputs, Inputs, 3, 3]</c>.</param>
/// <param name="Bias">Bias <c>[Outputs]</c>.</param>
internal sealed record ConvolutionWeights(string Name, int Inputs, int Outputs, float[] Kernel, float[] Bias);

/// <summary>
/// What a network expects of its input. A plane value <c>v</c> (sRGB, 0 to 1) of channel <c>c</c> enters as
/// <c>(v * Range - Mean[c]) / Deviation[c]</c>.
/// </summary>
/// <param name="Name">The name under which a model file records it: <c>caffe</c> or <c>torchvision</c>.</param>
/// <param name="IsBgr">Whether the network's first input channel is blue. Mean and Deviation are in red, green, blue order regardless.</param>
/// <param name="Range">The value of white before the mean is taken off: 255 or 1.</param>
/// <param name="Mean">Mean of red, green, blue.</param>
/// <param name="Deviation">Standard deviation of red, green, blue.</param>
internal sealed record InputConvention(string Name, bool IsBgr, float Range, float[] Mean, float[] Deviation)
{
    /// <summary>The papers' VGG-19 (Simonyan and Zisserman, Caffe): BGR, 0..255 minus the mean colour.</summary>
    public static InputConvention Caffe { get; } =
        new("caffe", IsBgr: true, Range: 255, Mean: [123.68f, 116.779f, 103.939f], Deviation: [1, 1, 1]);

    /// <summary>torchvision's weights: RGB, 0..1, normalised by ImageNet's mean and deviation.</summary>
    public static InputConvention Torchvision { get; } =
        new("torchvision", IsBgr: false, Range: 1, Mean: [0.485f, 0.456f, 0.406f], Deviation: [0.229f, 0.224f, 0.225f]);

    /// <summary>All conventions that a model file may name.</summary>
    public static IReadOnlyList<InputConvention> All { get; } = [Caffe, Torchvision];
}

/// <summary>A network's convolutions in order from the image, and the input that they expect.</summary>
/// <param name="Input">The input convention.</param>
/// <param name="Convolutions">The convolutions, <c>conv1_1</c> first; a file may end early, and the network then does too.</param>
/// <param name="MeanActivations">
/// Per convolution name, the mean activation after ReLU of each channel over photographs, as measured on these very weights
/// (before any rescaling); <c>null</c> when the file does not carry it.
/// </param>
internal sealed record NetworkWeights(
    InputConvention Input,
    IReadOnlyList<ConvolutionWeights> Convolutions,
    IReadOnlyDictionary<string, float[]>? MeanActivations = null)
{
    /// <summary>What every convolution sees beyond the border, as the network was trained.</summary>
    public PaddingKind Padding { get; init; } = PaddingKind.Zero;

    /// <summary>
    /// Per tap, what differences between its features are worth: <c>D</c> counts as <c>D^T R D</c>, <c>R</c> <c>[channels, channels]</c>
    /// symmetric without negative eigenvalues. A small network that was taught by a larger one carries here which differences the
    /// teacher would see. At a tap without one all channels count alike.
    /// </summary>
    public IReadOnlyDictionary<Tap, float[]> Metrics { get; init; } = new Dictionary<Tap, float[]>();

    /// <summary>Ways back from a tap to the picture, from the shallowest; empty for a network that has none.</summary>
    public IReadOnlyList<DecoderWeights> Decoders { get; init; } = [];

    /// <summary>
    /// The same network without what comes after a convolution, given by its number from the image, from 0, and without the
    /// decoders and metrics of what is cut off.
    /// </summary>
    public NetworkWeights CutAfter(int convolution) => this with
    {
        Convolutions = [.. Convolutions.Take(convolution + 1)],
        Metrics = Metrics.Where(pair => pair.Key.Convolution <= convolution).ToDictionary(),
        Decoders = [.. Decoders.Where(decoder => decoder.From.Convolution <= convolution)],
    };
}
