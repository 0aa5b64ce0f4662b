using System.Globalization;
using Pastiche.Compute;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>What a training has made.</summary>
public sealed class TrainedModel
{
    private readonly NetworkWeights _weights;
    private readonly IReadOnlyDictionary<string, string> _record;

    internal TrainedModel(NetworkWeights weights, TrainingOptions options, int steps, PhotoFolder photos)
    {
        (_weights, Steps, IsCompleted) = (weights, steps, steps == options.Steps);
        SkippedPhotos = [.. photos.Skipped.Select(file => $"{file.Name}: {file.Message}")];
        _record = new Dictionary<string, string>
        {
            ["training"] = TrainingCheckpoint.Settings(options),
            ["training.steps"] = steps.ToString(CultureInfo.InvariantCulture),
            ["training.photographs"] = photos.Photos.Count.ToString(CultureInfo.InvariantCulture),
            ["licence"] = "MIT",
            ["attribution"] = $"taught by the features of {Path.GetFileNameWithoutExtension(options.Teacher)}; VGG-19 is by Karen Simonyan and Andrew Zisserman, CC BY 4.0",
        };
    }

    /// <summary>Steps taken.</summary>
    public int Steps { get; }

    /// <summary>Whether all steps were taken.</summary>
    public bool IsCompleted { get; }

    /// <summary>The files of the folder that were not trained on, with the reason.</summary>
    public IReadOnlyList<string> SkippedPhotos { get; }

    /// <summary>Writes encoder and decoders as a safetensors file in float16, with the training's record in it.</summary>
    /// <param name="path">The file; it is replaced only once the new one is complete.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => ModelFile.Write(_weights, path, _record, ElementType.Float16);

    /// <summary>Takes encoder and decoders out of all numbers.</summary>
    internal static NetworkWeights Weights(CompactLayout layout, float[] parameters)
    {
        return new NetworkWeights(EncoderPass.Input, [.. layout.Encoder.Select(slice => Convolution(slice, slice.Name))])
        {
            Padding = PaddingKind.Reflection,
            Decoders =
            [
                .. layout.Decoders.Select((decoder, block) => new DecoderWeights(
                    block + 1, [.. decoder.Zip(DecoderWeights.Names(block + 1), Convolution)])),
            ],
        };

        ConvolutionWeights Convolution(ConvolutionSlice slice, string name) =>
            new(name, slice.Inputs, slice.Outputs, slice.Kernel(parameters).ToArray(), slice.Bias(parameters).ToArray());
    }
}
