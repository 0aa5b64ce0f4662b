namespace Pastiche.Training;

/// <summary>What one crop, or a batch of them on average, told.</summary>
/// <param name="Unexplained">Per tap, the share of the teacher's variance that our features do not explain; NaN where not asked.</param>
/// <param name="Decibels">Per level, the decoder's peak signal-to-noise ratio; NaN where nothing was decoded.</param>
/// <param name="Perceptual">The teacher's judgement of one decoded picture; NaN where not asked.</param>
internal sealed record SampleLosses(double[] Unexplained, double[] Decibels, double Perceptual)
{
    /// <summary>The mean over samples, of each number over those that have it.</summary>
    public static SampleLosses Mean(IReadOnlyList<SampleLosses> samples) => new(
        Mean(samples, sample => sample.Unexplained),
        Mean(samples, sample => sample.Decibels),
        Mean(samples.Select(sample => sample.Perceptual)));

    private static double[] Mean(IReadOnlyList<SampleLosses> samples, Func<SampleLosses, double[]> values) =>
        [.. Enumerable.Range(0, values(samples[0]).Length).Select(i => Mean(samples.Select(sample => values(sample)[i])))];

    private static double Mean(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
