using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Autoencoders;

/// <summary>
/// The peer: the networks of Collaborative Distillation (Wang et al., CVPR 2020), VGG-19 compressed sixteenfold, a pair of an
/// encoder and a decoder of its own for each level. A 1x1 convolution takes RGB to BGR * 255 - mean; then come 3x3 convolutions
/// padded by reflection, each with a ReLU. The decoder's last has one too; ours has none, which is the same once negative values
/// are clamped. The <c>*_aux</c> layers served their training alone.
/// </summary>
internal static class DistilledNetworks
{
    /// <summary>What tables and file names call them.</summary>
    public const string Name = "distilled16x";

    private const int Levels = 5, Colours = 3;

    /// <summary>Reads the pairs, level 1 first; each is a network with one decoder.</summary>
    /// <param name="folder">The folder with <c>encoder1.safetensors</c> and so on.</param>
    /// <exception cref="InvalidInputException">A file cannot be read.</exception>
    public static IReadOnlyList<NetworkWeights> Read(string folder) =>
        [.. Enumerable.Range(1, Levels).Select(level => Read(folder, level))];

    private static NetworkWeights Read(string folder, int level)
    {
        using TensorFile encoder = TensorFile.Open(Path.Combine(folder, $"encoder{level}.safetensors"));
        using TensorFile decoder = TensorFile.Open(Path.Combine(folder, $"decoder{level}.safetensors"));
        List<ConvolutionWeights> convolutions = ReadChain(
            encoder, Vgg19.Names.Take(Vgg19.FirstTapOf(level).Convolution + 1), Colours);
        convolutions[0] = Fold(encoder.Read("conv0.weight"), encoder.Read("conv0.bias"), convolutions[0]);
        var network = new NetworkWeights(InputConvention.Caffe, convolutions)
        {
            Padding = Compute.PaddingKind.Reflection,
            Decoders = [new DecoderWeights(level, ReadChain(decoder, DecoderWeights.Names(level), convolutions[^1].Outputs))],
        };
        return BenchmarkNetwork.WithUntouchedInput(network);
    }

    // The field's conv3_1 is called conv31 in these files.
    private static List<ConvolutionWeights> ReadChain(TensorFile file, IEnumerable<string> names, int inputs)
    {
        var chain = new List<ConvolutionWeights>();
        foreach (string name in names)
        {
            chain.Add(ConvolutionTensors.Read(file, name.Replace("_", "", StringComparison.Ordinal), name, inputs));
            inputs = chain[^1].Outputs;
        }
        return chain;
    }

    private static ConvolutionWeights Fold(float[] matrix, float[] bias, ConvolutionWeights next)
    {
        var conversion = new double[Colours, Colours];
        for (int i = 0; i < matrix.Length; i++)
            conversion[i / Colours, i % Colours] = matrix[i];
        return ColourFold.Apply(next, conversion, [.. bias]);
    }
}
