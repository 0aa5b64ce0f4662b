using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Autoencoders;

/// <summary>The peer's networks, <see cref="DistilledNetworks"/>: an encoder for each level.</summary>
internal sealed class DistilledAutoencoder : IAutoencoder
{
    private readonly List<(FeatureNetwork Encoder, Tap Tap, DecoderNetwork Decoder)> _levels;

    /// <summary>Reads the networks.</summary>
    /// <param name="folder">The folder with <c>encoder1.safetensors</c> and so on.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <exception cref="InvalidInputException">A file cannot be read.</exception>
    public DistilledAutoencoder(string folder, NetworkCompute compute) =>
        _levels = [.. DistilledNetworks.Read(folder).Select(network => Build(network, compute))];

    public string Name => DistilledNetworks.Name;

    public IReadOnlyList<float[]> Reconstruct(float[] planes, int height, int width)
    {
        var reconstructions = new List<float[]>();
        foreach ((FeatureNetwork encoder, Tap tap, DecoderNetwork decoder) in _levels)
        {
            encoder.Forward(planes, height, width);
            reconstructions.Add(decoder.Forward(encoder[tap], height, width));
        }
        return reconstructions;
    }

    public void Dispose()
    {
        foreach ((FeatureNetwork encoder, _, DecoderNetwork decoder) in _levels)
        {
            encoder.Dispose();
            decoder.Dispose();
        }
    }

    private static (FeatureNetwork, Tap, DecoderNetwork) Build(NetworkWeights network, NetworkCompute compute)
    {
        DecoderWeights decoder = network.Decoders[0];
        var encoder = new FeatureNetwork(network, [decoder.From], PoolingKind.Max, compute);
        return (encoder, decoder.From, new DecoderNetwork(decoder, compute));
    }
}
