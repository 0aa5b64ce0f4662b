using Pastiche.Colours;
using Pastiche.Imaging;
using static Pastiche.Tests.Colours.LabPictures;

namespace Pastiche.Tests.Colours;

/// <summary>Covariance, histogram and luminance, by what they must reach and what they must leave.</summary>
public sealed class ColourTransferTests
{
    private static readonly LabPicture Target = LabPicture.Of(Photograph), Source = LabPicture.Of(Painting);

    private static readonly Picture[] Awkward = [Photograph, Painting, Grey, Flat, Black];

    /// <summary>All pairs of pictures, some of which have no colour or no contrast.</summary>
    public static IEnumerable<TheoryDataRow<int, int>> Pairs() =>
        Enumerable.Range(0, Awkward.Length * Awkward.Length).Select(i => new TheoryDataRow<int, int>(i / Awkward.Length, i % Awkward.Length));

    [Fact]
    public void Covariance_and_mean_become_the_targets()
    {
        LabPicture moved = CovarianceTransfer.Apply(Source, Target.Statistics());

        (double mean, double covariance) = Distance(Written(moved).Statistics(), Target.Statistics());
        Assert.InRange(mean, 0, 0.1);
        Assert.InRange(covariance, 0, 0.01);
        Assert.True(Distance(Source.Statistics(), Target.Statistics()).Covariance > 0.3);
    }

    [Fact]
    public void Histogram_comes_nearer_than_the_covariance_does()
    {
        double covariance = HistogramDistance(Written(CovarianceTransfer.Apply(Source, Target.Statistics())), Target);
        double histogram = HistogramDistance(Written(HistogramTransfer.Apply(Source, Target)), Target);

        Assert.True(histogram < 0.8 * covariance, $"{histogram} {covariance}");
    }

    [Fact]
    public void Own_colours_change_nothing_worth_seeing()
    {
        Assert.InRange(LargestDifference(Source, CovarianceTransfer.Apply(Source, Source.Statistics())), 0, 0.05);
        Assert.InRange(LargestDifference(Source, HistogramTransfer.Apply(Source, Source)), 0, 0.5);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Nothing_is_ever_NaN_or_outside_sRGB(int from, int to)
    {
        LabPicture source = LabPicture.Of(Awkward[from]), target = LabPicture.Of(Awkward[to]);
        foreach (LabPicture moved in new[]
        {
            CovarianceTransfer.Apply(source, target.Statistics()),
            HistogramTransfer.Apply(source, target),
            LuminanceTransfer.Painting(source, target),
        })
        {
            Assert.All(moved.ToPlanes(), value => Assert.InRange(value, 0, 1));
            Assert.All(moved.Values, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Painting_without_colour_gets_its_colours_along_with_lightness_and_no_speckles()
    {
        // Grey but for rounding: stretching that to the target's chroma would be noise.
        var random = new Random(1);
        var noisy = new Picture(64, 64, Array.ConvertAll(Grey.Planes, value => value + (random.NextSingle() - 0.5f) / 255));
        LabPicture clean = CovarianceTransfer.Apply(LabPicture.Of(Grey), Target.Statistics()), moved = CovarianceTransfer.Apply(LabPicture.Of(noisy), Target.Statistics());

        Assert.InRange(LargestDifference(clean, moved), 0, 8); // of chroma up to 0.4, the target's deviation being 10 to 20
        Assert.True(clean.Values[clean.Pixels..].Max(Math.Abs) > 5);
    }

    [Fact]
    public void Flat_areas_stay_flat()
    {
        // A light ground with a little grain beside a dark stripe, given colours that are spread evenly.
        var random = new Random(2);
        float[] grey = [.. Enumerable.Range(0, 64 * 64).Select(i => (i % 64 < 12 ? 0.1f : 0.8f) + 0.01f * (random.NextSingle() - 0.5f))];
        LabPicture source = LabPicture.Of(new Picture(64, 64, [.. grey, .. grey, .. grey]));

        LabPicture moved = HistogramTransfer.Apply(source, Target);

        Assert.InRange(GroundDeviation(moved), 0, 2 * GroundDeviation(source));

        static double GroundDeviation(LabPicture picture)
        {
            float[] ground = [.. Enumerable.Range(0, picture.Pixels).Where(i => i % 64 >= 12).Select(i => picture.Values[i])];
            return LightnessTransfer.Moments(ground, null).Deviation;
        }
    }

    [Fact]
    public void Transparent_pixels_do_not_count()
    {
        float[] opacity = [.. Enumerable.Range(0, Photograph.Width * Photograph.Height).Select(i => i % Photograph.Width < 32 ? 1f : 0)];
        var half = new Picture(Photograph.Width, Photograph.Height, Photograph.Planes, opacity);
        float[] left = [.. Enumerable.Range(0, 3 * 48 * 32).Select(i => Photograph.Planes[i / 32 * 64 + i % 32])];

        (double mean, double covariance) = Distance(LabPicture.Of(half).Statistics(), LabPicture.Of(new Picture(32, 48, left)).Statistics());

        Assert.InRange(mean, 0, 1e-4);
        Assert.InRange(covariance, 0, 1e-4);
        Assert.Null(LabPicture.Of(new Picture(4, 4, new float[48], new float[16])).Weights); // nothing is visible: all counts
    }

    [Fact]
    public void Luminance_keeps_mean_and_deviation_of_lightness_and_the_photographs_chroma()
    {
        LabPicture painted = LabPicture.Of(Pastiche.Imaging.Resampling.Resize(Painting, Photograph.Width, Photograph.Height));

        LabPicture result = Written(LuminanceTransfer.Result(painted, Target, null));

        (double Mean, double Deviation) wanted = LightnessTransfer.Moments(Target.Lightness, null), got = LightnessTransfer.Moments(result.Lightness, null);
        Assert.Equal(wanted.Mean, got.Mean, 0.1);
        Assert.Equal(wanted.Deviation, got.Deviation, 0.1);
        for (int i = 0; i < result.Pixels; i++)
            Assert.InRange(Chroma(result, i), 0, Chroma(Target, i) + 1);
        Assert.True(Enumerable.Range(0, result.Pixels).Average(i => Chroma(Target, i) - Chroma(result, i)) < 1.5);

        static double Chroma(LabPicture picture, int i) => double.Hypot(picture.Values[picture.Pixels + i], picture.Values[2 * picture.Pixels + i]);
    }

    [Fact]
    public void What_is_not_painted_is_not_changed()
    {
        LabPicture painted = Target with { Values = Array.ConvertAll(Target.Values, value => 0.5f * value + 3) };
        float[] cover = [.. Enumerable.Range(0, Target.Pixels).Select(i => i % Target.Width < 20 ? 1f : 0)];
        for (int i = 0; i < Target.Pixels; i++)
            painted.Values[i] = cover[i] > 0 ? painted.Values[i] : Target.Values[i];

        LabPicture result = LuminanceTransfer.Result(painted, Target, cover);

        Assert.All(Enumerable.Range(0, Target.Values.Length).Where(i => cover[i % Target.Pixels] == 0), i => Assert.Equal(Target.Values[i], result.Values[i]));
        Assert.Equal(LightnessTransfer.Moments(Target.Lightness, cover).Deviation, LightnessTransfer.Moments(result.Lightness, cover).Deviation, 0.01);
    }

    private static double LargestDifference(LabPicture one, LabPicture other) => one.Values.Zip(other.Values, (a, b) => Math.Abs(a - b)).Max();
}
