namespace Pastiche.Transforms;

/// <summary>
/// Adaptive instance normalisation (Huang and Belongie, ICCV 2017, arXiv 1703.06868): each channel gets the style's mean and
/// standard deviation, <c>F' = s_s / s_c (F - m_c) + m_s</c>. Correlations between channels stay the content's.
/// </summary>
internal static class AdaIN
{
    /// <summary>The transform from content to style at full strength.</summary>
    public static AffineTransform Fit(FeatureStatistics content, FeatureStatistics style)
    {
        int channels = content.Channels;
        double[] contents = VariancesOf(content), styles = VariancesOf(style);
        double floor = Spectrum.FloorOf(content, contents.Max());
        var matrix = new double[channels * channels];
        for (int i = 0; i < channels; i++)
            matrix[i * channels + i] = contents[i] > floor ? Math.Sqrt(styles[i] / contents[i]) : 0;
        return AffineTransform.Between(matrix, content, style);
    }

    private static double[] VariancesOf(FeatureStatistics statistics) =>
        [.. Enumerable.Range(0, statistics.Channels).Select(i => statistics.Covariance[i * (statistics.Channels + 1)])];
}
