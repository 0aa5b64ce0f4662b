using System.Numerics.Tensors;

namespace Pastiche.Optimizers;

/// <summary>Sums over millions of floats: single precision within a chunk of 4096, double precision across chunks.</summary>
internal static class VectorMath
{
    private const int Chunk = 4096;

    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, a.Length - start);
            sum += TensorPrimitives.Dot(a.Slice(start, count), b.Slice(start, count));
        }
        return sum;
    }

    /// <summary><c>y += factor * x</c>.</summary>
    public static void Add(double factor, ReadOnlySpan<float> x, Span<float> y) =>
        TensorPrimitives.MultiplyAdd(x, (float)factor, y, y);

    public static double MaxMagnitude(ReadOnlySpan<float> values) => Math.Abs(TensorPrimitives.MaxMagnitude(values));
}
