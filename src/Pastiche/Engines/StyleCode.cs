using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>
/// What universal style transfer knows of a painting: the statistics of its features, level by level. Read once, it serves any
/// number of photographs.
/// </summary>
/// <param name="Levels">The statistics by level; levels for which the painting is too small are not there.</param>
internal sealed record StyleCode(IReadOnlyDictionary<int, FeatureStatistics> Levels);

/// <summary>A painting's statistics and its share.</summary>
internal readonly record struct WeightedCode(StyleCode Code, double Weight);
