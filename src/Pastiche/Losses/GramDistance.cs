using System.Numerics.Tensors;

namespace Pastiche.Losses;

/// <summary>
/// The distance of Gatys et al. (CVPR 2016): the mean squared difference of Gram matrices, <c>V = 1 / c^2 * sum of D^2</c> for
/// <c>D = G - A</c>, <c>dV/dG = 2 / c^2 * D</c>. Under a metric R it is <c>1 / c^2 * sum of D (R D R)</c>, and <c>R D R</c> takes D's
/// place in the derivative.
/// </summary>
/// <param name="target">A, the paintings' Gram matrix, <c>[c, c]</c>.</param>
/// <param name="normalization">The divisor of Gram matrices.</param>
/// <param name="metric">R, what differences between features are worth; <c>null</c>: each channel alike.</param>
internal sealed class GramDistance(float[] target, GramNormalization normalization, FeatureMetric? metric = null) : IStyleDistance
{
    private readonly float[] _weighted = new float[target.Length];         // [c, c]

    public float[] Gram { get; } = new float[target.Length];               // [c, c]

    public double[]? Mean => null;

    public double DivisorOf(double pixels) => GramMatrix.DivisorOf(pixels, (int)Math.Sqrt(target.Length), normalization);

    public double Evaluate()
    {
        TensorPrimitives.Subtract(Gram, target, Gram);
        if (metric is null)
            Gram.CopyTo(_weighted, 0);
        else
            metric.Sandwich(Gram, _weighted);
        double sum = 0;
        for (int i = 0; i < Gram.Length; i++)
            sum += (double)Gram[i] * _weighted[i];
        return sum / target.Length;
    }

    public MomentSlopes Slopes(double factor, double meanFactor)
    {
        TensorPrimitives.Multiply(_weighted, (float)(2 * factor / target.Length), _weighted);
        return new MomentSlopes(_weighted, null);
    }
}
