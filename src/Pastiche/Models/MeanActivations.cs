using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// The mean activations that bring a network to the common scale: those of its file, else those that we measured over
/// photographs, else measured now on drawn pictures.
/// </summary>
internal static class MeanActivations
{
    /// <summary>The mean activations of all of a network's convolutions.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="compute">What to compute with, should something have to be measured.</param>
    public static IReadOnlyDictionary<string, float[]> Of(NetworkWeights weights, NetworkCompute compute)
    {
        if (weights.MeanActivations is not null)
            return weights.MeanActivations;
        IReadOnlyDictionary<string, float[]> known = KnownActivations.Of(weights);
        if (weights.Convolutions.All(layer => known.ContainsKey(layer.Name)))
            return known;
        IReadOnlyDictionary<string, float[]> measured = CommonScale.Measure(weights, CalibrationPictures.Draw(), compute);
        return weights.Convolutions.ToDictionary(layer => layer.Name, layer => known.GetValueOrDefault(layer.Name) ?? measured[layer.Name]);
    }
}
