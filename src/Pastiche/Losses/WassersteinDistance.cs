using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// The squared 2-Wasserstein distance between normal distributions with the moments of picture and painting, per channel (Dowson and
/// Landau, 1982; as a style loss: Mroueh, "Wasserstein Style Transfer", arXiv 1905.12828):
/// <c>V = 1 / c * (|m - m_t|^2 + tr(C + C_t - 2 (C^(1/2) C_t C^(1/2))^(1/2)))</c>, C and C_t the covariances. It is the least mean
/// squared change of the features that gives them the painting's mean and covariance, <c>f -> T (f - m) + m_t</c>, and its derivatives
/// say just that: <c>dV/dC = 1 / c * (I - T)</c>, <c>dV/dm = 2 / c * (m - m_t)</c> at constant C.
/// Under a metric <c>R = B^T B</c> it is the distance between the features <c>B f</c>.
/// At the common scale a weight gives about the same compromise with the content as with <see cref="GramDistance"/>.
/// </summary>
/// <remarks>
/// Both distributions are blurred by a little noise of variance e, <c>C + e I</c>, without which the derivative would not exist where
/// features do not vary in some direction; the distance is still zero for equal moments alone. The trace is computed without an
/// eigen-decomposition: with <c>C = L L^T</c> and <c>C_t = K K^T</c> (Cholesky) it is the sum of the singular values of
/// <c>G = K^T L</c>, <c>tr(U^T G)</c> for the polar factor U of G, whose errors count squared; and <c>T = K U L^-1</c>.
/// </remarks>
internal sealed class WassersteinDistance : IStyleDistance, IDisposable
{
    // The noise's variance, in relation to the painting's mean variance and, for paintings of one colour, mean square: what rounding
    // leaves of a covariance is less. The last is for paintings of which the network sees nothing.
    private const double NoiseOfVariance = 1e-3, NoiseOfSquare = 1e-5, LeastNoise = 1e-8;

    private readonly int _channels;
    private readonly FeatureMetric? _metric;
    private readonly NetworkCompute _compute;
    private readonly double _noise, _targetTrace;
    private readonly double[] _targetMean;                                // m_t, [c]
    private readonly float[] _targetFactor, _targetFactorTransposed;      // K, K^T, [c, c]
    private readonly double[] _factor;                                    // C, then L, [c, c]
    private readonly double[] _transport;                                 // T, [c, c]
    private readonly double[] _difference, _meanSlope;                    // m - m_t and its slope, [c]
    private readonly float[] _narrow, _slope;                             // [c, c]
    private readonly FeatureMap _overlap, _map;                           // G; a matrix on its way into a product or out of it
    private readonly PolarFactor _polar;

    /// <summary>Sets the distance up.</summary>
    /// <param name="target">The painting's moments, of sums divided by the number of pixels.</param>
    /// <param name="metric">R, what differences between features are worth; <c>null</c>: each channel alike.</param>
    /// <param name="compute">What to compute with.</param>
    public WassersteinDistance(FeatureMoments target, FeatureMetric? metric, NetworkCompute compute)
    {
        (_channels, _targetMean, _metric, _compute) = (target.Mean.Length, target.Mean, metric, compute);
        int length = target.Gram.Length;
        (Gram, _narrow, _slope) = (new float[length], new float[length], new float[length]);
        (_factor, _transport) = (new double[length], new double[length]);
        (Mean, _difference, _meanSlope) = (new double[_channels], new double[_channels], new double[_channels]);
        (_overlap, _map) = (MatrixMap.Create(_channels), MatrixMap.Create(_channels));
        _polar = new PolarFactor(_channels, compute.Products);

        _targetTrace = Covariance(target.Gram, target.Mean);
        double square = _targetTrace + SquareOf(target.Mean);
        _noise = Math.Max(Math.Max(NoiseOfVariance * _targetTrace, NoiseOfSquare * square) / _channels, LeastNoise);
        FactorCovariance();
        _targetFactor = Array.ConvertAll(_factor, value => (float)value);
        _targetFactorTransposed = new float[length];
        for (int i = 0; i < length; i++)
            _targetFactorTransposed[i % _channels * _channels + i / _channels] = _targetFactor[i];
    }

    /// <summary>e, the variance of the noise that blurs both distributions.</summary>
    public double Noise => _noise;

    public float[] Gram { get; }

    public double[] Mean { get; }

    public double DivisorOf(double pixels) => pixels;

    public double Evaluate()
    {
        double trace = Covariance(Gram, Mean);
        FactorCovariance();
        TensorPrimitives.Subtract(Mean, _targetMean, _difference);
        TensorPrimitives.ConvertTruncating<double, float>(_factor, _narrow);
        _map.CopyFromPlanes(_narrow);
        Multiply(_targetFactor, _map, _overlap);                                // K^T L

        FeatureMap rotation = _polar.Compute(_overlap, _noise);
        double singularValues = Dot(rotation, _overlap);
        Multiply(_targetFactorTransposed, rotation, _map);                      // K U
        _map.CopyToPlanes(_narrow);
        TensorPrimitives.ConvertTruncating<float, double>(_narrow, _transport);
        double variances = trace + _targetTrace + 2 * _channels * _noise;
        return Math.Max(SquareOf(_difference) + variances - 2 * singularValues, 0) / _channels;
    }

    public MomentSlopes Slopes(double factor, double meanFactor)
    {
        // T L = K U, row by row.
        _compute.Pool.Run(_channels, (row, _) => Cholesky.SolveRow(_factor, _transport.AsSpan(row * _channels, _channels)));
        for (int i = 0; i < _channels; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double moved = (_transport[i * _channels + j] + _transport[j * _channels + i]) / 2;
                _slope[i * _channels + j] = _slope[j * _channels + i] = (float)((i == j ? 1 : 0) - moved);
            }
        }
        if (_metric is not null)
            _metric.Pull(_slope, _slope);

        // Of the covariance's G - m m^T the mean has a share, too.
        for (int i = 0; i < _channels; i++)
        {
            double apart = 0, own = 0;
            for (int j = 0; j < _channels; j++)
            {
                apart += (_metric is null ? i == j ? 1 : 0 : _metric.Matrix[i * _channels + j]) * _difference[j];
                own += _slope[i * _channels + j] * Mean[j];
            }
            _meanSlope[i] = 2 * meanFactor / _channels * (apart - own);
        }
        TensorPrimitives.Multiply(_slope, (float)(factor / _channels), _slope);
        return new MomentSlopes(_slope, _meanSlope);
    }

    public void Dispose()
    {
        _overlap.Dispose();
        _map.Dispose();
        _polar.Dispose();
    }

    // Puts the covariance, that of B f under a metric, into _factor and gives its trace.
    private double Covariance(float[] gram, double[] mean)
    {
        for (int i = 0; i < _channels; i++)
        {
            for (int j = 0; j < _channels; j++)
                _factor[i * _channels + j] = gram[i * _channels + j] - mean[i] * mean[j];
        }
        if (_metric is not null)
        {
            TensorPrimitives.ConvertTruncating<double, float>(_factor, _narrow);
            _metric.Push(_narrow, _narrow);
            TensorPrimitives.ConvertTruncating<float, double>(_narrow, _factor);
        }
        double trace = 0;
        for (int i = 0; i < _channels; i++)
            trace += _factor[i * (_channels + 1)];
        return trace;
    }

    private void FactorCovariance()
    {
        for (int i = 0; i < _channels; i++)
            _factor[i * (_channels + 1)] += _noise;
        Cholesky.Factor(_factor, _channels, _noise / 2);
    }

    // |B v|^2.
    private double SquareOf(double[] vector)
    {
        double sum = 0;
        for (int i = 0; i < _channels; i++)
        {
            for (int j = 0; j < _channels && _metric is not null; j++)
                sum += vector[i] * _metric.Matrix[i * _channels + j] * vector[j];
        }
        return _metric is null ? SpanMath.Dot(vector, vector) : sum;
    }

    // left^T right.
    private void Multiply(float[] left, FeatureMap right, FeatureMap product)
    {
        product.Clear();
        _compute.Products.AddProduct(left, right, product, onlyPositive: false);
    }

    private double Dot(FeatureMap left, FeatureMap right)
    {
        left.CopyToPlanes(_narrow);
        right.CopyToPlanes(_slope);
        double sum = 0;
        for (int i = 0; i < _narrow.Length; i++)
            sum += (double)_narrow[i] * _slope[i];
        return sum;
    }
}
