using Pastiche.Regions;

namespace Pastiche.Tests.Regions;

public sealed class RegionMapTests
{
    [Fact]
    public void Overlaps_are_shared_and_what_is_left_keeps_the_photograph()
    {
        RegionMap map = RegionMap.Divide(1, 4, [new("a", [1, 1, 0.25f, 0], [0]), new("b", [0, 1, 0.5f, 0], [1])], rest: []);

        Assert.Equal([1, 0.5f, 0.25f, 0], map.Regions.Single(region => region.Name == "a").Shares);
        Assert.Equal([0, 0.5f, 0.5f, 0], map.Regions.Single(region => region.Name == "b").Shares);
        Assert.Equal([1, 1, 0.75f, 0], map.Cover!);
        Assert.Equal(1, map.Uncovered);
        Assert.False(map.IsRestPainted);

        float[] painted = [.. Enumerable.Repeat(1f, 12)];
        map.Composite(painted, new float[12]);
        Assert.Equal([1, 1, 0.75f, 0, 1, 1, 0.75f, 0, 1, 1, 0.75f, 0], painted);
    }

    [Fact]
    public void Paintings_for_the_rest_make_it_a_region()
    {
        RegionMap map = RegionMap.Divide(1, 3, [new("a", [1, 0.25f, 0], [2])], rest: [0, 1]);

        Assert.Equal([0, 0.75f, 1], map.Regions[^1].Shares);
        Assert.Equal([0, 1], map.Regions[^1].Styles);
        Assert.Null(map.Cover);
        Assert.Equal((2, true), (map.Uncovered, map.IsRestPainted));
    }

    [Fact]
    public void The_order_of_regions_does_not_matter()
    {
        var random = new Random(1);
        Region[] regions = [.. Enumerable.Range(0, 4).Select(i => new Region($"{i}", [.. Enumerable.Range(0, 100).Select(_ => random.NextSingle())], [i]))];

        RegionMap map = RegionMap.Divide(10, 10, regions, []), other = RegionMap.Divide(10, 10, [regions[2], regions[0], regions[3], regions[1]], []);

        Assert.Equal(map.Regions.Select(region => region.Name), other.Regions.Select(region => region.Name));
        Assert.All(map.Regions.Zip(other.Regions), pair => Assert.Equal(pair.First.Shares, pair.Second.Shares));
    }

    [Fact]
    public void One_region_everywhere_is_no_region()
    {
        Assert.True(RegionMap.Divide(1, 2, [new("a", [1, 1], [0])], []).IsPlain);
        // Sums of scaled masks are 1 but for rounding.
        Assert.True(RegionMap.Divide(1, 2, [new("a", [0.9999999f, 1], [0])], []).IsPlain);
        Assert.True(RegionMap.Divide(1, 2, [], [0], [1, 1]).IsPlain);
        Assert.False(RegionMap.Divide(1, 2, [new("a", [1, 1], [0])], [], [1, 0.5f]).IsPlain);
        Assert.False(RegionMap.Divide(1, 2, [new("a", [1, 0.5f], [0])], []).IsPlain);
    }

    [Fact]
    public void Where_there_is_no_strength_the_photograph_stays()
    {
        RegionMap map = RegionMap.Divide(1, 4, [], rest: [0], [0, 0.05f, 0.5f, 1]);

        Assert.Equal([0, 0.5f, 1, 1], map.Cover!, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1, 1, 1, 1], map.Regions.Single().Shares);
        Assert.False(map.HasRegions);
    }
}
