namespace Pastiche.Transforms;

/// <summary>How the content's features get the style's statistics.</summary>
public enum TransformKind
{
    /// <summary>Whitening and colouring: mean and all correlations (Li et al., arXiv 1705.08086).</summary>
    WhiteningColouring,

    /// <summary>Adaptive instance normalisation: each channel's mean and deviation (Huang and Belongie, arXiv 1703.06868).</summary>
    AdaIN,

    /// <summary>The optimal transport map between normal distributions: mean and all correlations with the least change.</summary>
    OptimalTransport,
}

/// <summary>From a kind to its transform.</summary>
internal static class TransformKinds
{
    /// <summary>The transform from content to style at full strength.</summary>
    public static AffineTransform Fit(this TransformKind kind, FeatureStatistics content, FeatureStatistics style) => kind switch
    {
        TransformKind.AdaIN => AdaIN.Fit(content, style),
        TransformKind.OptimalTransport => OptimalTransport.Fit(content, style),
        _ => WhiteningColouring.Fit(content, style),
    };
}
