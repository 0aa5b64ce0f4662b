using System.Diagnostics;
using Pastiche.Compute;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// The training of <c>compact</c>, the network inside the package: an encoder that is taught to carry VGG-19's features, and
/// decoders that make pictures of them again, as universal style transfer needs them (Li et al., arXiv 1705.08086).
/// </summary>
public static class CompactTraining
{
    // Crops by which the trained network's mean activations and metrics are measured; their "step" is no step of the training.
    private const int MeasuredCrops = 64, MeasuredSide = 256, MeasuredStep = -1;

    /// <summary>Trains.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Hears of every step, on the calling thread.</param>
    /// <param name="cancellation">Stops after the step in hand; the checkpoint is then written, and what was reached is returned.</param>
    /// <exception cref="InvalidInputException">The options are not valid, or photographs, teacher or checkpoint cannot be read.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written.</exception>
    public static TrainedModel Run(
        TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        NetworkWeights teacher = ReadTeacher(options);
        PhotoFolder photos = PhotoFolder.Open(options.Photos, cancellation);
        using var trainer = new CompactTrainer(options, photos, teacher, CompactLayout.DefaultChannels);
        if (options.Resume)
            TrainingCheckpoint.Read(options.Checkpoint!, trainer.Parameters, trainer.Adam, options, photos);
        else if (options.From is not null)
            Begin(trainer, teacher, photos, options);

        var first = (int)trainer.Adam.Steps;
        long started = Stopwatch.GetTimestamp();
        for (int step = first; step < options.Steps && !cancellation.IsCancellationRequested; step++)
        {
            SampleLosses losses = trainer.Step();
            if (options.Checkpoint is not null && (step + 1) % options.CheckpointEvery == 0)
                TrainingCheckpoint.Write(options.Checkpoint, trainer.Parameters, trainer.Adam, options, photos);
            TimeSpan perStep = Stopwatch.GetElapsedTime(started) / (step + 1 - first);
            progress?.Report(new TrainingProgress(
                step + 1, options.Steps, trainer.LearningRate(step), losses.Unexplained, losses.Decibels, losses.Perceptual,
                options.Batch / perStep.TotalSeconds, perStep * (options.Steps - step - 1)));
        }
        if (options.Checkpoint is not null)
            TrainingCheckpoint.Write(options.Checkpoint, trainer.Parameters, trainer.Adam, options, photos);
        NetworkWeights weights = Measure(TrainedModel.Weights(trainer.Layout, trainer.Parameters), teacher, photos, options);
        return new TrainedModel(weights, options, (int)trainer.Adam.Steps, photos);
    }

    internal static NetworkWeights ReadTeacher(TrainingOptions options)
    {
        NetworkWeights teacher = ModelStore.Default.Load(options.Teacher).Weights;
        int last = Vgg19.FirstTapOf(CompactLayout.DefaultChannels.Count).Convolution;
        if (teacher.Convolutions.Count <= last)
            throw new InvalidInputException($"teacher {options.Teacher} ends with {teacher.Convolutions[^1].Name}; it must reach {Vgg19.Names[last]}");
        using var compute = new NetworkCompute(options.Threads);
        teacher = teacher.CutAfter(last);
        return CommonScale.Apply(teacher, MeanActivations.Of(teacher, compute));
    }

    /// <summary>Adds what is measured on the finished network.</summary>
    internal static NetworkWeights Measure(NetworkWeights weights, NetworkWeights teacher, PhotoFolder photos, TrainingOptions options)
    {
        using var compute = new NetworkCompute(options.Threads);
        IEnumerable<(float[], int, int)> crops = Crops(photos, options);
        return weights with
        {
            MeanActivations = CommonScale.Measure(weights, crops, compute),
            Metrics = TeacherMetric.Measure(weights, teacher with { Padding = PaddingKind.Reflection }, crops, compute),
        };
    }

    private static void Begin(CompactTrainer trainer, NetworkWeights teacher, PhotoFolder photos, TrainingOptions options)
    {
        WarmStart.Take(ModelStore.Default.Load(options.From!).Weights, options.From!, trainer.Layout, trainer.Parameters);
        using var compute = new NetworkCompute(options.Threads);
        WarmStart.FitReadouts(
            trainer.Layout, trainer.Parameters, teacher with { Padding = PaddingKind.Reflection }, Crops(photos, options), compute);
    }

    private static IEnumerable<(float[] Planes, int Height, int Width)> Crops(PhotoFolder photos, TrainingOptions options) =>
        Enumerable.Range(0, MeasuredCrops).Select(sample =>
        {
            var planes = new float[3 * MeasuredSide * MeasuredSide];
            photos.Crop((ulong)options.Seed, MeasuredStep, sample, MeasuredSide, planes);
            return (planes, MeasuredSide, MeasuredSide);
        });

    private static void Validate(TrainingOptions options)
    {
        var problems = OptionsValidation.Missing(options).Concat(OptionsValidation.Problems(options)).ToList();
        if (options.CropSize % 16 != 0)
            problems.Add($"crop size is {options.CropSize}; allowed: a multiple of 16");
        if (options.Resume && options.Checkpoint is null)
            problems.Add("to resume, a checkpoint must be named");
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }
}
