namespace Pastiche.Compute;

/// <summary>What losses need of feature maps: sums over all pixels, and gradients that have the shape of a map.</summary>
/// <remarks>Results do not depend on the number of threads.</remarks>
internal interface IFeatureProducts : IDisposable
{
    /// <summary>The Gram matrix <c>G[i, j] = sum over pixels of F[i] F[j]</c>, without a normalisation.</summary>
    /// <param name="map">F, <c>[channels, height, width]</c>.</param>
    /// <param name="gram">Receives <c>[channels, channels]</c>.</param>
    void Gram(FeatureMap map, float[] gram);

    /// <summary>The sum over pixels of each channel.</summary>
    /// <param name="map">F, <c>[channels, height, width]</c>.</param>
    /// <param name="sums">Receives <c>[channels]</c>.</param>
    void Sum(FeatureMap map, double[] sums);

    /// <summary>
    /// Adds <c>M F</c>, or <c>M F + s b</c>, to a map: what becomes of gradients with respect to the Gram matrix and the mean.
    /// </summary>
    /// <param name="matrix">M, <c>[channels, channels]</c>, symmetric.</param>
    /// <param name="map">F, <c>[channels, height, width]</c>.</param>
    /// <param name="target">The map that is added to, of the same shape, or with more rows.</param>
    /// <param name="onlyPositive">Whether only values at which F is positive are kept, which takes a gradient back through a ReLU.</param>
    /// <param name="top">The first row of the target that is added to.</param>
    /// <param name="offset">b, <c>[channels]</c>; <c>null</c>: zero.</param>
    /// <param name="shares">s, <c>[height, width]</c>; empty: one.</param>
    void AddProduct(
        float[] matrix, FeatureMap map, FeatureMap target, bool onlyPositive, int top = 0, double[]? offset = null,
        ReadOnlyMemory<float> shares = default);

    /// <summary>Adds a map to another.</summary>
    /// <param name="addend">What is added, <c>[channels, height, width]</c>.</param>
    /// <param name="map">F, of the same shape.</param>
    /// <param name="target">The map that is added to, of the same shape.</param>
    /// <param name="onlyPositive">Whether only values at which F is positive are added.</param>
    void Add(FeatureMap addend, FeatureMap map, FeatureMap target, bool onlyPositive);

    /// <summary>The sum of <c>(F - R)^2</c> over all channels and pixels.</summary>
    double SquaredDistance(FeatureMap map, FeatureMap reference);

    /// <summary>Adds <c>factor * (F - R)</c> to a map.</summary>
    /// <param name="factor">What the difference is multiplied with.</param>
    /// <param name="map">F, <c>[channels, height, width]</c>.</param>
    /// <param name="reference">R, of the same shape.</param>
    /// <param name="target">The map that is added to, of the same shape.</param>
    /// <param name="onlyPositive">Whether only values at which F is positive are added.</param>
    void AddDifference(float factor, FeatureMap map, FeatureMap reference, FeatureMap target, bool onlyPositive);
}
