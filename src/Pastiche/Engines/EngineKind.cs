namespace Pastiche.Engines;

/// <summary>The way in which a photograph is repainted.</summary>
public enum EngineKind
{
    /// <summary>By optimisation (<see cref="GatysOptions"/>): the best pictures; minutes.</summary>
    Gatys,

    /// <summary>By transforming features (<see cref="UniversalOptions"/>): any style in about a second.</summary>
    Universal,
}
