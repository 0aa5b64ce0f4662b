using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>Two maps between which a chain goes back and forth. Chains that never run at the same time can share a pair.</summary>
internal sealed class MapPair : IDisposable
{
    private readonly FeatureMap _ping = new(), _pong = new();

    public FeatureMap First => _ping;

    public FeatureMap Second => _pong;

    /// <summary>The map that is not the given one; the first, if it is neither.</summary>
    public FeatureMap Other(FeatureMap map) => map == _ping ? _pong : _ping;

    public void Dispose()
    {
        _ping.Dispose();
        _pong.Dispose();
    }
}
