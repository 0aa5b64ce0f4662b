using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Regions;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests.Engines;

public sealed class UniversalRegionTests : IDisposable
{
    private const int Height = 53, Width = 70;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly NetworkWeights _weights = SmallDecoders.Random();
    private readonly Picture _content = PictureOf(Height, Width, 1), _wave = PictureOf(64, 48, 2), _night = PictureOf(40, 81, 3);
    private readonly float[] _left = MaskPictures.Left(Width, Height, 40, 4);

    public void Dispose() => _compute.Dispose();

    [Fact]
    public void One_region_everywhere_is_to_the_bit_what_no_region_gives()
    {
        RegionMap map = RegionMap.Divide(Height, Width, [new("all", [.. Enumerable.Repeat(1f, Height * Width)], [1])], [0]);
        Assert.Equal(Paint(new(), _night), Paint(new(), map, _wave, _night));
    }

    [Fact]
    public void Regions_with_one_style_and_the_whole_pictures_statistics_are_the_whole_picture()
    {
        // Two regions of the same share everywhere have the same statistics and the same transform.
        float[] half = [.. Enumerable.Repeat(0.5f, Height * Width)];
        RegionMap map = RegionMap.Divide(Height, Width, [new("a", half, [0]), new("b", half, [0])], []);
        // Level upon level whitening makes much of rounding.
        var options = new UniversalOptions { Levels = [new(2)] };
        AssertSame(Paint(options, _wave), Paint(options, map, _wave), 1e-4);
    }

    [Fact]
    public void The_order_of_regions_does_not_matter()
    {
        Region left = new("left", _left, [0]), right = new("right", MaskPictures.Not(_left), [1]);
        Assert.Equal(
            Paint(new(), RegionMap.Divide(Height, Width, [left, right], []), _wave, _night),
            Paint(new(), RegionMap.Divide(Height, Width, [right, left], []), _wave, _night));
    }

    [Fact]
    public void A_style_does_not_bleed_beyond_the_edge()
    {
        // Level 1 sees four pixels around: encoder and decoder two each.
        var options = new UniversalOptions { Levels = [new(1)], Alpha = 1 };
        float[] mask = MaskPictures.Left(Width, Height, 40);
        Region left = new("left", mask, [0]), right = new("right", MaskPictures.Not(mask), [1]);
        float[] both = Paint(options, RegionMap.Divide(Height, Width, [left, right], []), _wave, _night);
        float[] other = Paint(options, RegionMap.Divide(Height, Width, [left, right with { Styles = [0] }], []), _wave, _night);

        Assert.All(Enumerable.Range(0, both.Length).Where(i => i % Width < 36), i => Assert.Equal(other[i], both[i], 1e-6));
        Assert.Contains(Enumerable.Range(0, both.Length).Where(i => i % Width > 44), i => Math.Abs(other[i] - both[i]) > 0.02);
    }

    [Fact]
    public void Uncovered_pixels_keep_the_photograph()
    {
        RegionMap map = RegionMap.Divide(Height, Width, [new("left", MaskPictures.Left(Width, Height, 40), [0])], []);
        float[] painted = Paint(new(), map, _wave);
        Assert.All(Enumerable.Range(0, painted.Length).Where(i => i % Width > 40), i => Assert.Equal(_content.Planes[i], painted[i]));
        Assert.Contains(Enumerable.Range(0, painted.Length).Where(i => i % Width < 40), i => Math.Abs(_content.Planes[i] - painted[i]) > 0.02);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void Strips_do_not_matter(int level)
    {
        Picture tall = PictureOf(801, 33, 4);
        float[] left = MaskPictures.Left(33, 801, 15, 6);
        RegionMap map = RegionMap.Divide(801, 33, [new("left", left, [0]), new("right", MaskPictures.Not(left), [1])], []);
        var options = new UniversalOptions { Levels = [new(level)] };
        AssertSame(Paint(options, map, tall, int.MaxValue), Paint(options, map, tall, 1), 1e-4);
    }

    [Fact]
    public void Strength_scales_alpha_pixel_by_pixel()
    {
        float[] strength = [.. Enumerable.Repeat(0.5f, Height * Width)];
        RegionMap map = RegionMap.Divide(Height, Width, [], [0], strength);
        var options = new UniversalOptions { Levels = [new(2)] };
        AssertSame(Paint(options with { Alpha = 0.3 }, _wave), Paint(options with { Alpha = 0.6 }, map, _wave), 1e-4);
    }

    [Fact]
    public void A_level_for_which_a_region_is_too_small_is_left_out_for_it_alone()
    {
        // 4 x 4 pixels: large enough for levels 1 and 2, not for 3.
        float[] spot = [.. Enumerable.Range(0, Height * Width).Select(i => i % Width is >= 8 and < 12 && i / Width is >= 8 and < 12 ? 1f : 0)];
        RegionMap map = RegionMap.Divide(Height, Width, [new("spot", spot, [0])], []), withRest = RegionMap.Divide(Height, Width, [new("spot", spot, [0])], [1]);

        Assert.Equal(2, Steps(map, _wave));
        Assert.Equal(5, Steps(withRest, _wave, _night));

        int Steps(RegionMap painted, params Picture[] styles)
        {
            using var engine = new UniversalEngine(new UniversalOptions(), _weights, _compute);
            int steps = 0;
            engine.Run(_content, Codes(engine, styles), _content.Planes, _ => steps++, TestContext.Current.CancellationToken, painted);
            return steps;
        }
    }

    private float[] Paint(UniversalOptions options, Picture style) => Paint(options, null, style);

    private float[] Paint(UniversalOptions options, RegionMap? map, params Picture[] styles) => Paint(options, map, _content, int.MaxValue, styles);

    private float[] Paint(UniversalOptions options, RegionMap map, Picture content, int stripPixels) => Paint(options, map, content, stripPixels, [_wave, _night]);

    private float[] Paint(UniversalOptions options, RegionMap? map, Picture content, int stripPixels, Picture[] styles)
    {
        using var engine = new UniversalEngine(options, _weights, _compute, stripPixels);
        float[] painted = [];
        engine.Run(content, Codes(engine, styles), content.Planes, step => painted = [.. step.Planes], TestContext.Current.CancellationToken, map);
        return painted;
    }

    private static WeightedCode[] Codes(UniversalEngine engine, Picture[] styles) => [.. styles.Select(style => new WeightedCode(engine.Read(style), 1))];

    private static Picture PictureOf(int height, int width, int seed) => new(width, height, SmallVgg.Picture(height, width, seed));

    private static void AssertSame(float[] expected, float[] actual, double tolerance) =>
        Assert.InRange(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max(), 0, tolerance);
}
