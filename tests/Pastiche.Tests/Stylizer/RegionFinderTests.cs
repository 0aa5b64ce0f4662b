using Pastiche.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests;

public sealed class RegionFinderTests
{
    // Waves above, checks below; the painting has less of the waves.
    private static readonly Picture Photograph = Halves(96, 64, 30, 1), Painting = Halves(80, 80, 25, 5);

    [Fact]
    public void Like_is_found_with_like()
    {
        FoundRegions found = RegionFinder.Find(Photograph, [new StyleSource(Painting, 2, "painting")], 2);

        Assert.Equal(2, found.Regions.Count);
        Assert.Equal((96, 64), (found.ContentMap.Width, found.ContentMap.Height));
        Assert.Equal((80, 80), (found.StyleMaps.Single().Width, found.StyleMaps.Single().Height));
        StyleRegion upper = found.Regions[0], lower = found.Regions[1];
        Assert.InRange(Share(upper.Mask, 0, 20), 0.95, 1);
        Assert.InRange(Share(upper.Mask, 40, 64), 0, 0.05);
        Assert.InRange(Share(upper.Styles.Single().Mask!, 0, 16), 0.9, 1);
        Assert.InRange(Share(upper.Styles.Single().Mask!, 40, 80), 0, 0.1);
        // Each pixel belongs to one region.
        Assert.All(upper.Mask.Planes.Zip(lower.Mask.Planes, (a, b) => a + b), sum => Assert.Equal(1, sum));
        Assert.Equal((2, "painting"), (upper.Styles.Single().Weight, upper.Styles.Single().Name));
        Assert.Equal(upper.Mask.Planes, RegionLabels.MaskOf(found.ContentMap, ColourOf(upper)).Planes);
    }

    [Fact]
    public void The_same_pictures_and_seed_give_the_same_regions()
    {
        Picture First() => RegionFinder.Find(Photograph, [new StyleSource(Painting)], 3, seed: 4, threads: 2).ContentMap;
        Assert.Equal(First().Planes, First().Planes);
    }

    [Fact]
    public void A_paintings_own_mask_is_kept()
    {
        StyleSource masked = new(Painting) { Mask = MaskPictures.Grey(80, 80, MaskPictures.Left(80, 80, 40)) };
        FoundRegions found = RegionFinder.Find(Photograph, [masked], 2);
        Assert.All(found.Regions.SelectMany(region => region.Styles), style =>
            Assert.All(Enumerable.Range(0, style.Mask!.Planes.Length).Where(i => i % 80 > 41), i => Assert.Equal(0, style.Mask!.Planes[i])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void Other_numbers_are_refused(int count) => Assert.Equal(
        $"regions to find are {count}; allowed: 2 to 12",
        Assert.Throws<InvalidInputException>(() => RegionFinder.Find(Photograph, [new StyleSource(Painting)], count)).Message);

    private static LabelColour ColourOf(StyleRegion region)
    {
        Assert.True(LabelColour.TryParse(region.Name, out LabelColour colour));
        return colour;
    }

    private static double Share(Picture mask, int top, int end) =>
        mask.Planes.Take(mask.Width * mask.Height).Skip(top * mask.Width).Take((end - top) * mask.Width).Average();

    private static Picture Halves(int width, int height, int border, int seed)
    {
        float[] planes = SmallVgg.Picture(height, width, seed);
        return new Picture(width, height, [.. planes.Select((value, i) =>
        {
            (int x, int y) = (i % width, i / width % height);
            return y < border ? 0.6f + 0.2f * value : (x / 3 + y / 3) % 2 == 0 ? 0.9f * value : 0.1f;
        })]);
    }
}
