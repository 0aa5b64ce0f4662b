namespace Pastiche.Transforms;

/// <summary>
/// Whitening and colouring (Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017, arXiv 1705.08086): the
/// content's features lose their correlations and get the style's, <c>F' = C_s^(1/2) C_c^(-1/2) (F - m_c) + m_s</c>.
/// </summary>
internal static class WhiteningColouring
{
    /// <summary>The transform from content to style at full strength.</summary>
    public static AffineTransform Fit(FeatureStatistics content, FeatureStatistics style)
    {
        double[] matrix = Spectrum.Multiply(Spectrum.SquareRoot(style), Spectrum.InverseSquareRoot(content), content.Channels);
        return AffineTransform.Between(matrix, content, style);
    }
}
