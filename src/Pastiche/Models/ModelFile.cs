using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// What a weights file is: the convolutions of VGG-19, or of a network of its shape with other channel counts, under the
/// papers' names (<c>conv1_1.weight</c>) or torchvision's (<c>features.0.weight</c>).
/// </summary>
internal static class ModelFile
{
    private const int MaximumChannels = 4096;
    private const int ImageChannels = 3;
    private const int KernelSize = 3;

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
        IReadOnlyList<string> names = Vgg19Naming.Find(file) ?? throw new InvalidInputException(
            $"{path}: holds no VGG-19; neither {Vgg19.Names[0]}.weight nor {Vgg19Naming.Torchvision[0]}.weight is in it");
        CheckGaps(file, names);

        var convolutions = new List<ConvolutionWeights>();
        int inputs = ImageChannels;
        for (int i = 0; i < names.Count && IsPresent(file, names[i]); i++)
        {
            convolutions.Add(ReadConvolution(file, names[i], Vgg19.Names[i], inputs));
            inputs = convolutions[^1].Outputs;
        }
        input ??= InputDetection.Find(file, convolutions[0].Kernel, ownNames: ReferenceEquals(names, Vgg19.Names));
        return new NetworkWeights(input, convolutions, ReadMeanActivations(file, convolutions));
    }

    /// <summary>Writes a network as a safetensors file in float32, with the input convention and the mean activations in it.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="path">The file; it is replaced only once the new one is complete.</param>
    /// <param name="metadata">More text to keep in the file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(NetworkWeights weights, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var tensors = new List<NamedTensor>();
        foreach (ConvolutionWeights convolution in weights.Convolutions)
        {
            string name = convolution.Name;
            tensors.Add(new($"{name}.weight", [convolution.Outputs, convolution.Inputs, KernelSize, KernelSize], convolution.Kernel, ElementType.Float32));
            tensors.Add(new($"{name}.bias", [convolution.Outputs], convolution.Bias, ElementType.Float32));
            if (weights.MeanActivations is { } means)
                tensors.Add(new(MeanActivationName(name), [convolution.Outputs], means[name], ElementType.Float32));
        }
        var text = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            [InputDetection.MetadataKey] = weights.Input.Name,
        };
        SafetensorsWriter.Write(path, tensors, text);
    }

    private static string MeanActivationName(string convolution) => $"{convolution}.mean_activation";

    private static bool IsPresent(TensorFile file, string name) =>
        file.Tensors.ContainsKey($"{name}.weight") || file.Tensors.ContainsKey($"{name}.bias");

    private static void CheckGaps(TensorFile file, IReadOnlyList<string> names)
    {
        int last = names.Count - 1;
        while (!IsPresent(file, names[last]))
            last--;
        for (int i = 0; i < last; i++)
        {
            if (!IsPresent(file, names[i]))
                throw new InvalidInputException($"{file.Path}: {names[i]} is missing although {names[last]} is there; a network may end early but has no gaps");
        }
    }

    private static ConvolutionWeights ReadConvolution(TensorFile file, string stored, string name, int inputs)
    {
        TensorInfo kernel = Find(file, $"{stored}.weight");
        if (kernel.Shape is not [>= 1 and <= MaximumChannels, _, KernelSize, KernelSize] || kernel.Shape[1] != inputs)
            throw new InvalidInputException(
                $"{file.Path}: {kernel.Name} has the shape {kernel.ShapeText}; [1 to {MaximumChannels}, {inputs}, {KernelSize}, {KernelSize}] is needed");
        var outputs = (int)kernel.Shape[0];
        return new ConvolutionWeights(name, inputs, outputs, ReadFinite(file, kernel), ReadVector(file, $"{stored}.bias", outputs));
    }

    private static Dictionary<string, float[]>? ReadMeanActivations(TensorFile file, List<ConvolutionWeights> convolutions)
    {
        if (!convolutions.TrueForAll(convolution => file.Tensors.ContainsKey(MeanActivationName(convolution.Name))))
            return null;
        var means = new Dictionary<string, float[]>();
        foreach (ConvolutionWeights convolution in convolutions)
        {
            float[] mean = ReadVector(file, MeanActivationName(convolution.Name), convolution.Outputs);
            if (mean.Any(value => value < 0))
                throw new InvalidInputException($"{file.Path}: {MeanActivationName(convolution.Name)} has a negative number; after a ReLU none can be");
            means.Add(convolution.Name, mean);
        }
        return means;
    }

    private static float[] ReadVector(TensorFile file, string name, int length)
    {
        TensorInfo tensor = Find(file, name);
        return tensor.Shape is [long extent] && extent == length
            ? ReadFinite(file, tensor)
            : throw new InvalidInputException($"{file.Path}: {name} has the shape {tensor.ShapeText}; [{length}] is needed");
    }

    private static TensorInfo Find(TensorFile file, string name) =>
        file.Tensors.TryGetValue(name, out TensorInfo? tensor) ? tensor : throw new InvalidInputException($"{file.Path}: {name} is missing");

    private static float[] ReadFinite(TensorFile file, TensorInfo tensor)
    {
        float[] values = file.Read(tensor.Name);
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0
            ? values
            : throw new InvalidInputException($"{file.Path}: element {bad} of {tensor.Name} is {values[bad]}; weights must be finite");
    }
}
