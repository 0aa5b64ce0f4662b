using System.Numerics.Tensors;
using Pastiche.Compute;

namespace Pastiche.Losses;

/// <summary>Sums over the pixels of a map that comes in bands of rows: products of two channels and, if they count, channels.</summary>
/// <param name="products">What sums over a band.</param>
/// <param name="gram">Receives the sums of products, <c>[c, c]</c>.</param>
/// <param name="mean">Receives the sums of channels, <c>[c]</c>; <c>null</c> when they do not count.</param>
internal sealed class MomentSums(IFeatureProducts products, float[] gram, double[]? mean)
{
    private readonly float[] _bandGram = new float[gram.Length];         // [c, c]
    private readonly double[] _bandMean = new double[mean?.Length ?? 0]; // [c]

    /// <summary>Whether the sums of channels count.</summary>
    public bool HasMean => mean is not null;

    public void Clear()
    {
        Array.Clear(gram);
        if (mean is not null)
            Array.Clear(mean);
    }

    /// <summary>Adds the products of a band's channels.</summary>
    public void AddProducts(FeatureMap band)
    {
        products.Gram(band, _bandGram);
        TensorPrimitives.Add(gram, _bandGram, gram);
    }

    /// <summary>Adds a band's channels, if they count.</summary>
    public void AddChannels(FeatureMap band)
    {
        if (mean is null)
            return;
        products.Sum(band, _bandMean);
        TensorPrimitives.Add(mean, _bandMean, mean);
    }

    /// <summary>Makes means of the sums.</summary>
    /// <param name="gramDivisor">What the sums of products are divided by.</param>
    /// <param name="meanDivisor">What the sums of channels are divided by.</param>
    public void Divide(double gramDivisor, double meanDivisor)
    {
        TensorPrimitives.Multiply(gram, (float)(1 / gramDivisor), gram);
        if (mean is not null)
            TensorPrimitives.Divide(mean, meanDivisor, mean);
    }
}
