using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>A 3x3 convolution in a weights file: <c>NAME.weight</c> <c>[outputs, inputs, 3, 3]</c> and <c>NAME.bias</c> <c>[outputs]</c>.</summary>
internal static class ConvolutionTensors
{
    private const int MaximumChannels = 4096;
    private const int KernelSize = 3;

    /// <summary>Whether the file has any part of a convolution.</summary>
    /// <param name="file">The file.</param>
    /// <param name="stored">The name under which it is stored.</param>
    public static bool IsPresent(TensorFile file, string stored) =>
        file.Tensors.ContainsKey($"{stored}.weight") || file.Tensors.ContainsKey($"{stored}.bias");

    /// <summary>Reads a convolution.</summary>
    /// <param name="file">The file.</param>
    /// <param name="stored">The name under which it is stored.</param>
    /// <param name="name">The name to give it.</param>
    /// <param name="inputs">The input channels that it must have.</param>
    /// <param name="outputs">The output channels that it must have; <c>null</c>: any number up to 4096.</param>
    /// <exception cref="InvalidInputException">A tensor is missing, has another shape or a number that is not finite.</exception>
    public static ConvolutionWeights Read(TensorFile file, string stored, string name, int inputs, int? outputs = null)
    {
        TensorInfo kernel = Find(file, $"{stored}.weight");
        bool fits = kernel.Shape is [>= 1 and <= MaximumChannels, _, KernelSize, KernelSize]
            && kernel.Shape[0] == (outputs ?? kernel.Shape[0]) && kernel.Shape[1] == inputs;
        if (!fits)
        {
            string needed = outputs?.ToString() ?? $"1 to {MaximumChannels}";
            throw new InvalidInputException(
                $"{file.Path}: {kernel.Name} has the shape {kernel.ShapeText}; [{needed}, {inputs}, {KernelSize}, {KernelSize}] is needed");
        }
        int found = (int)kernel.Shape[0];
        return new ConvolutionWeights(name, inputs, found, ReadFinite(file, kernel), ReadVector(file, $"{stored}.bias", found));
    }

    /// <summary>Reads a tensor <c>[length]</c> of finite numbers.</summary>
    /// <exception cref="InvalidInputException">It is missing, has another shape or a number that is not finite.</exception>
    public static float[] ReadVector(TensorFile file, string name, int length)
    {
        TensorInfo tensor = Find(file, name);
        return tensor.Shape is [long extent] && extent == length
            ? ReadFinite(file, tensor)
            : throw new InvalidInputException($"{file.Path}: {name} has the shape {tensor.ShapeText}; [{length}] is needed");
    }

    /// <summary>Reads a tensor <c>[rows, columns]</c> of finite numbers.</summary>
    /// <exception cref="InvalidInputException">It is missing, has another shape or a number that is not finite.</exception>
    public static float[] ReadMatrix(TensorFile file, string name, int rows, int columns)
    {
        TensorInfo tensor = Find(file, name);
        return tensor.Shape is [long height, long width] && height == rows && width == columns
            ? ReadFinite(file, tensor)
            : throw new InvalidInputException($"{file.Path}: {name} has the shape {tensor.ShapeText}; [{rows}, {columns}] is needed");
    }

    /// <summary>The tensors of a convolution, to be written.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="stored">The name under which it is stored.</param>
    /// <param name="type">The type to store its numbers in.</param>
    public static IEnumerable<NamedTensor> Of(ConvolutionWeights convolution, string stored, ElementType type) =>
    [
        new($"{stored}.weight", [convolution.Outputs, convolution.Inputs, KernelSize, KernelSize], convolution.Kernel, type),
        new($"{stored}.bias", [convolution.Outputs], convolution.Bias, type),
    ];

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
