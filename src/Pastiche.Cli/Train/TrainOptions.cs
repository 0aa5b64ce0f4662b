using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Training;

namespace Pastiche.Cli.Train;

/// <summary>The options of <c>pastiche train compact</c>. Ranges and defaults are those of <see cref="TrainingOptions"/>.</summary>
internal sealed class TrainOptions
{
    private static readonly TrainingOptions Defaults = new() { Photos = "" };

    /// <summary>The photographs.</summary>
    public Option<string?> Photos { get; } = new("--photos")
    {
        HelpName = "DIR",
        Description = "The folder of photographs to train on, with all its subfolders. Files that cannot be read are named and left out.",
    };

    /// <summary>The file to write.</summary>
    public Option<string?> Output { get; } = new("--output", "-o")
    {
        HelpName = "OUT",
        Description = "The model to write, a safetensors file in float16.",
    };

    /// <summary>The teacher.</summary>
    public Option<string?> Teacher { get; } = new("--teacher")
    {
        HelpName = "NAME|FILE",
        Description = $"The network whose features are taught. Default {Defaults.Teacher}.",
    };

    /// <summary>The model to begin with.</summary>
    public Option<string?> From { get; } = new("--from")
    {
        HelpName = "NAME|FILE",
        Description = "A model with decoders to train further, e.g. compact. Default: random weights.",
    };

    /// <summary>Where to keep what was reached.</summary>
    public Option<string?> Checkpoint { get; } = new("--checkpoint")
    {
        HelpName = "FILE",
        Description = "Keeps what was reached in this file, at intervals and on Ctrl-C.",
    };

    /// <summary>Whether to go on from the checkpoint.</summary>
    public Option<bool> Resume { get; } = new("--resume")
    {
        Arity = ArgumentArity.Zero,
        Description = "Goes on from the checkpoint, to the bit as if there had been no break.",
    };

    public NumberOption JointSteps { get; } = Number("--steps", nameof(TrainingOptions.JointSteps), "Steps in which encoder and decoders learn together.");

    public NumberOption DecoderSteps { get; } = Number("--decoder-steps", nameof(TrainingOptions.DecoderSteps), "Steps after that in which only the decoders learn, the teacher judging their pictures.");

    public NumberOption DeepSteps { get; } = Number("--deep-steps", nameof(TrainingOptions.DeepSteps), "Steps after that in which only conv4_2 to conv5_1 and the decoder of level 5 learn.");

    public NumberOption Batch { get; } = Number("--batch", nameof(TrainingOptions.Batch), "Crops in a step.");

    public NumberOption CropSize { get; } = Number("--crop", nameof(TrainingOptions.CropSize), "Side of a crop in pixels, a multiple of 16.");

    public NumberOption LearningRate { get; } = Number("--learning-rate", nameof(TrainingOptions.LearningRate), "Largest step size.");

    public NumberOption DecoderLearningRate { get; } = Number("--decoder-learning-rate", nameof(TrainingOptions.DecoderLearningRate), "Largest step size while only the decoders learn.");

    public NumberOption ReadoutWeight { get; } = Number("--readout-weight", nameof(TrainingOptions.ReadoutWeight), "What the teacher's features count for.");

    public NumberOption PixelWeight { get; } = Number("--pixel-weight", nameof(TrainingOptions.PixelWeight), "What the decoded pixels count for.");

    public NumberOption PerceptualWeight { get; } = Number("--perceptual-weight", nameof(TrainingOptions.PerceptualWeight), "What the teacher's judgement of decoded pictures counts for.");

    public NumberOption Seed { get; } = Number("--seed", nameof(TrainingOptions.Seed), "Where random weights and crops come from.");

    public NumberOption CheckpointEvery { get; } = Number("--checkpoint-every", nameof(TrainingOptions.CheckpointEvery), "Steps between two checkpoints.");

    public NumberOption Threads { get; } = new("--threads", "N", new Bounds(1, 1024), "Threads, from 1. Default: PASTICHE_THREADS, else the processors. The model does not depend on them.");

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All =>
    [
        Photos, Output, Teacher, From, JointSteps, DecoderSteps, DeepSteps, Batch, CropSize, LearningRate, DecoderLearningRate, ReadoutWeight, PixelWeight,
        PerceptualWeight, Seed, Checkpoint, CheckpointEvery, Resume, Threads,
    ];

    /// <summary>Reads a command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public TrainingOptions Read(ParseResult parsed, List<string> problems)
    {
        var reader = new ArgumentReader(parsed, problems);
        string? photos = reader.FileName(Photos);
        if (photos is null)
            problems.Add("--photos is missing: a folder of photographs to train on");
        return new TrainingOptions
        {
            Photos = photos ?? "",
            Teacher = reader.FileName(Teacher) ?? Defaults.Teacher,
            From = reader.FileName(From),
            JointSteps = reader.Whole(JointSteps, Defaults.JointSteps),
            DecoderSteps = reader.Whole(DecoderSteps, Defaults.DecoderSteps),
            DeepSteps = reader.Whole(DeepSteps, Defaults.DeepSteps),
            Batch = reader.Whole(Batch, Defaults.Batch),
            CropSize = reader.Whole(CropSize, Defaults.CropSize),
            LearningRate = reader.Number(LearningRate, Defaults.LearningRate),
            DecoderLearningRate = reader.Number(DecoderLearningRate, Defaults.DecoderLearningRate),
            ReadoutWeight = reader.Number(ReadoutWeight, Defaults.ReadoutWeight),
            PixelWeight = reader.Number(PixelWeight, Defaults.PixelWeight),
            PerceptualWeight = reader.Number(PerceptualWeight, Defaults.PerceptualWeight),
            Seed = reader.Whole(Seed, Defaults.Seed),
            Threads = reader.Whole(Threads),
            Checkpoint = reader.FileName(Checkpoint),
            CheckpointEvery = reader.Whole(CheckpointEvery, Defaults.CheckpointEvery),
            Resume = reader.Flag(Resume, fallback: false),
        };
    }

    private static NumberOption Number(string name, string property, string text)
    {
        Bounds bounds = Bounds.Of<TrainingOptions>(property);
        object? standard = typeof(TrainingOptions).GetProperty(property)!.GetValue(Defaults);
        return new NumberOption(name, "N", bounds, $"{text} Range {bounds}, default {SettingText.Format(standard)}.");
    }
}
