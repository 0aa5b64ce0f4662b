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

    /// <summary>Rescales a network.</summary>
    /// <param name="weights">The network as it came.</param>
    /// <param name="meanActivations">Per convolution, the mean activation of each channel after the ReLU.</param>
    public static NetworkWeights Apply(NetworkWeights weights, IReadOnlyDictionary<string, float[]> meanActivations)
    {
        var scaled = new List<ConvolutionWeights>();
        float[] below = [1, 1, 1];
        foreach (ConvolutionWeights layer in weights.Convolutions)
        {
            float[] scale = WithFloor(meanActivations[layer.Name]);
            var kernel = new float[layer.Kernel.Length];
            for (int i = 0; i < kernel.Length; i++)
                kernel[i] = layer.Kernel[i] * below[i / 9 % layer.Inputs] / scale[i / 9 / layer.Inputs];
            scaled.Add(layer with { Kernel = kernel, Bias = [.. layer.Bias.Zip(scale, (bias, factor) => bias / factor)] });
            below = scale;
        }
        return weights with { Convolutions = scaled };
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
