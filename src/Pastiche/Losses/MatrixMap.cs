using Pastiche.Compute;

namespace Pastiche.Losses;

/// <summary>
/// Square matrices as feature maps, a row a channel and a column a pixel, so that the kernels for features compute products of
/// matrices: <see cref="IFeatureProducts.Gram"/> gives <c>X X^T</c>, <see cref="IFeatureProducts.AddProduct"/> <c>M^T X</c>.
/// </summary>
internal static class MatrixMap
{
    /// <summary>A map for a matrix of so many rows.</summary>
    public static FeatureMap Create(int size)
    {
        // Rows of a map are what threads share.
        int height = Enumerable.Range(1, 16).Last(height => size % height == 0);
        return new FeatureMap(size, height, size / height);
    }
}
