using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Pastiche.Optimizers;

/// <summary>Sums over millions of floats: single precision within a chunk of 4096, double precision across chunks.</summary>
internal static class VectorMath
{
    private const int Chunk = 4096;

    // Independent ones, as many as hide the latency of an addition.
    private const int Sums = 4;

    /// <summary>The scalar product; the same to the bit whatever is wider than the vectors of eight that it uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        int i = 0;
        while (i <= a.Length - Sums * Vector<float>.Count)
        {
            int end = Math.Min(a.Length - Sums * Vector<float>.Count, i + Chunk - 1);
            Vector<float> s0 = Vector<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (; i <= end; i += Sums * Vector<float>.Count)
            {
                s0 = Vector.MultiplyAddEstimate(new Vector<float>(a[i..]), new(b[i..]), s0);
                s1 = Vector.MultiplyAddEstimate(new Vector<float>(a[(i + Vector<float>.Count)..]), new(b[(i + Vector<float>.Count)..]), s1);
                s2 = Vector.MultiplyAddEstimate(new Vector<float>(a[(i + 2 * Vector<float>.Count)..]), new(b[(i + 2 * Vector<float>.Count)..]), s2);
                s3 = Vector.MultiplyAddEstimate(new Vector<float>(a[(i + 3 * Vector<float>.Count)..]), new(b[(i + 3 * Vector<float>.Count)..]), s3);
            }
            sum += Vector.Sum(s0 + s1 + (s2 + s3));
        }
        for (; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    /// <summary><c>y += factor * x</c>.</summary>
    public static void Add(double factor, ReadOnlySpan<float> x, Span<float> y) =>
        TensorPrimitives.MultiplyAdd(x, (float)factor, y, y);

    public static double MaxMagnitude(ReadOnlySpan<float> values) => Math.Abs(TensorPrimitives.MaxMagnitude(values));
}
