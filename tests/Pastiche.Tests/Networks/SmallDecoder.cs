using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

/// <summary>Decoders with few channels and random weights, and what they must give.</summary>
internal static class SmallDecoder
{
    /// <summary>Weights that keep activations at about the same size from layer to layer.</summary>
    /// <param name="level">The level.</param>
    /// <param name="channels">Channels of the blocks; <c>null</c>: odd numbers, so that every kind of padding is met.</param>
    public static DecoderWeights Random(int level, int[]? channels = null)
    {
        channels ??= [6, 10, 17, 20, 24];
        string[] names = [.. DecoderWeights.Names(level)];
        var random = new Random(level);
        var convolutions = new List<ConvolutionWeights>();
        int inputs = channels[level - 1];
        for (int i = 0; i < names.Length; i++)
        {
            int outputs = i + 1 < names.Length ? channels[names[i + 1]["conv".Length] - '1'] : 3;
            double scale = Math.Sqrt(6.0 / (inputs * 9));
            convolutions.Add(new ConvolutionWeights(
                names[i], inputs, outputs,
                [.. Enumerable.Range(0, inputs * outputs * 9).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))],
                [.. Enumerable.Range(0, outputs).Select(_ => (float)(random.NextDouble() * 0.4 - 0.1))]));
            inputs = outputs;
        }
        return new DecoderWeights(level, convolutions);
    }

    /// <summary>The reference in plain arithmetic.</summary>
    public static float[] Decode(DecoderWeights weights, float[] features, int height, int width)
    {
        float[] current = features;
        (int Height, int Width)[] sizes = SizesOf(weights.Level, height, width);
        int level = weights.Level;
        foreach (ConvolutionWeights layer in weights.Convolutions)
        {
            current = ScalarReference.Convolve(
                current, layer.Inputs, sizes[level - 1].Height, sizes[level - 1].Width, layer.Kernel, layer.Bias, layer.Outputs,
                PaddingKind.Reflection);
            if (layer == weights.Convolutions[^1])
                return current;
            current = ScalarReference.Rectify(current);
            if (layer.Name is "conv5_1" or "conv4_1" or "conv3_1" or "conv2_1")
            {
                level--;
                current = ScalarReference.Enlarge(current, layer.Outputs, sizes[level - 1].Height, sizes[level - 1].Width);
            }
        }
        throw new InvalidOperationException("a decoder has a last convolution");
    }

    /// <summary>The sizes of the encoder's maps from the picture down.</summary>
    public static (int Height, int Width)[] SizesOf(int level, int height, int width)
    {
        var sizes = new List<(int, int)>();
        for (int i = 0; i < level; i++, height /= 2, width /= 2)
            sizes.Add((height, width));
        return [.. sizes];
    }
}
