using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>The taps that valid options ask for; a loss without weight asks for none.</summary>
internal static class GatysTaps
{
    public static IReadOnlyList<Tap> Style(GatysOptions options) => [.. StyleLayers(options).Select(layer => layer.Tap)];

    /// <summary>What the style's loss at each tap is multiplied by: the style weight, and the layer's weight over the mean of all.</summary>
    public static IReadOnlyDictionary<Tap, double> StyleWeights(GatysOptions options) =>
        StyleLayers(options).ToDictionary(layer => layer.Tap, layer => layer.Weight);

    public static IReadOnlyList<Tap> Content(GatysOptions options) =>
        options.ContentWeight > 0 ? [.. options.ContentLayers.Select(Tap.Parse)] : [];

    /// <summary>All taps; empty when no loss of features is left.</summary>
    public static IReadOnlyList<Tap> All(GatysOptions options) => [.. Style(options).Union(Content(options)).Order()];

    // Equal weights are 1 to the bit, whatever they are: over the largest first.
    private static IEnumerable<(Tap Tap, double Weight)> StyleLayers(GatysOptions options)
    {
        Tap[] taps = [.. options.StyleLayers.Select(Tap.Parse)];
        IEnumerable<double> own = options.StyleLayerWeights.Count > 0 ? options.StyleLayerWeights : taps.Select(_ => 1.0);
        double[] weights = [.. taps.Zip(own, (tap, weight) => weight * Math.Pow(options.StyleFalloff, -tap.Poolings))];
        double largest = weights.Max(), mean = weights.Average(weight => weight / largest);
        return taps.Zip(weights, (tap, weight) => (Tap: tap, Weight: options.StyleWeight * (weight / largest / mean))).Where(layer => layer.Weight > 0);
    }
}
