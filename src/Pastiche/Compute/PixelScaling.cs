using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>Feature maps times a number for each pixel.</summary>
internal static unsafe class PixelScaling
{
    private const int Lanes = FeatureMap.BlockSize;

    /// <summary><c>target = factor * source</c> for some rows.</summary>
    /// <param name="source">F, <c>[channels, height, width]</c>.</param>
    /// <param name="top">The first row of F that is read.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="factors"><c>[rows, width]</c>.</param>
    /// <param name="target">Takes the shape <c>[channels, rows, width]</c>.</param>
    /// <param name="pool">The threads.</param>
    public static void Multiply(FeatureMap source, int top, int rows, ReadOnlyMemory<float> factors, FeatureMap target, WorkerPool pool)
    {
        target.Reshape(source.Channels, rows, source.Width);
        pool.Run(rows, (y, _) =>
        {
            ReadOnlySpan<float> row = factors.Span.Slice(y * source.Width, source.Width);
            for (int block = 0; block < source.Blocks; block++)
                Row(source.Pixel(block, top + y, 0), row, target.Pixel(block, y, 0), keep: null);
        });
    }

    /// <summary><c>target = factor * source + kept * target</c> for some rows of a target of the same width and channels.</summary>
    /// <param name="source">F, <c>[channels, rows, width]</c>.</param>
    /// <param name="factors"><c>[rows, width]</c>.</param>
    /// <param name="kept">What the target is multiplied with before, <c>[rows, width]</c>; empty: 1.</param>
    /// <param name="target">The map that is changed.</param>
    /// <param name="top">The first of its rows that are changed.</param>
    /// <param name="pool">The threads.</param>
    public static void Blend(
        FeatureMap source, ReadOnlyMemory<float> factors, ReadOnlyMemory<float> kept, FeatureMap target, int top, WorkerPool pool)
    {
        pool.Run(source.Height, (y, _) =>
        {
            ReadOnlySpan<float> row = factors.Span.Slice(y * source.Width, source.Width);
            float[] keep = kept.IsEmpty ? [] : kept.Slice(y * source.Width, source.Width).ToArray();
            for (int block = 0; block < source.Blocks; block++)
                Row(source.Pixel(block, y, 0), row, target.Pixel(block, top + y, 0), keep);
        });
    }

    // keep: null where the target is overwritten, empty where it is kept whole.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(float* source, ReadOnlySpan<float> factors, float* target, float[]? keep)
    {
        for (int x = 0; x < factors.Length; x++)
        {
            var factor = new Vector<float>(factors[x]);
            Vector<float> kept = keep is null ? Vector<float>.Zero : keep.Length == 0 ? Vector<float>.One : new Vector<float>(keep[x]);
            for (int i = x * Lanes; i < (x + 1) * Lanes; i += Vector<float>.Count)
            {
                Vector<float> value = factor * Vector.Load(source + i);
                if (keep is not null)
                    value += kept * Vector.Load(target + i);
                value.Store(target + i);
            }
        }
    }
}
