using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Tests.Networks;

/// <summary>Small networks with decoders and random weights.</summary>
internal static class SmallDecoders
{
    /// <summary>A network padded by reflection with a decoder for every level that it reaches.</summary>
    /// <param name="depth">Number of the encoder's convolutions.</param>
    /// <param name="seed">Seed of the encoder's weights.</param>
    /// <param name="channels">Channels of the five blocks; <c>null</c>: as <see cref="SmallVgg"/>.</param>
    public static NetworkWeights Random(int depth = 13, int seed = 1, int[]? channels = null) => SmallVgg.Random(depth, seed, channels) with
    {
        Padding = PaddingKind.Reflection,
        Decoders = [.. Enumerable.Range(1, Vgg19.BlockOf(depth - 1) + 1).Select(level => SmallDecoder.Random(level, channels))],
    };
}
