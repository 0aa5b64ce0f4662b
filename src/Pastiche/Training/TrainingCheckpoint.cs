using System.Globalization;
using Pastiche.Models;
using Pastiche.Optimizers;

namespace Pastiche.Training;

/// <summary>What a training has reached: all numbers, Adam's memory, and the settings that it must be continued with.</summary>
internal static class TrainingCheckpoint
{
    private const string Parameters = "parameters", Mean = "adam.mean", Square = "adam.square";
    private const string StepKey = "step", SettingsKey = "settings", PhotosKey = "photographs";

    /// <summary>Writes beside the file and gives it its name.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays as it was.</exception>
    /// <param name="path">The file.</param>
    /// <param name="parameters">All numbers.</param>
    /// <param name="adam">Adam's memory.</param>
    /// <param name="options">The training's settings.</param>
    /// <param name="photos">The training's photographs.</param>
    public static void Write(string path, float[] parameters, AdamState adam, TrainingOptions options, PhotoFolder photos)
    {
        NamedTensor[] tensors = [Tensor(Parameters, parameters), Tensor(Mean, adam.Mean), Tensor(Square, adam.Square)];
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string>
        {
            [StepKey] = adam.Steps.ToString(CultureInfo.InvariantCulture),
            [SettingsKey] = Settings(options),
            [PhotosKey] = photos.Fingerprint,
        });
    }

    /// <summary>Reads what was reached.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Receives all numbers.</param>
    /// <param name="adam">Receives Adam's memory; its step is the training's.</param>
    /// <param name="options">The settings to go on with.</param>
    /// <param name="photos">The photographs to go on with.</param>
    /// <exception cref="InvalidInputException">The file is no checkpoint, or is one of a training with other settings or photographs.</exception>
    public static void Read(string path, float[] parameters, AdamState adam, TrainingOptions options, PhotoFolder photos)
    {
        if (!File.Exists(path))
            throw new InvalidInputException($"checkpoint {path} does not exist; without resuming a training begins anew");
        using TensorFile file = TensorFile.Open(path);
        if (!file.Metadata.TryGetValue(StepKey, out string? step) || !long.TryParse(step, CultureInfo.InvariantCulture, out long steps)
            || !file.Metadata.TryGetValue(SettingsKey, out string? settings))
        {
            throw new InvalidInputException($"{path} is no checkpoint of a training");
        }
        if (settings != Settings(options))
            throw new InvalidInputException($"{path} was written with other settings ({settings}) than these ({Settings(options)}); a training is continued with its own");
        if (file.Metadata.GetValueOrDefault(PhotosKey) != photos.Fingerprint)
            throw new InvalidInputException($"{path} was written with other photographs than these {photos.Photos.Count}; a training is continued with its own");
        Copy(file, Parameters, parameters);
        Copy(file, Mean, adam.Mean);
        Copy(file, Square, adam.Square);
        adam.Steps = steps;
    }

    /// <summary>The settings on which the result depends, in one line.</summary>
    public static string Settings(TrainingOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"teacher {Path.GetFileNameWithoutExtension(options.Teacher)}, {(options.From is { } model ? $"from {Path.GetFileNameWithoutExtension(model)}, " : "")}steps {options.JointSteps} + {options.DecoderSteps} + {options.DeepSteps}, batch {options.Batch}, crop {options.CropSize}, "
        + $"learning rate {options.LearningRate:R} and {options.DecoderLearningRate:R}, "
        + $"weights {options.ReadoutWeight:R} {options.PixelWeight:R} {options.PerceptualWeight:R}, seed {options.Seed}");

    private static NamedTensor Tensor(string name, float[] values) => new(name, [values.Length], values, ElementType.Float32);

    private static void Copy(TensorFile file, string name, float[] target)
    {
        if (!file.Tensors.TryGetValue(name, out TensorInfo? tensor) || tensor.Shape is not [long length] || length != target.Length)
            throw new InvalidInputException($"{file.Path}: {name} is missing or does not have {target.Length} numbers");
        file.Read(name).CopyTo(target, 0);
    }
}
