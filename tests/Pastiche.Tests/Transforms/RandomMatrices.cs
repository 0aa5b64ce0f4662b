namespace Pastiche.Tests.Transforms;

/// <summary>Matrices to try transforms on.</summary>
internal static class RandomMatrices
{
    public static double[] Identity(int size) => [.. Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1.0 : 0.0)];

    public static double[] Symmetric(int size, int seed)
    {
        var random = new Random(seed);
        var matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
                matrix[i * size + j] = matrix[j * size + i] = random.NextDouble() * 2 - 1;
        }
        return matrix;
    }

    /// <summary>A sum of squares: symmetric, not negative, of the rank asked for.</summary>
    public static double[] Covariance(int size, int rank, int seed)
    {
        var random = new Random(seed);
        var matrix = new double[size * size];
        for (int k = 0; k < rank; k++)
        {
            double[] vector = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() * 2 - 1)];
            for (int i = 0; i < matrix.Length; i++)
                matrix[i] += vector[i / size] * vector[i % size] / rank;
        }
        return matrix;
    }

    /// <summary>The largest difference of two entries, in relation to the largest entry, is small.</summary>
    public static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(expected.Max(Math.Abs), double.Epsilon);
        double error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / scale;
        Assert.True(error <= tolerance, $"differs by {error:e2} of the largest entry; allowed {tolerance:e2}");
    }
}
