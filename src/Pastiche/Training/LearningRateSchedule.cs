namespace Pastiche.Training;

/// <summary>
/// The step size over a training: each of its stages begins with a short linear rise and falls along half a cosine to a
/// hundredth (Loshchilov and Hutter, arXiv 1608.03983).
/// </summary>
internal sealed class LearningRateSchedule(TrainingOptions options)
{
    private const int Rise = 100;
    private const double LastShare = 0.01;

    /// <summary>The step size at a step, from 0.</summary>
    public double this[int step] => options.StageOf(step) switch
    {
        TrainingStage.Joint => Part(step, options.JointSteps) * options.LearningRate,
        TrainingStage.Decoders => Part(step - options.JointSteps, options.DecoderSteps) * options.DecoderLearningRate,
        _ => Part(step - options.JointSteps - options.DecoderSteps, options.DeepSteps) * options.LearningRate,
    };

    private static double Part(int step, int steps)
    {
        double fall = LastShare + (1 - LastShare) * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
        return fall * Math.Min(1, (step + 1.0) / Rise);
    }
}
