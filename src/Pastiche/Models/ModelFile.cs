using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// What a weights file is: the convolutions of VGG-19, or of a network of its shape with other channel counts, under the
/// papers' names (<c>conv1_1.weight</c>) or torchvision's (<c>features.0.weight</c>), and perhaps decoders (<see cref="DecoderFile"/>).
/// </summary>
internal static class ModelFile
{
    /// <summary>The metadata key of what the convolutions see beyond the border: <c>zero</c> (also where it is absent) or <c>reflection</c>.</summary>
    public const string PaddingKey = "padding";

    private const int ImageChannels = 3;

    private static readonly IReadOnlyDictionary<string, PaddingKind> Paddings =
        new Dictionary<string, PaddingKind> { ["zero"] = PaddingKind.Zero, ["reflection"] = PaddingKind.Reflection };

    /// <summary>Reads a network from a safetensors or PyTorch file.</summary>
    /// <param name="path">The file; its format is recognised by its content.</param>
    /// <param name="input">The input convention, when the caller knows better than the file.</param>
    /// <exception cref="InvalidInputException">
    /// The file is damaged or refused, holds no such network, has a gap or a shape that does not fit, has a weight that is not
    /// finite, or does not tell its input convention.
    /// </exception>
    public static NetworkWeights Read(string path, InputConvention? input = null)
    {
        using TensorFile file = TensorFile.Open(path);
        return Read(file, input);
    }

    /// <summary>Reads a network from an open file.</summary>
    /// <inheritdoc cref="Read(string, InputConvention?)"/>
    public static NetworkWeights Read(TensorFile file, InputConvention? input = null)
    {
        IReadOnlyList<string> names = Vgg19Naming.Find(file) ?? throw new InvalidInputException(
            $"{file.Path}: holds no VGG-19; neither {Vgg19.Names[0]}.weight nor {Vgg19Naming.Torchvision[0]}.weight is in it");
        CheckGaps(file, names);

        var convolutions = new List<ConvolutionWeights>();
        int inputs = ImageChannels;
        for (int i = 0; i < names.Count && ConvolutionTensors.IsPresent(file, names[i]); i++)
        {
            convolutions.Add(ConvolutionTensors.Read(file, names[i], Vgg19.Names[i], inputs));
            inputs = convolutions[^1].Outputs;
        }
        input ??= InputDetection.Find(file, convolutions[0].Kernel, ownNames: ReferenceEquals(names, Vgg19.Names));
        return new NetworkWeights(input, convolutions, ReadMeanActivations(file, convolutions))
        {
            Padding = ReadPadding(file),
            Metrics = MetricFile.Read(file, convolutions),
            Decoders = DecoderFile.Read(file, convolutions),
        };
    }

    /// <summary>Writes a network as a safetensors file with all that belongs to it: input convention, padding, mean activations, metrics, decoders.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="path">The file; it is replaced only once the new one is complete.</param>
    /// <param name="metadata">More text to keep in the file.</param>
    /// <param name="type">
    /// The type to store weights in, <see cref="ElementType.Float32"/> (also when <c>null</c>) or <see cref="ElementType.Float16"/>; mean
    /// activations and metrics are float32 in any case.
    /// </param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A weight is beyond the range of the type.</exception>
    public static void Write(
        NetworkWeights weights, string path, IReadOnlyDictionary<string, string>? metadata = null, ElementType? type = null)
    {
        type ??= ElementType.Float32;
        var tensors = new List<NamedTensor>();
        foreach (ConvolutionWeights convolution in weights.Convolutions)
        {
            tensors.AddRange(ConvolutionTensors.Of(convolution, convolution.Name, type));
            if (weights.MeanActivations is { } means)
                tensors.Add(new(MeanActivationName(convolution.Name), [convolution.Outputs], means[convolution.Name], ElementType.Float32));
        }
        tensors.AddRange(MetricFile.Tensors(weights));
        tensors.AddRange(DecoderFile.Tensors(weights.Decoders, type));
        var text = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            [InputDetection.MetadataKey] = weights.Input.Name,
            [PaddingKey] = Paddings.First(padding => padding.Value == weights.Padding).Key,
        };
        SafetensorsWriter.Write(path, tensors, text);
    }

    private static string MeanActivationName(string convolution) => $"{convolution}.mean_activation";

    private static void CheckGaps(TensorFile file, IReadOnlyList<string> names)
    {
        int last = names.Count - 1;
        while (!ConvolutionTensors.IsPresent(file, names[last]))
            last--;
        for (int i = 0; i < last; i++)
        {
            if (!ConvolutionTensors.IsPresent(file, names[i]))
                throw new InvalidInputException($"{file.Path}: {names[i]} is missing although {names[last]} is there; a network may end early but has no gaps");
        }
    }

    private static PaddingKind ReadPadding(TensorFile file)
    {
        if (!file.Metadata.TryGetValue(PaddingKey, out string? name))
            return PaddingKind.Zero;
        return Paddings.TryGetValue(name, out PaddingKind padding) ? padding : throw new InvalidInputException(
            $"{file.Path}: {PaddingKey} is {Printable.Shorten(name)}; known are {string.Join(", ", Paddings.Keys)}");
    }

    private static Dictionary<string, float[]>? ReadMeanActivations(TensorFile file, List<ConvolutionWeights> convolutions)
    {
        if (!convolutions.TrueForAll(convolution => file.Tensors.ContainsKey(MeanActivationName(convolution.Name))))
            return null;
        var means = new Dictionary<string, float[]>();
        foreach (ConvolutionWeights convolution in convolutions)
        {
            float[] mean = ConvolutionTensors.ReadVector(file, MeanActivationName(convolution.Name), convolution.Outputs);
            if (mean.Any(value => value < 0))
                throw new InvalidInputException($"{file.Path}: {MeanActivationName(convolution.Name)} has a negative number; after a ReLU none can be");
            means.Add(convolution.Name, mean);
        }
        return means;
    }
}
