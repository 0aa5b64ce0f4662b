using Pastiche.Networks;

namespace Pastiche.Tests.Models;

/// <summary>Networks of VGG-19's shape with a few channels and reproducible weights.</summary>
internal static class TinyNetwork
{
    private static readonly string[] Names = ["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1"];

    public static NetworkWeights Create(InputConvention? input = null, int convolutions = 2, int channels = 2, bool means = false)
    {
        var random = new Random(7);
        var list = new List<ConvolutionWeights>();
        for (int i = 0; i < convolutions; i++)
        {
            int inputs = i == 0 ? 3 : channels;
            list.Add(new ConvolutionWeights(Names[i], inputs, channels, Numbers(random, channels * inputs * 9), Numbers(random, channels)));
        }
        Dictionary<string, float[]>? activations = means
            ? list.ToDictionary(layer => layer.Name, _ => Array.ConvertAll(Numbers(random, channels), MathF.Abs))
            : null;
        return new NetworkWeights(input ?? InputConvention.Caffe, list, activations);
    }

    public static void AssertSame(NetworkWeights expected, NetworkWeights actual)
    {
        Assert.Equal(expected.Input, actual.Input);
        Assert.Equal(expected.Padding, actual.Padding);
        AssertSame(expected.Convolutions, actual.Convolutions);
        Assert.Equal(expected.Decoders.Select(decoder => decoder.Level), actual.Decoders.Select(decoder => decoder.Level));
        foreach ((DecoderWeights one, DecoderWeights other) in expected.Decoders.Zip(actual.Decoders))
            AssertSame(one.Convolutions, other.Convolutions);
        Assert.Equal(expected.Metrics.OrderBy(pair => pair.Key), actual.Metrics.OrderBy(pair => pair.Key));
        Assert.Equal(expected.MeanActivations?.OrderBy(pair => pair.Key), actual.MeanActivations?.OrderBy(pair => pair.Key));
    }

    private static void AssertSame(IReadOnlyList<ConvolutionWeights> expected, IReadOnlyList<ConvolutionWeights> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((ConvolutionWeights one, ConvolutionWeights other) in expected.Zip(actual))
        {
            Assert.Equal((one.Name, one.Inputs, one.Outputs), (other.Name, other.Inputs, other.Outputs));
            Assert.Equal(one.Kernel, other.Kernel);
            Assert.Equal(one.Bias, other.Bias);
        }
    }

    /// <summary>The same network as <c>torch.save</c> would be given it.</summary>
    public static List<TorchTensor> ToTorch(NetworkWeights weights, bool torchvisionNames = true, string type = "FloatStorage")
    {
        int[] indices = [0, 2, 5, 7, 10];
        var tensors = new List<TorchTensor>();
        for (int i = 0; i < weights.Convolutions.Count; i++)
        {
            ConvolutionWeights layer = weights.Convolutions[i];
            string name = torchvisionNames ? $"features.{indices[i]}" : layer.Name;
            tensors.Add(TorchTensor.Contiguous($"{name}.weight", type, layer.Kernel, layer.Outputs, layer.Inputs, 3, 3));
            tensors.Add(TorchTensor.Contiguous($"{name}.bias", type, layer.Bias, layer.Outputs));
        }
        return tensors;
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
