namespace Pastiche.Training;

/// <summary>What the losses count for.</summary>
/// <param name="Readout">Of each tap's unexplained share of the teacher's variance.</param>
/// <param name="Pixels">Of each level's logarithm of the mean squared error.</param>
/// <param name="Perceptual">Of the teacher's judgement of a decoded picture.</param>
internal sealed record TrainingWeights(double Readout, double Pixels, double Perceptual);
