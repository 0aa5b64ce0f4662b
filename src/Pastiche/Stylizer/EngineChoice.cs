using Pastiche.Engines;

namespace Pastiche;

/// <summary>The engine that a request asks for, with its settings; those of the other engine are not read.</summary>
/// <param name="Kind">The engine.</param>
/// <param name="Gatys">Settings of <see cref="EngineKind.Gatys"/>.</param>
/// <param name="Universal">Settings of <see cref="EngineKind.Universal"/>.</param>
/// <param name="IsSeamless">Whether the result is to tile.</param>
internal sealed record EngineChoice(EngineKind Kind, GatysOptions Gatys, UniversalOptions Universal, bool IsSeamless = false)
{
    public bool IsUniversal => Kind == EngineKind.Universal;

    /// <summary>The settings that count.</summary>
    public object Options => IsUniversal ? Universal : Gatys;
}
