using System.Numerics;

namespace Pastiche.Optimizers;

/// <summary>Steps within bounds (two-metric projection, Bertsekas 1982).</summary>
internal static class Projection
{
    // Single precision within a chunk, as in VectorMath.
    private const int Chunk = 4096;

    /// <summary>Copies a vector, zero where the gradient pushes a coordinate against its bound.</summary>
    public static void CopyFree(
        ReadOnlySpan<float> point, ReadOnlySpan<float> gradient, Bounds bounds, ReadOnlySpan<float> source, Span<float> target)
    {
        Vector<float> low = new(bounds.Low), high = new(bounds.High);
        int i = 0;
        for (; i <= point.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(point[i..]), slope = new(gradient[i..]);
            Vector<int> isBlocked = (Vector.LessThanOrEqual(value, low) & Vector.GreaterThan(slope, Vector<float>.Zero))
                | (Vector.GreaterThanOrEqual(value, high) & Vector.LessThan(slope, Vector<float>.Zero));
            Vector.ConditionalSelect(isBlocked, Vector<float>.Zero, new Vector<float>(source[i..])).CopyTo(target[i..]);
        }
        for (; i < point.Length; i++)
            target[i] = bounds.IsBlocked(point[i], gradient[i]) ? 0 : source[i];
    }

    /// <summary>Goes a step, clamped to the bounds, and returns the change that the gradient promises.</summary>
    public static double Move(
        ReadOnlySpan<float> point, ReadOnlySpan<float> gradient, ReadOnlySpan<float> direction, float step, Bounds bounds, Span<float> target)
    {
        Vector<float> low = new(bounds.Low), high = new(bounds.High), factor = new(step);
        double change = 0;
        int i = 0;
        while (i <= point.Length - Vector<float>.Count)
        {
            Vector<float> sum = Vector<float>.Zero;
            int end = Math.Min(point.Length - Vector<float>.Count, i + Chunk - 1);
            for (; i <= end; i += Vector<float>.Count)
            {
                Vector<float> from = new(point[i..]);
                Vector<float> to = Vector.Min(Vector.Max(from + factor * new Vector<float>(direction[i..]), low), high);
                to.CopyTo(target[i..]);
                sum += new Vector<float>(gradient[i..]) * (to - from);
            }
            change += Vector.Sum(sum);
        }
        for (; i < point.Length; i++)
        {
            target[i] = bounds.Clamp(point[i] + step * direction[i]);
            change += (double)gradient[i] * (target[i] - point[i]);
        }
        return change;
    }
}
