using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>How much memory <see cref="GatysEngine"/> needs, and what it gives up for large pictures.</summary>
internal static class GatysMemory
{
    // Bytes of the steps that L-BFGS remembers of a large picture, and how many it remembers in any case.
    private const double HistoryBytes = 1.1e9;
    private const int LeastHistory = 3;

    // Point, gradient, direction and their trials; photograph, best, start and result, two of them with the margin; what is being resized.
    private const int Pictures = 12;

    // The runtime, libvips and what the garbage collector has not given back.
    private const double ProcessBytes = 200e6;

    private const double BitsPerFloat = 1.0 / 32;

    /// <summary>Steps that L-BFGS remembers: as many as the options say, but of large pictures no more than fit in 1.1 GB, 3 at least.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="coordinates">Coordinates of the picture.</param>
    public static int HistoryOf(GatysOptions options, long coordinates) =>
        Math.Min(options.History, Math.Max(LeastHistory, (int)(HistoryBytes / (2 * sizeof(float) * coordinates))));

    /// <summary>Bytes of a process that works on a picture, about.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="weights">A network with the options' taps.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Its height.</param>
    /// <param name="isSeamless">Whether it is to tile.</param>
    public static double Estimate(GatysOptions options, NetworkWeights weights, int width, int height, bool isSeamless)
    {
        double margin = GatysEngine.MarginOf(options, weights, isSeamless);
        double pixels = (width + 2 * margin) * (height + 2 * margin);
        IReadOnlyList<Tap> taps = GatysTaps.All(options), whole = GatysTaps.Content(options);
        bool isCut = pixels > StripNetwork.MostPixels(weights) && StripNetwork.CanCut(taps, whole, isSeamless);
        double pairs = options.Optimizer == OptimizerKind.Adam ? 1 : HistoryOf(options, (long)(3 * pixels));
        // As they came and as they are multiplied.
        double kernels = weights.Convolutions.Take(taps[^1].Convolution + 1).Sum(
            layer => layer.Kernel.Length * (1 + WinogradKernel.FloatsPerWeight(layer.Inputs, layer.Outputs)));
        double floats = pixels * 3 * (2 * pairs + Pictures) + kernels
            + (isCut
                ? StripNetwork.MostPixels(weights) / 2.0 * FeatureFloats(weights, taps, [], 0, StripNetwork.Cut)
                    + pixels * FeatureFloats(weights, taps, whole, StripNetwork.Cut, int.MaxValue)
                : pixels * FeatureFloats(weights, taps, whole, 0, int.MaxValue));
        return floats * sizeof(float) + ProcessBytes;
    }

    // Floats of a part of the network for a pixel of the picture: two maps to work in, the taps' and bits. Of content there is a target, too,
    // and under a metric a difference and its product.
    private static double FeatureFloats(NetworkWeights weights, IReadOnlyList<Tap> taps, IReadOnlyList<Tap> content, int start, int end)
    {
        end = Math.Min(Math.Min(end, taps[^1].Convolution + 1), weights.Convolutions.Count);
        if (end <= start)
            return 0;
        IEnumerable<double> layers = Enumerable.Range(start, end - start).Select(MapFloats);
        return 2 * layers.Max() + layers.Sum() * BitsPerFloat
            + taps.Where(IsIn).Sum(tap => MapFloats(tap.Convolution))
            + content.Where(IsIn).Sum(tap => MapFloats(tap.Convolution) * (weights.Metrics.Count > 0 ? 3 : 1));

        bool IsIn(Tap tap) => tap.Convolution >= start && tap.Convolution < end;

        double MapFloats(int layer) =>
            Units.BlocksOf(weights.Convolutions[layer].Outputs) * FeatureMap.BlockSize / Math.Pow(4, Vgg19.BlockOf(layer));
    }
}
