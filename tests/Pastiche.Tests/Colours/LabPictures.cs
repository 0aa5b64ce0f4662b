using Pastiche.Colours;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Transforms;

namespace Pastiche.Tests.Colours;

/// <summary>Pictures to give colours to and to take them from.</summary>
internal static class LabPictures
{
    /// <summary>Colourful, without a symmetry.</summary>
    public static Picture Photograph { get; } = TestImages.Smooth(64, 48);

    /// <summary>Of other colours, with more contrast.</summary>
    public static Picture Painting { get; } = new(64, 64, SmallVgg.Picture(64, 64));

    /// <summary>Without any colour.</summary>
    public static Picture Grey { get; } = GreyOf(Painting);

    /// <summary>Of one colour.</summary>
    public static Picture Flat { get; } = new(40, 30, [.. Enumerable.Range(0, 3 * 40 * 30).Select(i => 0.2f + 0.3f * (i / (40 * 30)))]);

    /// <summary>Black, with the smallest chroma that there is at one pixel.</summary>
    public static Picture Black { get; } = new(40, 30, [1f / 255, .. new float[3 * 40 * 30 - 1]]);

    /// <summary>What a file of 8 bits would give back.</summary>
    public static LabPicture Written(LabPicture picture) =>
        LabPicture.Of(new Picture(picture.Width, picture.Height, Array.ConvertAll(picture.ToPlanes(), value => MathF.Round(255 * value) / 255)));

    /// <summary>The largest difference of means, and the Frobenius norm of the covariances' difference as a share of the second's.</summary>
    public static (double Mean, double Covariance) Distance(FeatureStatistics one, FeatureStatistics other) => (
        one.Mean.Zip(other.Mean, (a, b) => Math.Abs(a - b)).Max(),
        Math.Sqrt(one.Covariance.Zip(other.Covariance, (a, b) => (a - b) * (a - b)).Sum() / other.Covariance.Sum(value => value * value)));

    /// <summary>The mean difference of quantiles along directions all around, in units of CIELAB.</summary>
    public static double HistogramDistance(LabPicture one, LabPicture other)
    {
        const int Directions = 16, Quantiles = 200;
        double sum = 0;
        for (int i = 0; i < Directions; i++)
        {
            double z = 1 - (2 * i + 1.0) / Directions, radius = Math.Sqrt(1 - z * z);
            double[] direction = [radius * Math.Cos(2.4 * i), radius * Math.Sin(2.4 * i), z];
            double[] a = Sorted(one, direction), b = Sorted(other, direction);
            for (int q = 0; q < Quantiles; q++)
                sum += Math.Abs(a[(2 * q + 1) * a.Length / (2 * Quantiles)] - b[(2 * q + 1) * b.Length / (2 * Quantiles)]);
        }
        return sum / (Directions * Quantiles);
    }

    private static double[] Sorted(LabPicture picture, double[] direction) =>
        [.. Enumerable.Range(0, picture.Pixels).Select(i => Enumerable.Range(0, 3).Sum(band => direction[band] * picture.Values[band * picture.Pixels + i])).Order()];

    private static Picture GreyOf(Picture picture)
    {
        float[] red = picture.Planes[..(picture.Width * picture.Height)];
        return new Picture(picture.Width, picture.Height, [.. red, .. red, .. red]);
    }
}
