namespace Pastiche.Colours;

/// <summary>The distribution of one number over pixels: a cumulative histogram, straight lines between its steps.</summary>
internal sealed class ColourHistogram
{
    private const int Bins = 1024;

    private readonly float _low, _width;

    // The share of pixels below the lower border of each bin, and 1 at the end.
    private readonly double[] _below;

    private ColourHistogram(float low, float width, double[] below) => (_low, _width, _below) = (low, width, below);

    /// <summary>Counts.</summary>
    /// <param name="values">The number of each pixel.</param>
    /// <param name="weights">How much each pixel counts; <c>null</c>: all alike.</param>
    public static ColourHistogram Of(ReadOnlySpan<float> values, float[]? weights)
    {
        float low = float.MaxValue, high = float.MinValue;
        for (int i = 0; i < values.Length; i++)
        {
            if (weights is null || weights[i] > 0)
                (low, high) = (Math.Min(low, values[i]), Math.Max(high, values[i]));
        }
        float width = Math.Max((high - low) / Bins, 1e-6f);
        var below = new double[Bins + 1];
        for (int i = 0; i < values.Length; i++)
            below[Math.Clamp((int)((values[i] - low) / width), 0, Bins - 1) + 1] += weights is null ? 1 : weights[i];
        for (int bin = 1; bin <= Bins; bin++)
            below[bin] += below[bin - 1];
        double all = below[Bins];
        for (int bin = 1; bin <= Bins; bin++)
            below[bin] /= all;
        return new ColourHistogram(low, width, below);
    }

    /// <summary>The share of pixels below a value, 0 to 1.</summary>
    public double Rank(float value)
    {
        float position = Math.Clamp((value - _low) / _width, 0, Bins);
        int bin = Math.Min((int)position, Bins - 1);
        return _below[bin] + (position - bin) * (_below[bin + 1] - _below[bin]);
    }

    /// <summary>The value below which a share of the pixels lies.</summary>
    public float Quantile(double rank)
    {
        int found = Array.BinarySearch(_below, rank);
        int bin = Math.Clamp(found >= 0 ? found : ~found - 1, 0, Bins - 1);
        double inside = _below[bin + 1] - _below[bin];
        return _low + _width * (bin + (float)(inside > 0 ? Math.Clamp((rank - _below[bin]) / inside, 0, 1) : 0));
    }
}
