using Pastiche.Engines;

namespace Pastiche.Tests.Engines;

public sealed class ScalePlanTests
{
    [Theory]
    [InlineData(512, 384, new[] { 256, 362, 512 })]
    [InlineData(384, 512, new[] { 256, 362, 512 })]
    [InlineData(300, 300, new[] { 300 })]
    [InlineData(1024, 100, new[] { 362, 512, 724, 1024 })] // 256 x 25 would hold less than two features of relu5_1 on a side
    [InlineData(64, 48, new[] { 64 })]
    public void Sizes_are_sqrt_2_apart_and_not_below_256(int width, int height, int[] longSides)
    {
        IReadOnlyList<PaintScale> scales = ScalePlan.Of(GatysOptions.Gatys, width, height);

        Assert.Equal(longSides, scales.Select(scale => Math.Max(scale.Width, scale.Height)));
        Assert.Equal((width, height, 1.0), (scales[^1].Width, scales[^1].Height, scales[^1].Factor));
    }

    [Theory]
    [InlineData(0, 300, 512)]
    [InlineData(5, 7, 512)]
    [InlineData(3, 2, 512)]
    [InlineData(1, 300, 4096)]
    [InlineData(0, 300, 4096)]
    [InlineData(16, 1, 512)]
    public void Evaluations_are_divided_and_small_sizes_get_most(int wanted, int iterations, int size)
    {
        IReadOnlyList<PaintScale> scales = ScalePlan.Of(GatysOptions.Gatys with { Scales = wanted, Iterations = iterations }, size, size);

        Assert.Equal(iterations, scales.Sum(scale => scale.Iterations));
        Assert.All(scales, scale => Assert.True(scale.Iterations >= 1));
        Assert.Equal(scales.OrderByDescending(scale => scale.Iterations), scales);
        Assert.Equal(scales.OrderBy(scale => scale.Factor), scales);
    }

    [Fact]
    public void As_many_sizes_as_asked_for_as_long_as_two_features_are_left()
    {
        Assert.Equal(5, ScalePlan.Of(GatysOptions.Gatys with { Scales = 5 }, 512, 512).Count);
        // relu5_1 sees 16 pixels in one, so that 32 pixels are the least: 32 = 512 / sqrt(2)^8.
        Assert.Equal(9, ScalePlan.Of(GatysOptions.Gatys with { Scales = 16 }, 512, 512).Count);
        Assert.Single(ScalePlan.Of(GatysOptions.Slides, 512, 512));
    }

    [Fact]
    public void Sizes_of_what_tiles_hold_whole_features()
    {
        IReadOnlyList<PaintScale> scales = ScalePlan.Of(GatysOptions.Texture with { Scales = 4 }, 528, 400, isSeamless: true);

        Assert.Equal(4, scales.Count);
        Assert.All(scales, scale => Assert.Equal((0, 0), (scale.Width % 16, scale.Height % 16)));
        Assert.Equal((528, 400), (scales[^1].Width, scales[^1].Height));
    }
}
