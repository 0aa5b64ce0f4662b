using Pastiche.Transforms;

namespace Pastiche.Tests.Transforms;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(130)]
    public void Values_and_vectors_put_the_matrix_together_again(int size)
    {
        double[] matrix = RandomMatrices.Symmetric(size, 1);

        Check(matrix, size);
        Check([.. matrix.Select(value => value * 1e-150)], size);
        Check([.. matrix.Select(value => value * 1e150)], size);
    }

    [Fact]
    public void Degenerate_matrices_are_decomposed()
    {
        const int Size = 19;
        double[] vector = RandomMatrices.Symmetric(Size, 2)[..Size];
        Check(new double[Size * Size], Size);
        Check(RandomMatrices.Identity(Size), Size);
        Check([.. Enumerable.Range(0, Size * Size).Select(i => vector[i / Size] * vector[i % Size])], Size);
        Check([.. Enumerable.Range(0, Size * Size).Select(i => i % (Size + 1) == 0 ? i % 3 : 0.0)], Size);
        Check([.. Enumerable.Repeat(1.0, Size * Size)], Size);
        Check(RandomMatrices.Covariance(Size, 5, 3), Size);
    }

    [Fact]
    public void Values_are_those_of_a_known_matrix()
    {
        // -1, 2, -1 on three diagonals: 2 - 2 cos(k pi / (n + 1)).
        const int Size = 30;
        double[] matrix = [.. Enumerable.Range(0, Size * Size).Select(i => Math.Abs(i / Size - i % Size) switch { 0 => 2.0, 1 => -1.0, _ => 0.0 })];
        double[] expected = [.. Enumerable.Range(1, Size).Select(k => 2 - 2 * Math.Cos(k * Math.PI / (Size + 1)))];

        var eigen = new SymmetricEigen(matrix, Size);

        Assert.Equal(expected, eigen.Values.Order(), (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(expected[^1], eigen.Largest, 1e-13);
    }

    [Fact]
    public void Functions_of_a_matrix_act_on_its_values()
    {
        const int Size = 40;
        double[] matrix = RandomMatrices.Covariance(Size, 100, 4);
        var eigen = new SymmetricEigen(matrix, Size);

        double[] root = eigen.Function(Math.Sqrt), inverse = eigen.Function(value => 1 / value);

        RandomMatrices.AssertClose(matrix, Spectrum.Multiply(root, root, Size), 1e-12);
        RandomMatrices.AssertClose(RandomMatrices.Identity(Size), Spectrum.Multiply(matrix, inverse, Size), 1e-10);
    }

    private static void Check(double[] matrix, int size)
    {
        double[] before = [.. matrix];
        var eigen = new SymmetricEigen(matrix, size);

        Assert.Equal(before, matrix);
        RandomMatrices.AssertClose(matrix, eigen.Function(value => value), 1e-13);
        RandomMatrices.AssertClose(RandomMatrices.Identity(size), eigen.Function(_ => 1), 1e-13);
        for (int i = 0; i < size; i++)
            Assert.Equal(1, eigen.Vector(i).ToArray().Sum(value => value * value), 1e-12);
    }
}
