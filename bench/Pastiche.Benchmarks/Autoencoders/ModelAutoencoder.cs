using Pastiche.Compute;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Autoencoders;

/// <summary>A model with decoders: one encoder for all levels.</summary>
internal sealed class ModelAutoencoder : IAutoencoder
{
    private readonly FeatureNetwork _encoder;
    private readonly List<DecoderNetwork> _decoders;
    private readonly IReadOnlyList<Tap> _taps;

    /// <summary>Builds encoder and decoders.</summary>
    /// <param name="nameOrPath">The model.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <exception cref="InvalidInputException">There is no such model, or it has no decoders.</exception>
    public ModelAutoencoder(string nameOrPath, NetworkCompute compute)
    {
        LoadedModel model = ModelStore.Default.Load(nameOrPath);
        if (model.Weights.Decoders.Count == 0)
            throw new InvalidInputException($"model {nameOrPath} has no decoders");
        Name = model.Name;
        _taps = [.. model.Weights.Decoders.Select(decoder => decoder.From)];
        _encoder = new FeatureNetwork(model.Weights, _taps, PoolingKind.Max, compute);
        _decoders = [.. model.Weights.Decoders.Select(decoder => new DecoderNetwork(decoder, compute))];
    }

    public string Name { get; }

    public IReadOnlyList<float[]> Reconstruct(float[] planes, int height, int width)
    {
        _encoder.Forward(planes, height, width);
        return [.. _decoders.Select((decoder, i) => decoder.Forward(_encoder[_taps[i]], height, width))];
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoders.ForEach(decoder => decoder.Dispose());
    }
}
