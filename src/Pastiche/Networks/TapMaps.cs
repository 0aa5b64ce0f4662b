using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>The features that a network keeps, by tap.</summary>
internal sealed class TapMaps(IEnumerable<Tap> taps) : IDisposable
{
    private readonly SortedDictionary<Tap, FeatureMap> _maps = new(taps.Distinct().ToDictionary(tap => tap, _ => new FeatureMap()));

    /// <summary>The taps in order from the picture.</summary>
    public IReadOnlyCollection<Tap> Taps => _maps.Keys;

    public FeatureMap this[Tap tap] => _maps[tap];

    /// <summary>Has a layer keep what is wanted of it.</summary>
    public void Assign(Layer layer, IReadOnlyCollection<Tap> wanted)
    {
        layer.Raw = Wanted(layer.OutputTap(isRectified: false));
        layer.Activation = Wanted(layer.OutputTap(isRectified: true));

        FeatureMap? Wanted(Tap tap) => wanted.Contains(tap) ? _maps[tap] : null;
    }

    public void Dispose()
    {
        foreach (FeatureMap map in _maps.Values)
            map.Dispose();
    }
}
