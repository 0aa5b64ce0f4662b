using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>One size at which a coarse-to-fine run works.</summary>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows.</param>
/// <param name="Factor">Its length as a share of the result's, at most 1: paintings shrink with it, so that brush strokes keep their size.</param>
/// <param name="Iterations">Evaluations to spend.</param>
internal readonly record struct PaintScale(int Width, int Height, double Factor, int Iterations)
{
    /// <summary>About what the evaluations cost, in pixels.</summary>
    public double Work => (double)Width * Height * Iterations;
}

/// <summary>
/// The sizes of a coarse-to-fine run (Gatys et al., "Controlling Perceptual Factors in Neural Style Transfer", CVPR 2017, section 6):
/// large shapes form at small sizes, where an evaluation costs little and the network sees more of the picture, and each larger size
/// adds what the one before could not show.
/// </summary>
internal static class ScalePlan
{
    /// <summary>The long side below which automatic plans do not go: smaller pictures lose faces and other small things for good.</summary>
    public const int SmallestLongSide = 256;

    // Each size gets a little fewer evaluations than the one before, and costs more all the same.
    private static readonly double Step = Math.Sqrt(0.5), Share = Math.Pow(2, -0.25);

    /// <summary>Plans a run.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="width">Width of the result.</param>
    /// <param name="height">Height.</param>
    /// <param name="isSeamless">Whether the result is to tile; sizes are then of whole features of the deepest tap.</param>
    /// <returns>The sizes, smallest first; the last is the result's.</returns>
    public static IReadOnlyList<PaintScale> Of(GatysOptions options, int width, int height, bool isSeamless = false)
    {
        Tap deepest = GatysTaps.All(options)[^1];
        // A picture of a few features has no statistics to speak of.
        double smallest = 2.0 * FeatureNetwork.SmallestSide([deepest]) / Math.Min(width, height);
        if (options.Scales == 0)
            smallest = Math.Max(smallest, (double)SmallestLongSide / Math.Max(width, height));
        int wanted = options.Scales > 0 ? options.Scales : int.MaxValue;
        var factors = new List<double> { 1 };
        // Rounding must not cost a size: 512 * Step^2 is 256.
        while (factors.Count < Math.Min(wanted, options.Iterations) && Math.Pow(Step, factors.Count) >= smallest * 0.999)
            factors.Add(Math.Pow(Step, factors.Count));
        factors.Reverse();

        int unit = isSeamless ? 1 << deepest.Poolings : 1;
        int[] iterations = Divide(options.Iterations, factors.Count);
        var scales = new List<PaintScale>();
        for (int i = 0; i < factors.Count; i++)
        {
            (int w, int h) = SizeAt(width, height, factors[i], unit);
            scales.Add(new PaintScale(w, h, factors[i], iterations[i]));
        }
        return scales;
    }

    private static (int Width, int Height) SizeAt(int width, int height, double factor, int unit)
    {
        if (factor == 1)
            return (width, height);
        if (unit == 1)
            return Resampling.FitLongSide(width, height, (int)Math.Round(Math.Max(width, height) * factor));
        return (Whole(width * factor), Whole(height * factor));

        int Whole(double length) => Math.Max(1, (int)Math.Round(length / unit)) * unit;
    }

    // At least one each; what rounding leaves over goes to the smallest size.
    private static int[] Divide(int iterations, int count)
    {
        double sum = Enumerable.Range(0, count).Sum(i => Math.Pow(Share, i));
        int[] parts = [.. Enumerable.Range(0, count).Select(i => Math.Max(1, (int)(iterations * Math.Pow(Share, i) / sum)))];
        parts[0] += iterations - parts.Sum();
        return parts;
    }
}
