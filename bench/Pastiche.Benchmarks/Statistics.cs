namespace Pastiche.Benchmarks;

/// <summary>The few numbers that sum measurements up.</summary>
internal static class Statistics
{
    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Root mean square of the difference over root mean square of the reference.</summary>
    public static double RelativeError(float[] values, float[] reference)
    {
        (double difference, double norm) = (0, 0);
        for (int i = 0; i < reference.Length; i++)
        {
            difference += Math.Pow(values[i] - (double)reference[i], 2);
            norm += Math.Pow(reference[i], 2);
        }
        return Math.Sqrt(difference / norm);
    }

    public static double Cosine(float[] first, float[] second)
    {
        (double product, double firstNorm, double secondNorm) = (0, 0, 0);
        for (int i = 0; i < first.Length; i++)
        {
            product += first[i] * (double)second[i];
            firstNorm += first[i] * (double)first[i];
            secondNorm += second[i] * (double)second[i];
        }
        return product / Math.Sqrt(firstNorm * secondNorm);
    }

    /// <summary>
    /// Peak signal-to-noise ratio in decibels, <c>-10 log10(mean squared error)</c> over all pixels and channels at once.
    /// </summary>
    /// <param name="values">Values that are clamped to 0 to 1 first.</param>
    /// <param name="reference">What they should be, 0 to 1.</param>
    public static double PeakSignalToNoise(float[] values, float[] reference)
    {
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = Math.Clamp(values[i], 0, 1) - reference[i];
            sum += difference * difference;
        }
        return -10 * Math.Log10(sum / reference.Length);
    }
}
