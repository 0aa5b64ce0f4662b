using Pastiche.Compute;

namespace Pastiche.Losses;

/// <summary>What style losses know of a painting's features: their Gram matrix and their mean.</summary>
/// <param name="Gram"><c>[c, c]</c>, divided as a <see cref="GramNormalization"/> says.</param>
/// <param name="Mean">The mean of each channel, <c>[c]</c>.</param>
internal sealed record FeatureMoments(float[] Gram, double[] Mean)
{
    /// <summary>The moments of a map's features.</summary>
    public static FeatureMoments Of(FeatureMap features, GramNormalization normalization, IFeatureProducts products)
    {
        var moments = new FeatureMoments(new float[features.Channels * features.Channels], new double[features.Channels]);
        GramMatrix.Compute(features, normalization, products, moments.Gram);
        products.Sum(features, moments.Mean);
        for (int i = 0; i < moments.Mean.Length; i++)
            moments.Mean[i] /= (double)features.Height * features.Width;
        return moments;
    }

    /// <summary>
    /// The moments of a mixture, in which a pixel comes from the first painting with the probability of the first weight, and so on: both
    /// mix linearly.
    /// </summary>
    /// <param name="parts">At least one, of the same channels.</param>
    /// <param name="weights">A weight for each, positive; they are divided by their sum.</param>
    public static FeatureMoments Mix(IReadOnlyList<FeatureMoments> parts, IReadOnlyList<double> weights)
    {
        double total = weights.Sum();
        var mean = new double[parts[0].Mean.Length];
        for (int part = 0; part < parts.Count; part++)
            SpanMath.AddScaled(mean, weights[part] / total, parts[part].Mean);
        return new FeatureMoments(GramMatrix.Mix([.. parts.Select(part => part.Gram)], weights), mean);
    }
}
