using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Tests.Networks;

/// <summary>Small networks with decoders and random weights.</summary>
internal static class SmallDecoders
{
    /// <summary>A network padded by reflection with a decoder for every level that it reaches.</summary>
    /// <param name="depth">Number of the encoder's convolutions.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="channels">Channels of the five blocks; <c>null</c>: as <see cref="SmallVgg"/>.</param>
    public static NetworkWeights Random(int depth = 13, int seed = 1, int[]? channels = null)
    {
        NetworkWeights encoder = SmallVgg.Random(depth, seed, channels);
        var random = new Random(seed);
        return encoder with
        {
            Padding = PaddingKind.Reflection,
            Decoders = [.. Enumerable.Range(1, Vgg19.BlockOf(depth - 1) + 1).Select(level => Decoder(encoder, level, random))],
        };
    }

    private static DecoderWeights Decoder(NetworkWeights encoder, int level, Random random) => new(
        level,
        [.. DecoderWeights.Names(level).Select(name => encoder.Convolutions.First(layer => layer.Name == name)).Select(layer => new ConvolutionWeights(
            layer.Name, layer.Outputs, layer.Inputs,
            Numbers(random, layer.Inputs * layer.Outputs * 9, Math.Sqrt(6.0 / (layer.Outputs * 9))),
            Numbers(random, layer.Inputs, 0.2)))]);

    private static float[] Numbers(Random random, int count, double scale) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))];
}
