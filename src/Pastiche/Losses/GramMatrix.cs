using Pastiche.Compute;

namespace Pastiche.Losses;

/// <summary>What a sum over pixels is divided by to make a Gram matrix comparable.</summary>
internal enum GramNormalization
{
    /// <summary>By the number of pixels: an entry is the mean product of two channels, whatever the size and the layer.</summary>
    Pixels,

    /// <summary>By channels times pixels, as the classic slides have it.</summary>
    Elements,
}

/// <summary>
/// Gram matrices <c>G[i, j] = sum over pixels of F[i] F[j] / n</c>: which channels respond together, regardless of where
/// (Gatys, Ecker and Bethge, arXiv 1505.07376).
/// </summary>
internal static class GramMatrix
{
    /// <summary>The divisor n.</summary>
    /// <param name="pixels">How many pixels the sum is worth.</param>
    /// <param name="channels">c.</param>
    /// <param name="normalization">What to divide by.</param>
    public static double DivisorOf(double pixels, int channels, GramNormalization normalization) =>
        pixels * (normalization == GramNormalization.Elements ? channels : 1);

    /// <summary>Computes a Gram matrix.</summary>
    /// <param name="features">F, <c>[c, h, w]</c>.</param>
    /// <param name="normalization">The divisor.</param>
    /// <param name="products">What sums over pixels.</param>
    /// <param name="gram">Receives <c>[c, c]</c>.</param>
    public static void Compute(FeatureMap features, GramNormalization normalization, IFeatureProducts products, float[] gram)
    {
        products.Gram(features, gram);
        var factor = (float)(1 / DivisorOf((double)features.Height * features.Width, features.Channels, normalization));
        System.Numerics.Tensors.TensorPrimitives.Multiply(gram, factor, gram);
    }

    /// <summary>The Gram matrix of features whose mean products are known.</summary>
    /// <param name="moment">The mean over pixels of <c>F[i] F[j]</c>, <c>[c, c]</c>.</param>
    /// <param name="channels">c.</param>
    /// <param name="normalization">The divisor.</param>
    public static float[] Of(double[] moment, int channels, GramNormalization normalization)
    {
        double factor = normalization == GramNormalization.Elements ? 1.0 / channels : 1;
        return Array.ConvertAll(moment, value => (float)(factor * value));
    }

    /// <summary>The weighted mean of matrices of one size: the style of several paintings.</summary>
    /// <param name="matrices">The matrices, at least one.</param>
    /// <param name="weights">A weight for each, positive; they are divided by their sum.</param>
    public static float[] Mix(IReadOnlyList<float[]> matrices, IReadOnlyList<double> weights)
    {
        double total = weights.Sum();
        var mix = new double[matrices[0].Length];
        for (int i = 0; i < matrices.Count; i++)
        {
            double share = weights[i] / total;
            for (int j = 0; j < mix.Length; j++)
                mix[j] += share * matrices[i][j];
        }
        return Array.ConvertAll(mix, value => (float)value);
    }
}
