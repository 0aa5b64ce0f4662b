using Pastiche.Compute;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Losses;

public sealed class PolarFactorTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(18, 1e-1)]
    [InlineData(64, 1e-4)]
    [InlineData(100, 1e-5)]
    public void Factor_is_orthogonal_and_leaves_a_symmetric_rest(int size, double smallest)
    {
        using var compute = new NetworkCompute(threads: 2);
        using FeatureMap matrix = MatrixMap.Create(size);
        using var polar = new PolarFactor(size, compute.Products);
        // Singular values from the smallest to 1 between random rotations.
        float[] values = Product(
            Rotation(size, 1), [.. Rotation(size, 2).Select((value, i) => (float)(value * Math.Pow(smallest, (double)(i / size) / Math.Max(size - 1, 1))))], size);
        matrix.CopyFromPlanes(values);

        float[] rotation = polar.Compute(matrix, smallest).ToPlanes();

        Assert.InRange(ScalarReference.RelativeError(Identity(size), Product(rotation, Transposed(rotation, size), size)), 0, 1e-4);
        float[] rest = Product(Transposed(rotation, size), values, size);
        Assert.InRange(ScalarReference.RelativeError(rest, Transposed(rest, size)), 0, 1e-4);
        double sum = Enumerable.Range(0, size).Sum(k => Math.Pow(smallest, (double)k / Math.Max(size - 1, 1)));
        Assert.Equal(sum, Enumerable.Range(0, size).Sum(i => (double)rest[i * (size + 1)]), sum * 1e-5);
    }

    // Gram and Schmidt.
    private static float[] Rotation(int size, int seed)
    {
        float[] random = ScalarReference.RandomValues(size * size, seed);
        double[] rows = Array.ConvertAll(random, value => (double)value);
        for (int i = 0; i < size; i++)
        {
            Span<double> row = rows.AsSpan(i * size, size);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                    SpanMath.AddScaled(row, -SpanMath.Dot(row, rows.AsSpan(j * size, size)), rows.AsSpan(j * size, size));
            }
            double length = Math.Sqrt(SpanMath.Dot(row, row));
            foreach (ref double value in row)
                value /= length;
        }
        return Array.ConvertAll(rows, value => (float)value);
    }

    private static float[] Identity(int size) => [.. Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1f : 0)];

    private static float[] Transposed(float[] matrix, int size) =>
        [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i % size * size + i / size])];

    private static float[] Product(float[] left, float[] right, int size) =>
        [.. from i in Enumerable.Range(0, size)
            from j in Enumerable.Range(0, size)
            select (float)Enumerable.Range(0, size).Sum(k => (double)left[i * size + k] * right[k * size + j])];
}
