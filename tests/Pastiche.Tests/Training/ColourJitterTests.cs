using Pastiche.Training;

namespace Pastiche.Tests.Training;

public sealed class ColourJitterTests
{
    // Red, green, blue of three pixels: a grey one, a red one, a dark one.
    private static readonly float[] Colours = [0.5f, 0.8f, 0.1f, 0.5f, 0.2f, 0.1f, 0.5f, 0.2f, 0.2f];

    [Fact]
    public void None_leaves_every_bit() => Assert.Equal(Colours, Apply(ColourJitter.None));

    [Fact]
    public void Brightness_multiplies() =>
        AssertClose([.. Colours.Select(value => 1.1f * value)], Apply(ColourJitter.None with { Brightness = 1.1 }));

    [Fact]
    public void Contrast_stretches_around_the_mean_grey()
    {
        double mean = Enumerable.Range(0, 3).Average(pixel => Grey(Colours, pixel));
        float[] changed = Apply(ColourJitter.None with { Contrast = 0.9 });
        AssertClose([.. Colours.Select(value => (float)(mean + 0.9 * (value - mean)))], changed);
    }

    [Fact]
    public void Saturation_keeps_every_pixels_grey_and_stretches_its_colour()
    {
        float[] changed = Apply(ColourJitter.None with { Saturation = 1.15 });
        for (int i = 0; i < Colours.Length; i++)
        {
            double grey = Grey(Colours, i % 3);
            Assert.Equal(grey + 1.15 * (Colours[i] - grey), changed[i], tolerance: 1e-6);
        }
    }

    [Fact]
    public void Two_in_three_are_changed_by_at_most_fifteen_percent()
    {
        const int Count = 3000;
        ColourJitter[] drawn = [.. Enumerable.Range(0, Count).Select(key =>
        {
            var random = new SplitMix64((ulong)key);
            return ColourJitter.Draw(ref random);
        })];
        ColourJitter[] changes = [.. drawn.Where(jitter => jitter != ColourJitter.None)];
        Assert.Equal(2 / 3.0, changes.Length / (double)Count, tolerance: 0.03);

        Func<ColourJitter, double>[] factors = [jitter => jitter.Brightness, jitter => jitter.Contrast, jitter => jitter.Saturation];
        foreach (Func<ColourJitter, double> factor in factors)
        {
            Assert.InRange(changes.Min(factor), 0.85, 0.86);
            Assert.InRange(changes.Max(factor), 1.14, 1.15);
            Assert.Equal(1, changes.Average(factor), tolerance: 0.01);
        }
    }

    private static float[] Apply(ColourJitter jitter)
    {
        float[] planes = [.. Colours];
        jitter.Apply(planes);
        return planes;
    }

    private static double Grey(float[] planes, int pixel) => 0.299 * planes[pixel] + 0.587 * planes[3 + pixel] + 0.114 * planes[6 + pixel];

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance: 1e-6);
    }
}
