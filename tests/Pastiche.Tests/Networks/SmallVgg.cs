using Pastiche.Networks;

namespace Pastiche.Tests.Networks;

/// <summary>Networks of VGG-19's shape with few channels and random weights.</summary>
internal static class SmallVgg
{
    /// <summary>Weights that keep activations at about the same size from layer to layer.</summary>
    /// <param name="depth">Number of convolutions.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="channels">Channels of the five blocks; <c>null</c>: odd numbers, so that every kind of padding is met.</param>
    /// <param name="input">The input convention; <c>null</c>: Caffe's.</param>
    public static NetworkWeights Random(int depth = 13, int seed = 1, int[]? channels = null, InputConvention? input = null)
    {
        channels ??= [6, 10, 17, 20, 24];
        input ??= InputConvention.Caffe;
        var random = new Random(seed);
        var convolutions = new List<ConvolutionWeights>();
        for (int i = 0, inputs = 3; i < depth; i++)
        {
            int outputs = channels[Vgg19.BlockOf(i)];
            double scale = Math.Sqrt(6.0 / (inputs * 9)) / (i == 0 ? input.Range / 4 / input.Deviation[0] : 1);
            convolutions.Add(new ConvolutionWeights(
                Vgg19.Names[i], inputs, outputs,
                [.. Enumerable.Range(0, inputs * outputs * 9).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))],
                [.. Enumerable.Range(0, outputs).Select(_ => (float)(random.NextDouble() * 0.4 - 0.1))]));
            inputs = outputs;
        }
        return new NetworkWeights(input, convolutions);
    }

    /// <summary>A smooth coloured picture with some noise, <c>[3, height, width]</c>, 0 to 1.</summary>
    public static float[] Picture(int height, int width, int seed = 1)
    {
        var random = new Random(seed);
        double phase = seed;
        var planes = new float[3 * height * width];
        for (int i = 0; i < planes.Length; i++)
        {
            (int row, int x) = Math.DivRem(i, width);
            (int channel, int y) = Math.DivRem(row, height);
            double wave = Math.Sin(x * 0.31 + phase + channel) * Math.Cos(y * 0.23 - phase * channel);
            planes[i] = (float)Math.Clamp(0.5 + 0.3 * wave + 0.2 * (random.NextDouble() - 0.5), 0, 1);
        }
        return planes;
    }
}
