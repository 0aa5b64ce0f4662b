using System.Text.RegularExpressions;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// A folder with the published networks of universal style transfer (Li et al., arXiv 1705.08086): for each level an encoder
/// (<c>vgg_normalised_conv3_1.pth</c>) and a decoder (<c>feature_invertor_conv3_1.pth</c>), each a chain of layers whose convolutions bear
/// their numbers in it (<c>2.weight</c>). What a file is, is told by its tensors, not by its name. An encoder begins with a 1x1
/// convolution that brings red, green, blue to what the network expects; all convolutions are padded by reflection, which such a
/// convolution commutes with, so that it is folded into the next one exactly.
/// </summary>
internal static partial class PairFolder
{
    private const int Colours = 3;

    /// <summary>The folder's weights files in the order of their names.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(ModelName.HasExtension).Order(StringComparer.Ordinal)];

    /// <summary>Reads the encoder and all decoders.</summary>
    /// <param name="folder">The folder; files of another kind in it are passed over.</param>
    /// <exception cref="InvalidInputException">There is no encoder, a network is damaged, or the networks do not fit each other.</exception>
    public static NetworkWeights Read(string folder)
    {
        var encoders = new List<(string Path, IReadOnlyList<ConvolutionWeights> Convolutions)>();
        var decoders = new SortedDictionary<int, (string Path, IReadOnlyList<ConvolutionWeights> Convolutions)>();
        foreach (string path in Files(folder))
        {
            using TensorFile file = TensorFile.Open(path);
            TensorInfo[] kernels = Kernels(file);
            if (kernels.Length == 0)
                continue;
            if (IsColourConversion(kernels[0]))
            {
                encoders.Add((path, ReadEncoder(file, kernels)));
            }
            else
            {
                int level = LevelOf(file, kernels);
                if (!decoders.TryAdd(level, (path, ReadChain(file, kernels, DecoderWeights.Names(level), InputsOf(kernels[0]), Colours))))
                    throw new InvalidInputException($"{path}: is a second decoder of level {level} beside {decoders[level].Path}");
            }
        }
        if (encoders.Count == 0)
            throw new InvalidInputException($"{folder}: holds no encoder of universal style transfer, which begins with the 1x1 convolution 0.weight [3, 3, 1, 1]");

        var (deepest, encoder) = encoders.MaxBy(candidate => candidate.Convolutions.Count);
        foreach ((string path, IReadOnlyList<ConvolutionWeights> convolutions) in encoders)
        {
            if (!convolutions.Zip(encoder).All(pair => pair.First.Kernel.AsSpan().SequenceEqual(pair.Second.Kernel) && pair.First.Bias.AsSpan().SequenceEqual(pair.Second.Bias)))
                throw new InvalidInputException($"{path}: its encoder is another network than that of {deepest}; one has to serve all levels");
        }
        foreach ((int level, (string path, IReadOnlyList<ConvolutionWeights> convolutions)) in decoders)
            CheckFit(level, path, convolutions[0].Inputs, encoder, deepest);
        return new NetworkWeights(InputConvention.Caffe, encoder)
        {
            Padding = PaddingKind.Reflection,
            Decoders = [.. decoders.Select(decoder => new DecoderWeights(decoder.Key, decoder.Value.Convolutions))],
        };
    }

    private static TensorInfo[] Kernels(TensorFile file) =>
    [
        .. file.Tensors.Values.Where(tensor => NumberedKernel().IsMatch(tensor.Name)).OrderBy(tensor => int.Parse(StoredName(tensor))),
    ];

    private static string StoredName(TensorInfo kernel) => kernel.Name[..kernel.Name.IndexOf('.')];

    private static bool IsColourConversion(TensorInfo kernel) => kernel.Shape is [Colours, Colours, 1, 1];

    private static int InputsOf(TensorInfo kernel) => kernel.Shape is [_, > 0 and <= int.MaxValue, ..] ? (int)kernel.Shape[1] : 0;

    private static int LevelOf(TensorFile file, IReadOnlyCollection<TensorInfo> kernels)
    {
        int[] lengths = [.. Enumerable.Range(1, Vgg19.ConvolutionsPerBlock.Count).Select(level => Vgg19.FirstTapOf(level).Convolution + 1)];
        int index = Array.IndexOf(lengths, kernels.Count);
        return index >= 0 ? index + 1 : throw new InvalidInputException(
            $"{file.Path}: has {kernels.Count} 3x3 convolutions in a chain; an encoder or decoder of a level has {string.Join(", ", lengths)}");
    }

    private static IReadOnlyList<ConvolutionWeights> ReadEncoder(TensorFile file, TensorInfo[] kernels)
    {
        int level = LevelOf(file, kernels[1..]);
        List<ConvolutionWeights> chain = ReadChain(file, kernels[1..], Vgg19.Names.Take(Vgg19.FirstTapOf(level).Convolution + 1), Colours, null);
        float[] matrix = file.Read(kernels[0].Name);
        if (!matrix.All(float.IsFinite))
            throw new InvalidInputException($"{file.Path}: {kernels[0].Name} has a number that is not finite");
        chain[0] = Fold(matrix, ConvolutionTensors.ReadVector(file, $"{StoredName(kernels[0])}.bias", Colours), chain[0]);
        return chain;
    }

    private static List<ConvolutionWeights> ReadChain(
        TensorFile file, IReadOnlyList<TensorInfo> kernels, IEnumerable<string> names, int inputs, int? lastOutputs)
    {
        var chain = new List<ConvolutionWeights>();
        foreach (string name in names)
        {
            TensorInfo kernel = kernels[chain.Count];
            chain.Add(ConvolutionTensors.Read(file, StoredName(kernel), name, inputs, chain.Count == kernels.Count - 1 ? lastOutputs : null));
            inputs = chain[^1].Outputs;
        }
        return chain;
    }

    // The colour conversion is y = W rgb + b, and Caffe's input x is blue, green, red times 255 less the mean: y = A x + a.
    private static ConvolutionWeights Fold(float[] matrix, float[] bias, ConvolutionWeights next)
    {
        InputConvention caffe = InputConvention.Caffe;
        double[] a = [.. bias];
        var conversion = new double[Colours, Colours];
        for (int output = 0; output < Colours; output++)
        {
            for (int colour = 0; colour < Colours; colour++)
            {
                double weight = matrix[output * Colours + colour] / (double)caffe.Range;
                conversion[output, Colours - 1 - colour] = weight;
                a[output] += weight * caffe.Mean[colour];
            }
        }
        return ColourFold.Apply(next, conversion, a);
    }

    private static void CheckFit(int level, string path, int inputs, IReadOnlyList<ConvolutionWeights> encoder, string encoderPath)
    {
        int convolution = Vgg19.FirstTapOf(level).Convolution;
        if (convolution >= encoder.Count)
            throw new InvalidInputException($"{path}: decodes level {level}, but the deepest encoder, {encoderPath}, ends at {encoder[^1].Name}");
        if (encoder[convolution].Outputs != inputs)
            throw new InvalidInputException($"{path}: decodes {inputs} channels; {encoder[convolution].Name} of {encoderPath} gives {encoder[convolution].Outputs}");
    }

    [GeneratedRegex(@"\A[0-9]{1,4}\.weight\z")]
    private static partial Regex NumberedKernel();
}
