using System.Text.RegularExpressions;
using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// The decoders in a weights file: <c>decoder3.conv3_1.weight</c>, <c>decoder3.conv3_1.bias</c> and so on down to
/// <c>decoder3.conv1_1</c>, for every level that has one.
/// </summary>
internal static partial class DecoderFile
{
    private const int ImageChannels = 3;

    /// <summary>Reads the decoders, from the shallowest; a file may have none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoder">The convolutions whose features they decode.</param>
    /// <exception cref="InvalidInputException">A decoder has a gap, a layer that does not belong to it, or does not fit the encoder.</exception>
    public static IReadOnlyList<DecoderWeights> Read(TensorFile file, IReadOnlyList<ConvolutionWeights> encoder)
    {
        var levels = new SortedSet<int>();
        foreach (Match match in file.Tensors.Keys.Order(StringComparer.Ordinal).Select(name => DecoderTensor().Match(name)).Where(match => match.Success))
            levels.Add(CheckName(file, match));
        return [.. levels.Select(level => Read(file, level, encoder))];
    }

    /// <summary>The tensors of decoders, to be written.</summary>
    /// <param name="decoders">The decoders.</param>
    /// <param name="type">The type to store their numbers in.</param>
    public static IEnumerable<NamedTensor> Tensors(IEnumerable<DecoderWeights> decoders, ElementType type) =>
        from decoder in decoders
        from convolution in decoder.Convolutions
        from tensor in ConvolutionTensors.Of(convolution, StoredName(decoder.Level, convolution.Name), type)
        select tensor;

    private static DecoderWeights Read(TensorFile file, int level, IReadOnlyList<ConvolutionWeights> encoder)
    {
        Tap tap = Vgg19.FirstTapOf(level);
        if (tap.Convolution >= encoder.Count)
            throw new InvalidInputException($"{file.Path}: decoder{level} decodes {tap}; the network ends at {encoder[^1].Name}");
        var convolutions = new List<ConvolutionWeights>();
        int inputs = encoder[tap.Convolution].Outputs;
        foreach (string name in DecoderWeights.Names(level))
        {
            int? outputs = name == Vgg19.Names[0] ? ImageChannels : null;
            convolutions.Add(ConvolutionTensors.Read(file, StoredName(level, name), name, inputs, outputs));
            inputs = convolutions[^1].Outputs;
        }
        return new DecoderWeights(level, convolutions);
    }

    private static int CheckName(TensorFile file, Match match)
    {
        int level = match.Groups["level"].Value[0] - '0';
        bool isKnown = match.Groups["level"].Length == 1 && level >= 1 && level <= Vgg19.ConvolutionsPerBlock.Count
            && DecoderWeights.Names(level).Contains(match.Groups["layer"].Value);
        return isKnown ? level : throw new InvalidInputException(
            $"{file.Path}: {Printable.Shorten(match.Value)} is no decoder's; decoder1 to decoder{Vgg19.ConvolutionsPerBlock.Count} can be there, with the convolutions from conv1_1 to that block's first");
    }

    private static string StoredName(int level, string convolution) => $"decoder{level}.{convolution}";

    [GeneratedRegex(@"\Adecoder(?<level>[0-9]+)\.(?<layer>.+)\.(?:weight|bias)\z")]
    private static partial Regex DecoderTensor();
}
