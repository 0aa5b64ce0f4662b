using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks;

/// <summary>The network and the picture on which both engines are measured.</summary>
internal static class BenchmarkNetwork
{
    // VGG-19 (Simonyan and Zisserman) up to conv5_1, all that style transfer uses; one inner list a block.
    private static readonly int[][] UpToConv51 = [[64, 64], [128, 128], [256, 256, 256, 256], [512, 512, 512, 512], [512]];

    // Both engines are handed the same planes and give the gradient with respect to them.
    private static readonly InputConvention Untouched =
        new("untouched", IsBgr: false, Range: 1, Mean: [0, 0, 0], Deviation: [1, 1, 1]);

    /// <summary>
    /// VGG-19 as the store has it, else with random weights (He) and small random biases, which are as fast or slow.
    /// </summary>
    public static NetworkWeights Load()
    {
        try
        {
            return WithUntouchedInput(ModelStore.Default.Load(ModelSource.Vgg19.Name).Weights.CutAfter(12));
        }
        catch (InvalidInputException)
        {
            return Random(UpToConv51, seed: 19);
        }
    }

    /// <summary>The given weights, fed without any change of range or channel order.</summary>
    public static NetworkWeights WithUntouchedInput(NetworkWeights network) => network with { Input = Untouched };

    /// <summary>Blocks of 3x3 convolutions with the given output channels, the first on three input channels.</summary>
    public static NetworkWeights Random(int[][] blocks, int seed)
    {
        var random = new Random(seed);
        var convolutions = new List<ConvolutionWeights>();
        int inputs = 3;
        for (int block = 0; block < blocks.Length; block++)
        {
            for (int i = 0; i < blocks[block].Length; i++)
            {
                int outputs = blocks[block][i];
                convolutions.Add(new ConvolutionWeights(
                    $"conv{block + 1}_{i + 1}", inputs, outputs,
                    Normal(random, outputs * inputs * 9, Math.Sqrt(2.0 / (inputs * 9))), Normal(random, outputs, 0.1)));
                inputs = outputs;
            }
        }
        return new NetworkWeights(Untouched, convolutions);
    }

    /// <summary>A picture <c>[3, size, size]</c> of soft waves and noise in the range of a network input, about -120 to 140.</summary>
    public static float[] Picture(int size, int seed = 4)
    {
        var random = new Random(seed);
        var picture = new float[3 * size * size];
        for (int i = 0; i < picture.Length; i++)
        {
            (int channel, int y, int x) = (i / (size * size), i / size % size, i % size);
            double wave = Math.Sin((x + 2.0 * y) / (9 + 4 * channel)) * Math.Cos((x - y) / 31.0);
            picture[i] = (float)(10 + 80 * wave + 50 * (random.NextDouble() - 0.5));
        }
        return picture;
    }

    private static float[] Normal(Random random, int count, double deviation)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        return values;
    }
}
