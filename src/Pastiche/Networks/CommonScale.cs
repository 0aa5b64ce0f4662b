using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>
/// The scale at which a loss weight means the same for every network, size and layer: each channel's mean activation over
/// photographs is 1. Since ReLU and pooling let positive factors through, the scale is folded into the weights, and features
/// come out at it at no cost (the "normalised" VGG of Gatys et al., CVPR 2016, section 2).
/// </summary>
internal static class CommonScale
{
    // A channel that photographs hardly excite would be blown up without limit.
    private const float SmallestShare = 0.1f;

    private const int KernelArea = 9;

    /// <summary>
    /// Rescales a network. Decoders and metrics are told: what a decoder makes of the rescaled features is what it made of the
    /// features before, and their differences are worth the same.
    /// </summary>
    /// <param name="weights">The network as it came.</param>
    /// <param name="meanActivations">Per convolution, the mean activation of each channel after the ReLU.</param>
    public static NetworkWeights Apply(NetworkWeights weights, IReadOnlyDictionary<string, float[]> meanActivations)
    {
        float[][] scales = [.. weights.Convolutions.Select(layer => WithFloor(meanActivations[layer.Name]))];
        return weights with
        {
            Convolutions = [.. weights.Convolutions.Select((layer, i) => Rescale(layer, i == 0 ? null : scales[i - 1], scales[i]))],
            Metrics = weights.Metrics.ToDictionary(pair => pair.Key, pair => ForScale(pair.Value, scales[pair.Key.Convolution])),
            Decoders = [.. weights.Decoders.Select(decoder => ForScale(decoder, scales[decoder.From.Convolution]))],
        };
    }

    /// <summary>Measures the mean activation of each channel.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="pictures">Planes <c>[3, height, width]</c> with their size.</param>
    /// <param name="compute">What to compute with.</param>
    public static IReadOnlyDictionary<string, float[]> Measure(
        NetworkWeights weights, IEnumerable<(float[] Planes, int Height, int Width)> pictures, NetworkCompute compute)
    {
        Tap[] taps = [.. Enumerable.Range(0, weights.Convolutions.Count).Select(i => new Tap(i, IsRectified: true))];
        using var network = new FeatureNetwork(weights, taps, PoolingKind.Max, compute);
        double[][] sums = [.. weights.Convolutions.Select(layer => new double[layer.Outputs])];
        long[] pixels = new long[taps.Length];
        foreach ((float[] planes, int height, int width) in pictures)
        {
            network.Forward(planes, height, width);
            compute.Pool.Run(taps.Length, (i, _) => AddSums(network[taps[i]], sums[i]));
            for (int i = 0; i < taps.Length; i++)
                pixels[i] += (long)network[taps[i]].Height * network[taps[i]].Width;
        }
        return taps.Select((tap, i) => (tap, Mean: Array.ConvertAll(sums[i], sum => (float)(sum / pixels[i]))))
            .ToDictionary(entry => weights.Convolutions[entry.tap.Convolution].Name, entry => entry.Mean);
    }

    private static DecoderWeights ForScale(DecoderWeights decoder, float[] scale) =>
        decoder with { Convolutions = [Rescale(decoder.Convolutions[0], scale, null), .. decoder.Convolutions.Skip(1)] };

    private static float[] ForScale(float[] metric, float[] scale) =>
        [.. metric.Select((value, i) => value * scale[i / scale.Length] * scale[i % scale.Length])];

    /// <summary>The layer for inputs that were divided by <paramref name="inputScale"/>, giving outputs divided by <paramref name="outputScale"/>.</summary>
    private static ConvolutionWeights Rescale(ConvolutionWeights layer, float[]? inputScale, float[]? outputScale)
    {
        var kernel = new float[layer.Kernel.Length];
        for (int i = 0; i < kernel.Length; i++)
        {
            (int output, int input) = Math.DivRem(i / KernelArea, layer.Inputs);
            kernel[i] = layer.Kernel[i] * (inputScale?[input] ?? 1) / (outputScale?[output] ?? 1);
        }
        return layer with { Kernel = kernel, Bias = [.. layer.Bias.Select((bias, output) => bias / (outputScale?[output] ?? 1))] };
    }

    private static float[] WithFloor(float[] means)
    {
        float floor = means.Average() * SmallestShare;
        return [.. means.Select(mean => floor > 0 ? Math.Max(mean, floor) : 1)];
    }

    private static unsafe void AddSums(FeatureMap map, double[] sums)
    {
        for (int channel = 0; channel < map.Channels; channel++)
        {
            for (int y = 0; y < map.Height; y++)
            {
                float* row = map.Pixel(channel / FeatureMap.BlockSize, y, 0) + channel % FeatureMap.BlockSize;
                double sum = 0;
                for (int x = 0; x < map.Width; x++)
                    sum += row[x * FeatureMap.BlockSize];
                sums[channel] += sum;
            }
        }
    }
}
