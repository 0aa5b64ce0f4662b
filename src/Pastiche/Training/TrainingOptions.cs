using System.ComponentModel.DataAnnotations;

namespace Pastiche.Training;

/// <summary>
/// Settings of the training of <c>compact</c>. Initialisers are the one source of defaults, and the settings of the second of the
/// shipped model's three rounds (the third was <c>tools/train-on-gpu</c>'s); the attributes are the allowed ranges.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>The folder of photographs, searched with all its subfolders.</summary>
    public required string Photos { get; init; }

    /// <summary>The model whose features are taught: a name or a file.</summary>
    public string Teacher { get; init; } = "vgg19";

    /// <summary>
    /// The model to begin with, a name or a file with decoders: its numbers instead of random ones. It may have fewer channels;
    /// what it lacks begins without influence (Chen et al., "Net2Net", arXiv 1511.05641). <c>null</c> to begin at random.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Steps in which encoder and decoders learn together.</summary>
    [Range(0, 10_000_000)]
    public int JointSteps { get; init; } = 9500;

    /// <summary>Steps after that in which only the decoders learn, the teacher judging what they decode.</summary>
    [Range(0, 10_000_000)]
    public int DecoderSteps { get; init; } = 2500;

    /// <summary>
    /// Steps after that in which only the encoder's end, from <c>conv4_2</c>, and the decoder of level 5 learn; everything before
    /// them stays as it is.
    /// </summary>
    [Range(0, 10_000_000)]
    public int DeepSteps { get; init; }

    /// <summary>Crops in a step.</summary>
    [Range(1, 1024)]
    public int Batch { get; init; } = 4;

    /// <summary>Side of a crop in pixels, a multiple of 16.</summary>
    [Range(32, 1024)]
    public int CropSize { get; init; } = 128;

    /// <summary>Largest step size; it rises at the beginning and falls along a cosine to a hundredth.</summary>
    [Range(1e-7, 1.0)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Largest step size while only the decoders learn.</summary>
    [Range(1e-7, 1.0)]
    public double DecoderLearningRate { get; init; } = 8e-4;

    /// <summary>What the share of the teacher's variance that is not explained counts for, at each tap.</summary>
    [Range(0.0, 1e6)]
    public double ReadoutWeight { get; init; } = 1;

    /// <summary>What the logarithm of a decoded picture's mean squared error counts for at level 3; at level n it counts n thirds of that.</summary>
    [Range(0.0, 1e6)]
    public double PixelWeight { get; init; } = 0.3;

    /// <summary>What the teacher's judgement of a decoded picture counts for beside its pixels; 0 leaves it out, which is twice as fast.</summary>
    [Range(0.0, 1e6)]
    public double PerceptualWeight { get; init; } = 1;

    /// <summary>Where the random weights and crops come from.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Threads, from 1; <c>null</c>: <c>PASTICHE_THREADS</c>, else the processors. The result does not depend on them.</summary>
    public int? Threads { get; init; }

    /// <summary>The file that keeps what was reached, written beside and renamed; <c>null</c> for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Steps between two checkpoints.</summary>
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>Whether to go on from the checkpoint, to the bit as if there had been no break.</summary>
    public bool Resume { get; init; }

    /// <summary>Steps in all.</summary>
    public int Steps => JointSteps + DecoderSteps + DeepSteps;

    /// <summary>What learns in a step, from 0.</summary>
    internal TrainingStage StageOf(int step) =>
        step < JointSteps ? TrainingStage.Joint : step < JointSteps + DecoderSteps ? TrainingStage.Decoders : TrainingStage.Deep;
}
