namespace Pastiche.Training;

/// <summary>A step of a training.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="LearningRate">Its step size.</param>
/// <param name="Unexplained">Per tap (relu1_1, relu2_1, relu3_1, relu4_1, relu4_2, relu5_1), the share of the teacher's variance that is not explained; NaN while only decoders learn.</param>
/// <param name="Decibels">Per level, 1 to 5, the peak signal-to-noise ratio of encoding and decoding.</param>
/// <param name="Perceptual">The teacher's judgement of a decoded picture, 0 for the original; NaN while all learn together.</param>
/// <param name="PicturesPerSecond">Crops per second since this run began.</param>
/// <param name="TimeLeft">Expected time to the end.</param>
public readonly record struct TrainingProgress(
    int Step, int Steps, double LearningRate, IReadOnlyList<double> Unexplained, IReadOnlyList<double> Decibels, double Perceptual,
    double PicturesPerSecond, TimeSpan TimeLeft);
