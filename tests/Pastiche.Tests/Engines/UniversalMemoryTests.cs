using Pastiche.Engines;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Engines;

public sealed class UniversalMemoryTests
{
    private static readonly NetworkWeights Compact = ModelStore.Default.Load("compact").Weights;

    // VmHWM of `pastiche paint --engine universal --style-size 512` with two threads.
    [Theory]
    [InlineData(341, 512, 257)]
    [InlineData(933, 1400, 680)]
    [InlineData(2000, 3000, 1353)]
    [InlineData(3840, 2160, 1651)]
    public void Estimate_is_about_what_was_measured(int width, int height, int measuredMebibytes) =>
        Assert.InRange(Estimate(width, height) / (1 << 20), 0.8 * measuredMebibytes, 1.2 * measuredMebibytes);

    [Fact]
    public void Strips_do_not_grow_with_the_picture()
    {
        // Beyond a strip, a pixel costs its numbers and the kept features: not the 276 bytes of a strip's pixel.
        double more = Estimate(4000, 8000) - Estimate(4000, 4000);

        Assert.InRange(more / (4000 * 4000), 60, 100);
    }

    [Fact]
    public void Levels_and_margin_count()
    {
        var shallow = new UniversalOptions { Levels = [new(1)] };

        Assert.True(Estimate(1000, 1000, shallow) < 0.9 * Estimate(1000, 1000));
        Assert.True(Estimate(1000, 1000, isSeamless: true) > 1.2 * Estimate(1000, 1000));
        // The margin counts when a picture is cut, too, but a strip remains a strip.
        Assert.InRange(Estimate(4000, 4000, isSeamless: true), Estimate(4000, 4000), 1.1 * Estimate(4000, 4000));
    }

    private static double Estimate(int width, int height, UniversalOptions? options = null, bool isSeamless = false) =>
        UniversalMemory.Estimate(options ?? UniversalOptions.Default, Compact, width, height, isSeamless);
}
