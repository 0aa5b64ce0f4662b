using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>About how much memory <see cref="UniversalEngine"/> needs, before it is built.</summary>
internal static class UniversalMemory
{
    // Content, start, two pictures that levels go between, the result.
    private const int Pictures = 5;

    // What the strip's pixels and the padded ones that the first convolution reads are for a pixel of it.
    private const int BandFloats = 2 * 3;

    // Kernels as they came and, four times as large, as they are multiplied.
    private const int FloatsPerWeight = 5;

    // The runtime, libvips and what the garbage collector has not given back.
    private const double ProcessBytes = 180e6;

    /// <summary>Bytes of a process that works on a picture; within a fifth of what was measured from 0.2 to 8 megapixels.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="weights">A network with the options' levels.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Its height.</param>
    /// <param name="isSeamless">Whether it is to tile.</param>
    public static double Estimate(UniversalOptions options, NetworkWeights weights, int width, int height, bool isSeamless)
    {
        int smallestSide = Math.Min(width, height);
        int[] levels = [.. options.Levels.Select(level => level.Level).Distinct().Where(level => smallestSide >= UniversalEngine.SmallestSide(level))];
        double strip = 0, kept = 0;
        foreach (int level in levels)
        {
            int margin = isSeamless ? UniversalEngine.SeamlessMarginOf(level) : UniversalEngine.MarginOf(level, smallestSide);
            (int canvasWidth, int canvasHeight) = (width + 2 * margin, height + 2 * margin);
            int rows = Math.Min(canvasHeight, StripPlan.MostRows(canvasWidth, LevelPass.HaloOf(level), StripPlan.Pixels));
            strip = Math.Max(strip, (double)rows * canvasWidth);
            if (rows < canvasHeight && LevelPass.IsKept(level))
                kept = Math.Max(kept, (double)canvasHeight * canvasWidth * TapFloats(weights, level));
        }
        double kernels = weights.Convolutions.Concat(weights.Decoders.SelectMany(decoder => decoder.Convolutions)).Sum(layer => (double)layer.Kernel.Length);
        double floats = strip * (2 * weights.Convolutions[0].Outputs + levels.Sum(level => TapFloats(weights, level)) + BandFloats)
            + kept + (double)width * height * 3 * Pictures + kernels * FloatsPerWeight;
        return floats * sizeof(float) + ProcessBytes;
    }

    // Floats of a level's features for a pixel of the picture.
    private static double TapFloats(NetworkWeights weights, int level) =>
        weights.Convolutions[Vgg19.FirstTapOf(level).Convolution].Outputs / Math.Pow(4, level - 1);
}
