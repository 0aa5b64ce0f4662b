namespace Pastiche.Transforms;

/// <summary>
/// Mean and covariance of the features of many pixels. Pixels count by weights; with weights 0 and 1 the covariance is the sum over
/// the pixels that count, divided by their number less one.
/// </summary>
/// <param name="Mean">Mean of each channel, <c>[channels]</c>.</param>
/// <param name="Covariance"><c>[channels, channels]</c>, symmetric; zero where there is but one pixel.</param>
/// <param name="Weight">The sum of the pixels' weights: their number, when all count.</param>
/// <param name="SquaredWeight">The sum of the squared weights, which says how many pixels the weights are worth.</param>
internal sealed record FeatureStatistics(double[] Mean, double[] Covariance, double Weight, double SquaredWeight)
{
    private SymmetricEigen? _eigen;

    /// <summary>Channels.</summary>
    public int Channels => Mean.Length;

    /// <summary>The covariance's eigen-decomposition, computed once.</summary>
    public SymmetricEigen Eigen => _eigen ??= new SymmetricEigen(Covariance, Channels);

    /// <summary>What the sum of squared deviations is divided by: <c>W - (sum of w^2) / W</c>, which is the number less one for weights of 1.</summary>
    public static double FreedomOf(double weight, double squaredWeight)
    {
        double freedom = weight > 0 ? weight - squaredWeight / weight : 0;
        return freedom > weight * 1e-12 ? freedom : 0;
    }

    /// <summary>The weighted mean of products of two channels at a pixel, <c>[channels, channels]</c>: no mean is taken off.</summary>
    public double[] SecondMoment()
    {
        double share = Weight > 0 ? FreedomOf(Weight, SquaredWeight) / Weight : 0;
        return [.. Covariance.Select((value, i) => share * value + Mean[i / Channels] * Mean[i % Channels])];
    }

    /// <summary>
    /// The statistics of the pixels of two maps together, so that a large picture can be read strip by strip (Chan, Golub and
    /// LeVeque, 1979).
    /// </summary>
    public static FeatureStatistics Merge(FeatureStatistics a, FeatureStatistics b)
    {
        if (a.Weight == 0 || b.Weight == 0)
            return a.Weight == 0 ? b : a;
        double weight = a.Weight + b.Weight, squared = a.SquaredWeight + b.SquaredWeight;
        double freedom = FreedomOf(weight, squared);
        double share = b.Weight / weight, between = a.Weight * share;
        double freedomOfA = FreedomOf(a.Weight, a.SquaredWeight), freedomOfB = FreedomOf(b.Weight, b.SquaredWeight);
        double[] difference = [.. b.Mean.Zip(a.Mean, (mb, ma) => mb - ma)];
        var covariance = new double[a.Covariance.Length];
        for (int i = 0; i < covariance.Length && freedom > 0; i++)
        {
            (int row, int column) = Math.DivRem(i, a.Channels);
            double scatter = a.Covariance[i] * freedomOfA + b.Covariance[i] * freedomOfB + difference[row] * difference[column] * between;
            covariance[i] = scatter / freedom;
        }
        return new FeatureStatistics([.. a.Mean.Select((mean, i) => mean + difference[i] * share)], covariance, weight, squared);
    }

    /// <summary>
    /// The statistics of a mixture: a pixel comes from the first painting with the probability of the first weight, and so on. Means
    /// mix linearly; second moments do, too, so that the covariance also has what lies between the means.
    /// </summary>
    /// <param name="parts">At least one.</param>
    /// <param name="weights">Their shares; not negative, divided by their sum, which is positive.</param>
    public static FeatureStatistics Mix(IReadOnlyList<FeatureStatistics> parts, IReadOnlyList<double> weights)
    {
        double sum = weights.Sum();
        int channels = parts[0].Channels;
        double[] mean = new double[channels], covariance = new double[channels * channels];
        for (int part = 0; part < parts.Count; part++)
        {
            for (int i = 0; i < channels; i++)
                mean[i] += weights[part] / sum * parts[part].Mean[i];
        }
        for (int part = 0; part < parts.Count; part++)
        {
            double share = weights[part] / sum;
            for (int i = 0; i < covariance.Length; i++)
            {
                (int row, int column) = Math.DivRem(i, channels);
                double between = (parts[part].Mean[row] - mean[row]) * (parts[part].Mean[column] - mean[column]);
                covariance[i] += share * (parts[part].Covariance[i] + between);
            }
        }
        return new FeatureStatistics(mean, covariance, parts.Sum(part => part.Weight), parts.Sum(part => part.SquaredWeight));
    }
}
