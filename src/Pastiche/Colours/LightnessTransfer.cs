namespace Pastiche.Colours;

/// <summary>
/// Gives lightness another mean and deviation, as for the luminance-only transfer of Gatys et al. ("Preserving Color in Neural Artistic
/// Style Transfer", arXiv 1606.05897, section 3.2).
/// </summary>
internal static class LightnessTransfer
{
    // Deviation below which lightness is not spread further: there is nothing but rounding.
    private const double Flat = 0.01;

    // What clamping to black and white takes away is made up for in further rounds; a handful does for photographs.
    private const int MaxRounds = 30;

    private const double Tolerance = 0.005;

    /// <summary>Changes lightness in place.</summary>
    /// <param name="lightness">L* of each pixel; 0 to 100 afterwards.</param>
    /// <param name="weights">How much each counts; <c>null</c>: all alike.</param>
    /// <param name="target">The mean and the deviation that it gets.</param>
    /// <param name="shares">How much of the change each pixel gets, 0 to 1; <c>null</c>: all of it.</param>
    public static void Apply(Span<float> lightness, float[]? weights, (double Mean, double Deviation) target, float[]? shares = null)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            (double mean, double deviation) = Moments(lightness, weights);
            if (Math.Abs(mean - target.Mean) < Tolerance && Math.Abs(deviation - target.Deviation) < Tolerance)
                return;
            double slope = target.Deviation / Math.Max(deviation, Flat);
            for (int i = 0; i < lightness.Length; i++)
            {
                double share = shares is null ? 1 : shares[i];
                double changed = target.Mean + slope * (lightness[i] - mean);
                if (share > 0)
                    lightness[i] = (float)Math.Clamp(lightness[i] + share * (changed - lightness[i]), 0, 100);
            }
        }
    }

    /// <summary>Mean and deviation of lightness.</summary>
    /// <param name="lightness">L* of each pixel.</param>
    /// <param name="weights">How much each counts; <c>null</c>: all alike.</param>
    public static (double Mean, double Deviation) Moments(ReadOnlySpan<float> lightness, float[]? weights)
    {
        double weight = 0, sum = 0, squares = 0;
        for (int i = 0; i < lightness.Length; i++)
        {
            double share = weights is null ? 1 : weights[i];
            weight += share;
            sum += share * lightness[i];
        }
        double mean = sum / weight;
        for (int i = 0; i < lightness.Length; i++)
            squares += (weights is null ? 1 : weights[i]) * (lightness[i] - mean) * (lightness[i] - mean);
        return (mean, Math.Sqrt(squares / weight));
    }
}
