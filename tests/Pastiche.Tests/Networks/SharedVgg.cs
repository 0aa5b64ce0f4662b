using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Networks;

/// <summary>The real VGG-19 and what PyTorch computed with it, from ../shared; tests that use it skip without.</summary>
internal sealed class SharedVgg
{
    private static readonly Lazy<NetworkWeights> Loaded = new(() => ModelFile.Read(WeightsPath()));

    public static NetworkWeights Weights => Loaded.Value;

    public static string WeightsPath() => SharedData.Path("models/vgg19/vgg19.safetensors");

    public static Picture Picture(string name) => PictureFile.Read(SharedData.Path($"reference/{name}"));

    /// <summary>The tensors of a reference file by name, planar without the batch dimension.</summary>
    public static IReadOnlyDictionary<string, float[]> Reference(string name)
    {
        using TensorFile file = TensorFile.Open(SharedData.Path($"reference/{name}"));
        return file.Tensors.Keys.ToDictionary(key => key, file.Read);
    }

    /// <summary>A number from a reference file's metadata.</summary>
    public static double Number(string name, string key)
    {
        using TensorFile file = TensorFile.Open(SharedData.Path($"reference/{name}"));
        return double.Parse(file.Metadata[key], System.Globalization.CultureInfo.InvariantCulture);
    }
}
