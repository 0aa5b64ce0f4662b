using Pastiche.Losses;
using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>
/// What style transfer by optimisation knows of a painting: the Gram matrices and means of its features. Read once, they serve
/// any number of photographs.
/// </summary>
/// <param name="Moments">For each tap of the style.</param>
internal sealed record StyleGrams(IReadOnlyDictionary<Tap, FeatureMoments> Moments);

/// <summary>A painting's Gram matrices and its share.</summary>
internal readonly record struct WeightedGrams(StyleGrams Grams, double Weight);
