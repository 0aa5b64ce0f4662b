using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>The taps that valid options ask for; a loss without weight asks for none.</summary>
internal static class GatysTaps
{
    public static IReadOnlyList<Tap> Style(GatysOptions options) => Of(options.StyleLayers, options.StyleWeight);

    public static IReadOnlyList<Tap> Content(GatysOptions options) => Of(options.ContentLayers, options.ContentWeight);

    /// <summary>All taps; empty when no loss of features is left.</summary>
    public static IReadOnlyList<Tap> All(GatysOptions options) => [.. Style(options).Union(Content(options)).Order()];

    private static IReadOnlyList<Tap> Of(IReadOnlyList<string> layers, double weight) =>
        weight > 0 ? [.. layers.Select(Tap.Parse)] : [];
}
