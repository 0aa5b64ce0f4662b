using CsCheck;
using Pastiche.Colours;

namespace Pastiche.Tests.Colours;

public sealed class CieLabTests
{
    private static readonly Gen<float> Band = Gen.Float[0, 1];

    // Values of Bruce Lindbloom's calculator for sRGB and D65.
    [Theory]
    [InlineData(1, 1, 1, 100, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(1, 0, 0, 53.24, 80.09, 67.20)]
    [InlineData(0, 1, 0, 87.74, -86.18, 83.18)]
    [InlineData(0, 0, 1, 32.30, 79.19, -107.86)]
    [InlineData(0.5, 0.5, 0.5, 53.39, 0, 0)]
    public void Colours_have_the_known_coordinates(float red, float green, float blue, double lightness, double a, double b)
    {
        (float l, float x, float y) = CieLab.Of(red, green, blue);

        Assert.Equal(lightness, l, 0.01);
        Assert.Equal(a, x, 0.01);
        Assert.Equal(b, y, 0.01);
    }

    [Fact]
    public void Every_pixel_comes_back() => Gen.Select(Band, Band, Band).Sample((red, green, blue) =>
    {
        (float l, float a, float b) = CieLab.Of(red, green, blue);
        (float r, float g, float back) = CieLab.ToSrgb(l, a, b);
        Assert.InRange(Largest(r - red, g - green, back - blue), 0, 1e-4);
    });

    [Fact]
    public void Greys_have_no_chroma() => Band.Sample(grey =>
    {
        (_, float a, float b) = CieLab.Of(grey, grey, grey);
        Assert.InRange(Largest(a, b), 0, 1e-3);
    });

    [Fact]
    public void What_sRGB_does_not_have_keeps_lightness_and_hue() =>
        Gen.Select(Gen.Float[-20, 120], Gen.Float[-150, 150], Gen.Float[-150, 150]).Sample((lightness, a, b) =>
        {
            (float red, float green, float blue) = CieLab.ToSrgb(lightness, a, b);
            Assert.True(new[] { red, green, blue }.All(value => value is >= 0 and <= 1));

            (float l, float x, float y) = CieLab.Of(red, green, blue);
            Assert.Equal(Math.Clamp(lightness, 0, 100), l, 0.02);
            Assert.InRange(x * x + y * y, 0, a * a + b * b + 0.1);
            Assert.InRange(Math.Abs(x * b - y * a) / (1 + double.Hypot(a, b)), 0, 0.1); // distance from the line to grey
        });

    private static float Largest(params float[] values) => values.Max(Math.Abs);
}
