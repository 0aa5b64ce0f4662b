using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>Where the gradient of a loss comes from.</summary>
internal interface ITapGradients
{
    /// <summary>Adds the loss's gradient with respect to a tap's features.</summary>
    /// <param name="tap">The tap.</param>
    /// <param name="features">Its features, of the last forward pass.</param>
    /// <param name="gradient">
    /// The map to add to. At a tap after the ReLU only what the ReLU lets through may be added: where the feature is positive.
    /// </param>
    void AddGradient(Tap tap, FeatureMap features, FeatureMap gradient);
}

/// <summary>Who reads features in bands of whole rows, for pictures whose shallow features do not fit in memory all at once.</summary>
internal interface IBandReader : ITapGradients
{
    /// <summary>Takes a band's features in. The bands of a tap follow one another from the top and do not overlap.</summary>
    /// <param name="tap">The tap.</param>
    /// <param name="band">The features of some rows, to be read at once.</param>
    /// <param name="top">The band's first row among the tap's.</param>
    void Read(Tap tap, FeatureMap band, int top);

    /// <summary>Adds the loss's gradient with respect to a band's features, once all of them have been read.</summary>
    /// <param name="tap">The tap.</param>
    /// <param name="band">The features of some rows, as they were read.</param>
    /// <param name="top">The band's first row among the tap's.</param>
    /// <param name="gradient">The map to add to, as for a whole map; it may have more rows.</param>
    /// <param name="target">The row of it that is the band's first.</param>
    void AddGradient(Tap tap, FeatureMap band, int top, FeatureMap gradient, int target);
}
