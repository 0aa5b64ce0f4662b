namespace Pastiche.Training;

/// <summary>What the losses count for.</summary>
/// <param name="Readout">Of each tap's unexplained share of the teacher's variance.</param>
/// <param name="Pixels">Of the logarithm of the mean squared error, at level 3.</param>
/// <param name="Perceptual">Of the teacher's judgement of a decoded picture.</param>
internal sealed record TrainingWeights(double Readout, double Pixels, double Perceptual)
{
    private const int MiddleLevel = 3;

    /// <summary>
    /// Of a block's logarithm of the mean squared error, blocks from 0. The deeper a level, the more it counts: the first ones soon
    /// decode nearly everything, and what they ask of the encoder beyond that is lost to the others.
    /// </summary>
    public double PixelsOf(int block) => Pixels * (block + 1) / MiddleLevel;
}
