using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Losses;

/// <summary>
/// A loss of the features at one tap. <see cref="Evaluate"/> comes first and may keep what <see cref="AddGradient"/> needs of
/// the same features.
/// </summary>
internal interface ITapLoss
{
    /// <summary>The tap whose features are judged.</summary>
    Tap Tap { get; }

    /// <summary>What reports call it: <c>style relu1_1</c>.</summary>
    string Name { get; }

    /// <summary>The weighted value; at least zero.</summary>
    double Evaluate(FeatureMap features);

    /// <summary>Adds the gradient with respect to the features to a map of their shape; once after each <see cref="Evaluate"/>.</summary>
    void AddGradient(FeatureMap features, FeatureMap gradient);
}

/// <summary>
/// A loss of sums over pixels, which can be read off features band by band: <see cref="Begin"/>, <see cref="Add"/> for every band of
/// whole rows, <see cref="Evaluate()"/>, then <see cref="AddGradient(FeatureMap, int, FeatureMap, int)"/> for every band.
/// </summary>
internal interface IBandLoss : ITapLoss
{
    /// <summary>Forgets the features that were added before.</summary>
    void Begin();

    /// <summary>Takes a band in.</summary>
    /// <param name="band">Features, <c>[c, rows, w]</c>.</param>
    /// <param name="top">The band's first row among all.</param>
    void Add(FeatureMap band, int top);

    /// <summary>The weighted value for all bands together.</summary>
    double Evaluate();

    /// <summary>Adds the gradient with respect to a band.</summary>
    /// <param name="band">The band as it was added.</param>
    /// <param name="top">Its first row among all.</param>
    /// <param name="gradient">The map to add to.</param>
    /// <param name="target">The row of it that is the band's first.</param>
    void AddGradient(FeatureMap band, int top, FeatureMap gradient, int target);

    double ITapLoss.Evaluate(FeatureMap features)
    {
        Begin();
        Add(features, 0);
        return Evaluate();
    }

    void ITapLoss.AddGradient(FeatureMap features, FeatureMap gradient) => AddGradient(features, 0, gradient, 0);
}
