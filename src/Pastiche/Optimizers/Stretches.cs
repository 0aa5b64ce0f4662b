namespace Pastiche.Optimizers;

/// <summary>Runs <c>body(item, worker)</c> for every item from 0 to <paramref name="count"/>, perhaps on several threads at once.</summary>
internal delegate void ParallelLoop(int count, Action<int, int> body);

/// <summary>
/// Long arrays in stretches that fit in a core's cache, so that several operations share one way through memory. Their length is
/// fixed: what is summed does not depend on the number of threads.
/// </summary>
/// <param name="loop">What deals the stretches out; <c>null</c>: they follow one another.</param>
internal sealed class Stretches(ParallelLoop? loop = null)
{
    private const int Length = 1 << 14;

    /// <summary>Runs <c>body(range)</c> for every stretch of an array.</summary>
    public void Run(int length, Action<Range> body)
    {
        int count = (length + Length - 1) / Length;
        if (loop is not null)
            loop(count, (stretch, _) => body(RangeOf(stretch, length)));
        else
            for (int stretch = 0; stretch < count; stretch++)
                body(RangeOf(stretch, length));
    }

    /// <summary>Combines what the stretches of an array, at least one, give; in their order.</summary>
    public T Reduce<T>(int length, Func<Range, T> part, Func<T, T, T> combine)
    {
        var parts = new T[(length + Length - 1) / Length];
        Run(length, range => parts[range.Start.Value / Length] = part(range));
        return parts.Aggregate(combine);
    }

    /// <summary>The scalar product of two arrays.</summary>
    public double Dot(float[] a, float[] b) =>
        Reduce(a.Length, range => VectorMath.Dot(a.AsSpan(range), b.AsSpan(range)), static (x, y) => x + y);

    /// <summary>The largest magnitude; not a number if any value is not.</summary>
    public double MaxMagnitude(float[] values) =>
        Reduce(values.Length, range => VectorMath.MaxMagnitude(values.AsSpan(range)), Math.Max);

    private static Range RangeOf(int stretch, int length) => (stretch * Length)..Math.Min(length, (stretch + 1) * Length);
}
