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
