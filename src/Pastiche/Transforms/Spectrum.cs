using Pastiche.Compute;

namespace Pastiche.Transforms;

/// <summary>Roots of covariances, and what of a covariance is signal and what rounding.</summary>
internal static class Spectrum
{
    // Features are computed and summed in single precision: what is smaller in relation to the largest eigenvalue is rounding.
    private const double SmallestShare = 1e-7;

    // The same in relation to the mean, for features that hardly vary: deviations below 1e-5 of it are rounding.
    private const double SmallestVarianceShare = 1e-10;

    /// <summary>The variance below which a direction counts as constant.</summary>
    public static double FloorOf(FeatureStatistics statistics, double largest) => Math.Max(
        SmallestShare * largest, SmallestVarianceShare * SpanMath.Dot(statistics.Mean, statistics.Mean));

    /// <summary>The square root of the covariance, <c>[channels, channels]</c>.</summary>
    public static double[] SquareRoot(FeatureStatistics statistics)
    {
        double floor = FloorOf(statistics, statistics.Eigen.Largest);
        return statistics.Eigen.Function(value => value > floor ? Math.Sqrt(value) : 0);
    }

    /// <summary>The inverse of the square root, zero in the directions in which nothing varies.</summary>
    public static double[] InverseSquareRoot(FeatureStatistics statistics)
    {
        double floor = FloorOf(statistics, statistics.Eigen.Largest);
        return statistics.Eigen.Function(value => value > floor ? 1 / Math.Sqrt(value) : 0);
    }

    /// <summary>The product of two square matrices.</summary>
    public static double[] Multiply(double[] left, double[] right, int size)
    {
        var result = new double[left.Length];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = result.AsSpan(i * size, size);
            for (int k = 0; k < size; k++)
                SpanMath.AddScaled(row, left[i * size + k], right.AsSpan(k * size, size));
        }
        return result;
    }
}
