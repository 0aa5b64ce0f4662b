using System.Numerics;
using System.Runtime.InteropServices;

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
    /// <param name="moving">The ranges of coordinates that move; the others and what is remembered of them stay.</param>
    /// <param name="bounds">The range of every coordinate.</param>
    /// <param name="learningRate">Step size.</param>
    public void Step(Span<float> point, ReadOnlySpan<float> gradient, IEnumerable<Range> moving, Bounds bounds, double learningRate)
    {
        Steps++;
        double decay1 = Math.Pow(Beta1, Steps), decay2 = Math.Pow(Beta2, Steps);
        var step = (float)(learningRate * Math.Sqrt(1 - decay2) / (1 - decay1));
        var epsilon = (float)(Epsilon * Math.Sqrt(1 - decay2));
        foreach (Range range in moving)
            Step(point, gradient, range, bounds, step, epsilon);
    }

    private void Step(Span<float> point, ReadOnlySpan<float> gradient, Range moving, Bounds bounds, float step, float epsilon)
    {
        (int first, int count) = moving.GetOffsetAndLength(point.Length);
        Span<Vector<float>> points = Vectors(point), means = Vectors(Mean), squares = Vectors(Square);
        ReadOnlySpan<Vector<float>> slopes = MemoryMarshal.Cast<float, Vector<float>>(gradient.Slice(first, count));
        Vector<float> lower = new(bounds.Low), upper = new(bounds.High);
        for (int i = 0; i < points.Length; i++)
        {
            means[i] = means[i] * (float)Beta1 + slopes[i] * (float)(1 - Beta1);
            squares[i] = squares[i] * (float)Beta2 + slopes[i] * slopes[i] * (float)(1 - Beta2);
            Vector<float> moved = points[i] - means[i] * step / (Vector.SquareRoot(squares[i]) + new Vector<float>(epsilon));
            points[i] = Vector.Min(Vector.Max(moved, lower), upper);
        }
        for (int i = first + points.Length * Vector<float>.Count; i < first + count; i++)
        {
            Mean[i] = Mean[i] * (float)Beta1 + gradient[i] * (float)(1 - Beta1);
            Square[i] = Square[i] * (float)Beta2 + gradient[i] * gradient[i] * (float)(1 - Beta2);
            point[i] = bounds.Clamp(point[i] - Mean[i] * step / (MathF.Sqrt(Square[i]) + epsilon));
        }

        Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values.Slice(first, count));
    }
}
