using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>Scaling: against the formula, and the properties that a good filter has.</summary>
public sealed class ResamplingTests
{
    [Theory]
    [InlineData(23, 17, 9, 11)]
    [InlineData(9, 11, 23, 17)]
    [InlineData(20, 5, 7, 31)]
    [InlineData(2, 2, 5, 1)]
    public void Matches_the_two_dimensional_formula(int width, int height, int newWidth, int newHeight)
    {
        var random = new Random(7);
        float[] planes = [.. Enumerable.Range(0, 3 * width * height).Select(_ => 0.3f + (0.4f * random.NextSingle()))];

        Picture scaled = Resampling.Resize(new Picture(width, height, planes), newWidth, newHeight);

        float[] expected = new float[3 * newWidth * newHeight];
        for (int i = 0; i < expected.Length; i++)
        {
            int x = i % newWidth, y = i / newWidth % newHeight, band = i / (newWidth * newHeight);
            double sum = 0, weights = 0;
            for (int v = 0; v < height; v++)
            {
                for (int u = 0; u < width; u++)
                {
                    double weight = Weight(u, x, width, newWidth) * Weight(v, y, height, newHeight);
                    sum += weight * planes[(((band * height) + v) * width) + u];
                    weights += weight;
                }
            }
            expected[i] = (float)Math.Clamp(sum / weights, 0, 1);
        }
        AssertClose(expected, scaled.Planes, 1e-5);

        static double Weight(int sample, int output, int length, int newLength)
        {
            double scale = (double)length / newLength;
            double x = (sample - (((output + 0.5) * scale) - 0.5)) / Math.Max(1, scale);
            return Math.Abs(x) >= 3 ? 0 : x == 0 ? 1 : 3 * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / 3) / (Math.PI * Math.PI * x * x);
        }
    }

    [Theory]
    [InlineData(1, 1, 64, 3)]
    [InlineData(7, 5, 1, 1)]
    [InlineData(16_384, 2, 1, 1)]
    [InlineData(101, 77, 777, 333)]
    public void A_plain_colour_stays_what_it_is(int width, int height, int newWidth, int newHeight)
    {
        float[] planes = [.. Enumerable.Repeat(0.7f, 3 * width * height)];
        Picture scaled = Resampling.Resize(new Picture(width, height, planes), newWidth, newHeight);
        Assert.Equal((newWidth, newHeight), (scaled.Width, scaled.Height));
        AssertClose([.. Enumerable.Repeat(0.7f, 3 * newWidth * newHeight)], scaled.Planes, 1e-5);
    }

    [Theory]
    [InlineData(100, 37)]
    [InlineData(100, 237)]
    public void Nothing_is_shifted(int length, int newLength)
    {
        float[] ramp = [.. Enumerable.Range(0, length).Select(i => (i + 0.5f) / length)];
        Picture scaled = Resampling.Resize(new Picture(length, 1, [.. ramp, .. ramp, .. ramp]), newLength, 1);
        int border = 4 + (4 * newLength / length);
        for (int i = border; i < newLength - border; i++)
            Assert.Equal((i + 0.5f) / newLength, scaled.Planes[i], 0.0005f);
    }

    [Fact]
    public void Fine_patterns_turn_grey_instead_of_aliasing()
    {
        float[] board = [.. Enumerable.Range(0, 3 * 128 * 128).Select(i => (float)((i + (i / 128)) % 2))];
        Picture scaled = Resampling.Resize(new Picture(128, 128, board), 37, 29);
        AssertClose([.. Enumerable.Repeat(0.5f, 3 * 37 * 29)], scaled.Planes, 0.05);
    }

    [Fact]
    public void Overshoot_is_clamped()
    {
        float[] edge = [0, 0, 0, 0, 1, 1, 1, 1];
        Picture scaled = Resampling.Resize(new Picture(8, 1, [.. edge, .. edge, .. edge]), 64, 4);
        Assert.Equal(0, scaled.Planes.Min());
        Assert.Equal(1, scaled.Planes.Max());
    }

    [Theory]
    [InlineData(64, 20)]
    [InlineData(16, 61)]
    public void Colours_of_transparent_pixels_do_not_bleed(int length, int newLength)
    {
        bool[] isVisible = [.. Enumerable.Range(0, length).Select(i => i < length / 2)];
        float[] red = [.. isVisible.Select(visible => visible ? 1f : 0f)];
        float[] green = [.. isVisible.Select(visible => visible ? 0f : 1f)];
        var picture = new Picture(length, 1, [.. red, .. green, .. new float[length]], red);

        Picture scaled = Resampling.Resize(picture, newLength, 1);

        Assert.Equal(1, scaled.Alpha!.Max());
        Assert.Equal(0, scaled.Alpha!.Min(), 0.01f);
        for (int i = 0; i < newLength; i++)
        {
            if (scaled.Alpha![i] > 0.01)
                AssertClose([1, 0, 0], scaled.Pixel(i, 0), 1e-4);
        }
        AssertClose([0, 1, 0], scaled.Pixel(newLength - 1, 0), 0.01); // hidden colours stay, instead of turning black
    }

    [Fact]
    public void Profile_and_identity()
    {
        Picture picture = Smooth(8, 6, hasAlpha: true, iccProfile: [1, 2, 3]);
        Assert.Same(picture, Resampling.Resize(picture, 8, 6));
        Assert.Same(picture.IccProfile, Resampling.Resize(picture, 4, 3).IccProfile);
        Assert.Null(Resampling.Resize(Smooth(8, 6), 4, 3).Alpha);
    }

    [Fact]
    public void Sizes_out_of_range()
    {
        Picture picture = Smooth(8, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampling.Resize(picture, 0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampling.Resize(picture, 8, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampling.Resize(picture, 60_000, 60_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampling.FitLongSide(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampling.FitLongSide(1, 1, 0));
    }

    [Theory]
    [InlineData(768, 512, 512, 512, 341)]
    [InlineData(512, 768, 512, 341, 512)]
    [InlineData(100, 100, 7, 7, 7)]
    [InlineData(10_000, 1, 16, 16, 1)]
    [InlineData(4, 2, 5, 5, 3)]
    [InlineData(3, 2, 3000, 3000, 2000)]
    public void Fit_long_side(int width, int height, int longSide, int newWidth, int newHeight) =>
        Assert.Equal((newWidth, newHeight), Resampling.FitLongSide(width, height, longSide));
}
