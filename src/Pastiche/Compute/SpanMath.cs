using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pastiche.Compute;

/// <summary>
/// The loops in which transforms and small matrices spend their time. They are compiled at full optimisation at once: a run of the universal engine is
/// over before the runtime would have found out that they are hot, and library code that is generic over element types is slowest
/// of all until then.
/// </summary>
internal static class SpanMath
{
    /// <summary>The scalar product of two spans of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a), right = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary><c>target += factor * source</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> addends = MemoryMarshal.Cast<double, Vector<double>>(source);
        for (int i = 0; i < sums.Length; i++)
            sums[i] += addends[i] * factor;
        for (int i = sums.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += source[i] * factor;
    }

    /// <summary><c>(lower, upper) = (cosine * lower - sine * upper, sine * lower + cosine * upper)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(Span<double> lower, Span<double> upper, double sine, double cosine)
    {
        Span<Vector<double>> lowers = MemoryMarshal.Cast<double, Vector<double>>(lower), uppers = MemoryMarshal.Cast<double, Vector<double>>(upper);
        for (int i = 0; i < lowers.Length; i++)
        {
            Vector<double> low = lowers[i], up = uppers[i];
            uppers[i] = low * sine + up * cosine;
            lowers[i] = low * cosine - up * sine;
        }
        for (int i = lowers.Length * Vector<double>.Count; i < lower.Length; i++)
            (lower[i], upper[i]) = (lower[i] * cosine - upper[i] * sine, lower[i] * sine + upper[i] * cosine);
    }

    /// <summary><c>sums += values</c>; the length is a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<float> sums, ReadOnlySpan<float> values)
    {
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(sums);
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (int i = 0; i < target.Length; i++)
            target[i] += source[i];
    }

    /// <summary><c>sums += values * weights</c>; the length is a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWeighted(Span<float> sums, ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(sums);
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(values), shares = MemoryMarshal.Cast<float, Vector<float>>(weights);
        for (int i = 0; i < target.Length; i++)
            target[i] += source[i] * shares[i];
    }

    /// <summary><c>target = (values - means) * weights</c>, without weights where there are none; the length is a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Centre(ReadOnlySpan<float> values, ReadOnlySpan<float> means, ReadOnlySpan<float> weights, Span<float> target)
    {
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(values), centre = MemoryMarshal.Cast<float, Vector<float>>(means);
        ReadOnlySpan<Vector<float>> factors = MemoryMarshal.Cast<float, Vector<float>>(weights);
        Span<Vector<float>> result = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (int i = 0; i < result.Length; i++)
            result[i] = factors.IsEmpty ? source[i] - centre[i] : (source[i] - centre[i]) * factors[i];
    }
}
