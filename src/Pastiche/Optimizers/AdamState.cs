namespace Pastiche.Optimizers;

/// <summary>What Adam remembers between steps: running means of the gradient and of its square.</summary>
/// <param name="length">Coordinates.</param>
internal sealed class AdamState(int length)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>Running mean of the gradient.</summary>
    public float[] Mean { get; } = new float[length];

    /// <summary>Running mean of the squared gradient.</summary>
    public float[] Square { get; } = new float[length];

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Moves a point downhill.</summary>
    /// <param name="point">The point; moved.</param>
    /// <param name="gradient">The gradient there, finite.</param>
    /// <param name="moving">The coordinates that move; the others and what is remembered of them stay.</param>
    /// <param name="bounds">The range of every coordinate.</param>
    /// <param name="learningRate">Step size.</param>
    public void Step(Span<float> point, ReadOnlySpan<float> gradient, Range moving, Bounds bounds, double learningRate)
    {
        Steps++;
        double decay1 = Math.Pow(Beta1, Steps), decay2 = Math.Pow(Beta2, Steps);
        double step = learningRate * Math.Sqrt(1 - decay2) / (1 - decay1), epsilon = Epsilon * Math.Sqrt(1 - decay2);
        (int first, int count) = moving.GetOffsetAndLength(point.Length);
        for (int i = first; i < first + count; i++)
        {
            double slope = gradient[i];
            Mean[i] = (float)(Beta1 * Mean[i] + (1 - Beta1) * slope);
            Square[i] = (float)(Beta2 * Square[i] + (1 - Beta2) * slope * slope);
            point[i] = bounds.Clamp((float)(point[i] - step * Mean[i] / (Math.Sqrt(Square[i]) + epsilon)));
        }
    }
}
