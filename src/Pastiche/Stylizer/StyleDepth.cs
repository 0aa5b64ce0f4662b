using Pastiche.Engines;

namespace Pastiche;

/// <summary>A layer or level at which an engine compares or transforms style.</summary>
/// <param name="Name">What messages call it: <c>layer relu5_1</c>, <c>level 5</c>.</param>
/// <param name="SmallestArea">Pixels that a region, or the part of a painting that counts, must have for it.</param>
internal readonly record struct StyleDepth(string Name, double SmallestArea)
{
    /// <summary>The layers or levels of an engine with valid settings, each once; none when style does not count.</summary>
    public static IReadOnlyList<StyleDepth> Of(EngineChoice engine) => engine.IsUniversal
        ? [.. engine.Universal.Levels.Select(level => level.Level).Distinct().Select(level => new StyleDepth($"level {level}", UniversalEngine.SmallestArea(level)))]
        : [.. GatysTaps.Style(engine.Gatys).Select(tap => new StyleDepth($"layer {tap}", GatysEngine.SmallestArea(tap)))];
}
