using Pastiche.Imaging;
using Pastiche.Transforms;

namespace Pastiche.Colours;

/// <summary>A picture in <see cref="CieLab"/>.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Values">L*, a* and b*, <c>[3, Height, Width]</c>.</param>
/// <param name="Weights">How much each pixel counts in statistics, <c>[Height, Width]</c>; <c>null</c>: all alike.</param>
internal sealed record LabPicture(int Width, int Height, float[] Values, float[]? Weights)
{
    // Pixels that a thread takes at a time.
    private const int Stretch = 16384;

    /// <summary>Pixels.</summary>
    public int Pixels => Width * Height;

    /// <summary>L*, <c>[Height, Width]</c>.</summary>
    public Span<float> Lightness => Values.AsSpan(0, Pixels);

    /// <summary>Converts a picture, whose transparent pixels do not count.</summary>
    public static LabPicture Of(Picture picture)
    {
        var values = new float[picture.Planes.Length];
        Convert(picture.Planes, values, CieLab.Of);
        return new LabPicture(picture.Width, picture.Height, values, null).Within(picture.Alpha);
    }

    /// <summary>The picture with pixels that count in part. If none of those that count so far is left, nothing changes.</summary>
    /// <param name="shares">How much each pixel counts, <c>[Height, Width]</c>; <c>null</c>: as much as it does.</param>
    public LabPicture Within(float[]? shares)
    {
        float[]? both = shares is null || Weights is null ? shares ?? Weights : [.. Weights.Zip(shares, (weight, share) => weight * share)];
        return both is null || both.Any(weight => weight > 0) ? this with { Weights = both } : this;
    }

    /// <summary>The picture without colour.</summary>
    public LabPicture Grey()
    {
        var values = new float[Values.Length];
        Lightness.CopyTo(values);
        return this with { Values = values };
    }

    /// <summary>The picture with colours that sRGB has (<see cref="CieLab.Fit"/>).</summary>
    public LabPicture Fit()
    {
        var values = new float[Values.Length];
        Convert(Values, values, CieLab.Fit);
        return this with { Values = values };
    }

    /// <summary>Converts back: sRGB-encoded planes <c>[3, Height, Width]</c>, colours that sRGB does not have fitted.</summary>
    public float[] ToPlanes()
    {
        var planes = new float[Values.Length];
        Convert(Values, planes, CieLab.ToSrgb);
        return planes;
    }

    /// <summary>Mean and covariance of L*, a* and b*.</summary>
    public FeatureStatistics Statistics()
    {
        double weight = 0, squared = 0;
        var mean = new double[3];
        for (int i = 0; i < Pixels; i++)
        {
            double share = Weights is null ? 1 : Weights[i];
            weight += share;
            squared += share * share;
            for (int band = 0; band < 3; band++)
                mean[band] += share * Values[band * Pixels + i];
        }
        for (int band = 0; band < 3; band++)
            mean[band] /= weight;

        var covariance = new double[9];
        double freedom = FeatureStatistics.FreedomOf(weight, squared);
        for (int i = 0; i < Pixels && freedom > 0; i++)
        {
            double share = (Weights is null ? 1 : Weights[i]) / freedom;
            for (int row = 0; row < 3; row++)
            {
                double difference = share * (Values[row * Pixels + i] - mean[row]);
                for (int column = row; column < 3; column++)
                    covariance[row * 3 + column] += difference * (Values[column * Pixels + i] - mean[column]);
            }
        }
        (covariance[3], covariance[6], covariance[7]) = (covariance[1], covariance[2], covariance[5]);
        return new FeatureStatistics(mean, covariance, weight, squared);
    }

    /// <summary>Does something with each pixel, on all processors.</summary>
    /// <param name="pixels">Their number.</param>
    /// <param name="work">Gets the pixel's number.</param>
    public static void ForEach(int pixels, Action<int> work) => Parallel.For(0, (pixels + Stretch - 1) / Stretch, stretch =>
    {
        int end = Math.Min((stretch + 1) * Stretch, pixels);
        for (int i = stretch * Stretch; i < end; i++)
            work(i);
    });

    private static void Convert(float[] source, float[] target, Func<float, float, float, (float, float, float)> convert)
    {
        int pixels = source.Length / 3;
        ForEach(pixels, i => (target[i], target[pixels + i], target[2 * pixels + i]) = convert(source[i], source[pixels + i], source[2 * pixels + i]));
    }
}
