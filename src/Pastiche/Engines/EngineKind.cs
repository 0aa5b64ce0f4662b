namespace Pastiche.Engines;

/// <summary>The way in which a photograph is repainted.</summary>
public enum EngineKind
{
    /// <summary>By optimisation (<see cref="GatysOptions"/>), evaluation by evaluation.</summary>
    Gatys,

    /// <summary>By transforming features (<see cref="UniversalOptions"/>): any style in a few passes, without optimisation.</summary>
    Universal,
}
