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
}
