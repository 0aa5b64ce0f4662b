using System.Numerics.Tensors;

namespace Pastiche.Losses;

/// <summary>
/// What differences between features are worth (<see cref="Networks.NetworkWeights.Metrics"/>), applied to matrices of a tap's
/// channels.
/// </summary>
/// <param name="matrix">R, <c>[c, c]</c>, symmetric.</param>
internal sealed class FeatureMetric(float[] matrix)
{
    private readonly int _size = (int)Math.Sqrt(matrix.Length);
    private readonly float[] _half = new float[matrix.Length];

    /// <summary>R, <c>[c, c]</c>.</summary>
    public float[] Matrix => matrix;

    /// <summary><c>R D R</c> for a symmetric matrix: what becomes of a difference of Gram matrices.</summary>
    /// <param name="difference">D, <c>[c, c]</c>.</param>
    /// <param name="result">Receives <c>[c, c]</c>, symmetric.</param>
    public void Sandwich(float[] difference, float[] result)
    {
        Multiply(matrix, difference, _half);
        Multiply(_half, matrix, result);
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
