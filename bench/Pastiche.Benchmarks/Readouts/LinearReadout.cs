using MathNet.Numerics.LinearAlgebra;

namespace Pastiche.Benchmarks.Readouts;

/// <summary>How well one network's features are predicted from another's.</summary>
/// <param name="MeanOverChannels">Pearson's correlation of prediction and feature, averaged over channels that vary.</param>
/// <param name="Pooled">The correlation over all channels at once, each centred: strong channels count for more.</param>
internal readonly record struct ReadoutQuality(double MeanOverChannels, double Pooled);

/// <summary>
/// A linear map with bias from one network's features at a pixel to another's, fitted by ridge regression on features that are
/// centred and brought to unit variance, so that the penalty does not depend on their scale.
/// </summary>
internal sealed class LinearReadout
{
    /// <summary>The penalty, as a share of a feature's variance.</summary>
    public const double Ridge = 1e-6;

    // A channel that varies less than this (squared, at the common scale) is as good as constant.
    private const double LeastVariance = 1e-12;

    private readonly Matrix<double> _weights; // [inputs, outputs]

    /// <summary>Fits the map; the bias follows from the means and takes no part in correlations.</summary>
    public LinearReadout(FeatureMoments moments)
    {
        Vector<double> scale = Vector<double>.Build.Dense(
            moments.Inputs, i => 1 / Math.Sqrt(Math.Max(moments.CovarianceX(i, i), LeastVariance)));
        Matrix<double> normal = Matrix<double>.Build.Dense(
            moments.Inputs, moments.Inputs, (i, j) => scale[i] * moments.CovarianceX(i, j) * scale[j] + (i == j ? Ridge : 0));
        Matrix<double> right = Matrix<double>.Build.Dense(
            moments.Inputs, moments.Outputs, (i, j) => scale[i] * moments.CovarianceXY(i, j));
        _weights = Matrix<double>.Build.DenseOfDiagonalVector(scale) * normal.Cholesky().Solve(right);
    }

    /// <summary>Judges the map on features, which may be others than those that it was fitted to.</summary>
    public ReadoutQuality Judge(FeatureMoments moments)
    {
        Matrix<double> inputs = Matrix<double>.Build.Dense(moments.Inputs, moments.Inputs, moments.CovarianceX);
        Matrix<double> spread = inputs * _weights;
        (double correlations, double covariances, double predictedVariances, double variances) = (0, 0, 0, 0);
        int channels = 0;
        for (int output = 0; output < moments.Outputs; output++)
        {
            int j = output;
            Vector<double> weights = _weights.Column(j);
            double covariance = weights * Vector<double>.Build.Dense(moments.Inputs, i => moments.CovarianceXY(i, j));
            double predictedVariance = weights * spread.Column(j), variance = moments.VarianceY(j);
            covariances += covariance;
            predictedVariances += predictedVariance;
            variances += variance;
            if (variance <= LeastVariance)
                continue;
            channels++;
            correlations += predictedVariance > LeastVariance * variance ? covariance / Math.Sqrt(predictedVariance * variance) : 0;
        }
        return new ReadoutQuality(correlations / channels, covariances / Math.Sqrt(predictedVariances * variances));
    }
}
