using Pastiche.Networks;

namespace Pastiche.Tests.Networks;

public sealed class StripPlanTests
{
    [Fact]
    public void Halo_is_what_the_convolutions_see_in_whole_features()
    {
        // 1; 2 + 2; 4 + 2 + 4 = 10; 8 + 2 + 4 + 16 = 30; 16 + 2 + 4 + 16 + 32 = 70
        Assert.Equal([1, 4, 12, 32, 80], Enumerable.Range(1, 5).Select(StripPlan.HaloOf));
    }

    [Theory]
    [InlineData(2160, 3840, 5, 80, 3_000_000)]
    [InlineData(1001, 37, 5, 80, 1)]
    [InlineData(5, 100, 1, 1, 300)]
    [InlineData(16000, 16000, 4, 32, 3_000_000)]
    public void Strips_cover_the_picture_and_begin_with_a_feature(int height, int width, int level, int halo, int pixels)
    {
        IReadOnlyList<Strip> strips = StripPlan.Cut(height, width, level, halo, pixels);

        Assert.True(strips.Count > 1);
        Assert.Equal(0, strips[0].Top);
        Assert.Equal(height, strips[^1].End);
        Assert.All(strips.Zip(strips.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Top));
        Assert.All(strips, strip => Assert.True(strip.Rows > 0 && strip.Top % StripPlan.UnitOf(level) == 0));
        Assert.All(strips, strip => Assert.True((long)strip.Grow(halo, height).Rows * width <= Math.Max(pixels, 6L * halo * width) + StripPlan.UnitOf(level) * width));
    }

    [Fact]
    public void A_small_picture_is_not_cut() => Assert.Equal([new Strip(0, 1000)], StripPlan.Cut(1000, 3000, 5, 80, 3_000_000));
}
