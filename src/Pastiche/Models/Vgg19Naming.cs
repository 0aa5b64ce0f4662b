using System.Text.RegularExpressions;
using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>The names under which files keep the sixteen convolutions of VGG-19.</summary>
internal static partial class Vgg19Naming
{
    /// <summary>torchvision's names in the same order: <c>features.0</c>, <c>features.2</c>, <c>features.5</c> to <c>features.34</c>.</summary>
    public static IReadOnlyList<string> Torchvision { get; } = [.. TorchvisionNames()];

    /// <summary>
    /// The names that a file uses, one a convolution in order; <c>null</c> when it holds no VGG-19. Whether it has all of them is
    /// not said.
    /// </summary>
    /// <exception cref="InvalidInputException">The file has a convolution that VGG-19 does not have.</exception>
    public static IReadOnlyList<string>? Find(TensorFile file)
    {
        bool own = file.Tensors.ContainsKey($"{Vgg19.Names[0]}.weight");
        if (!own && !file.Tensors.ContainsKey($"{Torchvision[0]}.weight"))
            return null;

        IReadOnlyList<string> names = own ? Vgg19.Names : Torchvision;
        Regex convolution = own ? OwnLayer() : TorchvisionLayer();
        foreach (string tensor in file.Tensors.Keys)
        {
            Match match = convolution.Match(tensor);
            if (match.Success && !names.Contains(match.Groups[1].Value))
                throw new InvalidInputException($"{file.Path}: is no VGG-19: it has the layer {match.Groups[1].Value}; VGG-19 has {string.Join(", ", names)}");
        }
        return names;
    }

    private static IEnumerable<string> TorchvisionNames()
    {
        // In torchvision's list each convolution is followed by a ReLU and each block by a pooling layer.
        int index = 0;
        foreach (int count in Vgg19.ConvolutionsPerBlock)
        {
            for (int i = 0; i < count; i++, index += 2)
                yield return $"features.{index}";
            index++;
        }
    }

    [GeneratedRegex(@"^(conv\d+_\d+)\.(?:weight|bias)$")]
    private static partial Regex OwnLayer();

    [GeneratedRegex(@"^(features\.\d+)\.")]
    private static partial Regex TorchvisionLayer();
}
