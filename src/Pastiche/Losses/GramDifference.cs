using System.Numerics.Tensors;

namespace Pastiche.Losses;

/// <summary>
/// How far a Gram matrix G is from the paintings' A: <c>sum of D^2</c> for <c>D = G - A</c>, or <c>sum of D (R D R)</c> under a metric R.
/// </summary>
/// <param name="target">A, <c>[c, c]</c>.</param>
/// <param name="metric">R, what differences between features are worth; <c>null</c>: each channel alike.</param>
internal sealed class GramDifference(float[] target, FeatureMetric? metric)
{
    private readonly float[] _weighted = new float[target.Length];         // [c, c]

    /// <summary>G, to be filled in; <see cref="Square"/> leaves D there.</summary>
    public float[] Gram { get; } = new float[target.Length];               // [c, c]

    /// <summary>Elements of a matrix.</summary>
    public int Length => target.Length;

    /// <summary>The sum.</summary>
    public double Square()
    {
        TensorPrimitives.Subtract(Gram, target, Gram);
        if (metric is null)
            Gram.CopyTo(_weighted, 0);
        else
            metric.Sandwich(Gram, _weighted);
        double sum = 0;
        for (int i = 0; i < Gram.Length; i++)
            sum += (double)Gram[i] * _weighted[i];
        return sum;
    }

    /// <summary>D, or R D R under a metric, times a factor; once after each <see cref="Square"/>.</summary>
    public float[] Scaled(float factor)
    {
        TensorPrimitives.Multiply(_weighted, factor, _weighted);
        return _weighted;
    }
}
