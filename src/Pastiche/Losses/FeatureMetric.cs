using System.Numerics.Tensors;
using Pastiche.Compute;

namespace Pastiche.Losses;

/// <summary>
/// What differences between features are worth (<see cref="Networks.NetworkWeights.Metrics"/>), applied to matrices of a tap's
/// channels.
/// </summary>
/// <param name="matrix">R, <c>[c, c]</c>, symmetric, without negative eigenvalues.</param>
internal sealed class FeatureMetric(float[] matrix)
{
    private readonly int _size = (int)Math.Sqrt(matrix.Length);
    private readonly float[] _half = new float[matrix.Length];
    private float[]? _factor, _factorTransposed;

    /// <summary>R, <c>[c, c]</c>.</summary>
    public float[] Matrix => matrix;

    // B^T, lower triangular, for a B with B^T B = R.
    private float[] FactorTransposed => _factorTransposed ??= FactorOf(matrix, _size);

    private float[] Factor => _factor ??= [.. Enumerable.Range(0, matrix.Length).Select(i => FactorTransposed[i % _size * _size + i / _size])];

    /// <summary><c>R D R</c> for a symmetric matrix: what becomes of a difference of Gram matrices.</summary>
    /// <param name="difference">D, <c>[c, c]</c>.</param>
    /// <param name="result">Receives <c>[c, c]</c>, symmetric; may be D.</param>
    public void Sandwich(float[] difference, float[] result) => Sandwich(matrix, difference, matrix, result);

    /// <summary>
    /// <c>B C B^T</c> for a symmetric matrix, where <c>B^T B = R</c>: the covariance of <c>B f</c>, in which plain distances are those
    /// of f under the metric.
    /// </summary>
    /// <param name="covariance">C, <c>[c, c]</c>.</param>
    /// <param name="result">Receives <c>[c, c]</c>, symmetric; may be C.</param>
    public void Push(float[] covariance, float[] result) => Sandwich(Factor, covariance, FactorTransposed, result);

    /// <summary><c>B^T S B</c> for a symmetric matrix: the way back of a derivative with respect to what <see cref="Push"/> gives.</summary>
    /// <param name="slope">S, <c>[c, c]</c>.</param>
    /// <param name="result">Receives <c>[c, c]</c>, symmetric; may be S.</param>
    public void Pull(float[] slope, float[] result) => Sandwich(FactorTransposed, slope, Factor, result);

    private static float[] FactorOf(float[] matrix, int size)
    {
        double[] factor = Array.ConvertAll(matrix, value => (double)value);
        Cholesky.Factor(factor, size, 0);
        return Array.ConvertAll(factor, value => (float)value);
    }

    private void Sandwich(float[] left, float[] middle, float[] right, float[] result)
    {
        Multiply(left, middle, _half);
        Multiply(_half, right, result);
        // Rounding must not make it lopsided: the gradient counts on symmetry.
        for (int i = 0; i < _size; i++)
        {
            for (int j = 0; j < i; j++)
                result[i * _size + j] = result[j * _size + i] = (result[i * _size + j] + result[j * _size + i]) / 2;
        }
    }

    private void Multiply(float[] left, float[] right, float[] product)
    {
        for (int i = 0; i < _size; i++)
        {
            Span<float> row = product.AsSpan(i * _size, _size);
            row.Clear();
            for (int k = 0; k < _size; k++)
                TensorPrimitives.MultiplyAdd(right.AsSpan(k * _size, _size), left[i * _size + k], row, row);
        }
    }
}
