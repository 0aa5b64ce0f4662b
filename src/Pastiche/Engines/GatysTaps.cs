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

    private static IEnumerable<(Tap Tap, double Weight)> StyleLayers(GatysOptions options) => options.StyleLayers
        .Zip(Shares(options), (layer, share) => (Tap: Tap.Parse(layer), Weight: options.StyleWeight * share))
        .Where(layer => layer.Weight > 0);

    // Equal weights are 1 to the bit, whatever they are: over the largest first.
    private static IEnumerable<double> Shares(GatysOptions options)
    {
        IEnumerable<double> own = options.StyleLayerWeights.Count > 0 ? options.StyleLayerWeights : options.StyleLayers.Select(_ => 1.0);
        double[] weights =
        [
            .. options.StyleLayers.Zip(own, (layer, weight) => weight * Math.Pow(options.StyleFalloff, -Tap.Parse(layer).Poolings)),
        ];
        double largest = weights.Max(), mean = weights.Average(weight => weight / largest);
        return weights.Select(weight => weight / largest / mean);
    }
}
