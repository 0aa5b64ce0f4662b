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
        if (options.StyleLayerWeights.Count == 0)
            return Enumerable.Repeat(1.0, options.StyleLayers.Count);
        double largest = options.StyleLayerWeights.Max(), mean = options.StyleLayerWeights.Average(weight => weight / largest);
        return options.StyleLayerWeights.Select(weight => weight / largest / mean);
    }
}
