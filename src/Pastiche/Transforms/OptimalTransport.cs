namespace Pastiche.Transforms;

/// <summary>
/// The optimal transport between normal distributions with content's and style's mean and covariance (the linear Monge map;
/// Olkin and Pukelsheim, 1982): <c>F' = M (F - m_c) + m_s</c>, <c>M = C_c^(-1/2) (C_c^(1/2) C_s C_c^(1/2))^(1/2) C_c^(-1/2)</c>.
/// Like whitening and colouring it gives the style's covariance, but moves the features as little as possible.
/// </summary>
internal static class OptimalTransport
{
    /// <summary>The transform from content to style at full strength.</summary>
    public static AffineTransform Fit(FeatureStatistics content, FeatureStatistics style)
    {
        int channels = content.Channels;
        double[] root = Spectrum.SquareRoot(content), inverse = Spectrum.InverseSquareRoot(content);
        double[] middle = Spectrum.Multiply(root, Spectrum.Multiply(style.Covariance, root, channels), channels);
        double[] middleRoot = new SymmetricEigen(middle, channels).Function(value => value > 0 ? Math.Sqrt(value) : 0);
        double[] matrix = Spectrum.Multiply(inverse, Spectrum.Multiply(middleRoot, inverse, channels), channels);
        return AffineTransform.Between(matrix, content, style);
    }
}
