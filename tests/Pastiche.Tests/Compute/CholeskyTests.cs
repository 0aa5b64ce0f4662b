using Pastiche.Compute;
using Pastiche.Tests.Transforms;

namespace Pastiche.Tests.Compute;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(33, 50)]
    [InlineData(20, 4)]
    public void Factor_times_its_transpose_is_the_matrix(int size, int rank)
    {
        double[] matrix = RandomMatrices.Covariance(size, rank, 1), factor = [.. matrix];
        Cholesky.Factor(factor, size, 0);
        double[] product = [.. from i in Enumerable.Range(0, size)
                               from j in Enumerable.Range(0, size)
                               select Enumerable.Range(0, size).Sum(k => factor[i * size + k] * factor[j * size + k])];
        // Of a semidefinite matrix the pivots that are missing are rounding's size, and so are their columns' roots.
        RandomMatrices.AssertClose(matrix, product, rank < size ? 1e-6 : 1e-12);
        Assert.All(Enumerable.Range(0, factor.Length), i => Assert.True(i % size <= i / size || factor[i] == 0));
    }

    [Fact]
    public void Solved_rows_times_the_factor_are_the_rows()
    {
        const int Size = 13;
        double[] factor = RandomMatrices.Covariance(Size, 30, 2), wanted = RandomMatrices.Symmetric(Size, 3);
        Cholesky.Factor(factor, Size, 0);
        double[] solution = [.. wanted];
        for (int row = 0; row < Size; row++)
            Cholesky.SolveRow(factor, solution.AsSpan(row * Size, Size));
        double[] product = [.. from i in Enumerable.Range(0, Size)
                               from j in Enumerable.Range(0, Size)
                               select Enumerable.Range(0, Size).Sum(k => solution[i * Size + k] * factor[k * Size + j])];
        RandomMatrices.AssertClose(wanted, product, 1e-10);
    }

    [Fact]
    public void A_matrix_that_rounding_made_indefinite_has_a_factor_of_its_size()
    {
        const int Size = 24;
        // Of rank one, with errors that are larger than the least pivot.
        double[] errors = RandomMatrices.Symmetric(Size, 4);
        double[] matrix = [.. errors.Select((error, i) => 0.04 * (i / Size) * (i % Size) + 1e-4 * error)], factor = [.. matrix];
        Cholesky.Factor(factor, Size, 1e-6);
        Assert.All(factor, value => Assert.InRange(value, -5, 5));
        Assert.All(Enumerable.Range(0, Size), i =>
        {
            double length = Enumerable.Range(0, Size).Sum(k => factor[i * Size + k] * factor[i * Size + k]);
            Assert.InRange(length, 0, Math.Max(matrix[i * (Size + 1)], 0) + 2e-6);
        });
    }
}
