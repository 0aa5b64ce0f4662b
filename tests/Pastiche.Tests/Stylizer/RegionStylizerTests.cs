using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests;

public sealed class RegionStylizerTests
{
    private const int Width = 64, Height = 48;

    private static readonly LabelColour Red = new(255, 0, 0), Blue = new(0, 0, 255);
    private static readonly Picture Content = TestImages.Smooth(Width, Height), Map = RegionMaps.ThreeStripes(Width, Height);
    private static readonly StyleSource Wave = new(new Picture(64, 64, SmallVgg.Picture(64, 64)), Name: "wave");
    private static readonly StyleSource Night = new(new Picture(70, 50, SmallVgg.Picture(50, 70, 3)), Name: "night");
    private static readonly float[] Left = MaskPictures.Left(Width, Height, 30, 2);

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void Masks_and_a_label_map_give_the_same_picture(EngineKind engine)
    {
        Picture Mask(LabelColour colour) => MaskPictures.Grey(Width, Height, [.. Enumerable.Range(0, Width * Height).Select(i => RegionMaps.StripeOf(i % Width, Width) == colour ? 1f : 0)]);
        StyleTransferRequest request = Request(engine) with { Size = 48 };     // both are scaled

        StyleResult masks = Run(request with { Regions = [new(Mask(Red), [Wave], "a"), new(Mask(Blue), [Night], "b")] });
        StyleResult labels = Run(request with { Regions = [new(RegionLabels.MaskOf(Map, Blue), [Night], "b"), new(RegionLabels.MaskOf(Map, Red), [Wave], "a")] });

        Assert.Equal(masks.Picture.Planes, labels.Picture.Planes);
        Assert.Equal(masks.UncoveredPixels, labels.UncoveredPixels);
        Assert.InRange(masks.UncoveredPixels, 48 * 36 / 4, 48 * 36 / 2);
        Assert.Contains("of 1728 pixels (", masks.Notes[0]);
        Assert.EndsWith("are in no region; they keep the photograph", masks.Notes[0]);
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void One_region_everywhere_is_no_region(EngineKind engine)
    {
        StyleResult plain = Run(Request(engine) with { Styles = [Wave] });
        StyleResult region = Run(Request(engine) with { Regions = [new(MaskPictures.Grey(20, 15, 1), [Wave with { Mask = MaskPictures.Grey(32, 32, 1) }])], Strength = MaskPictures.Grey(8, 6, 1) });

        Assert.Equal(plain.Picture.Planes, region.Picture.Planes);
        Assert.Equal(0, region.UncoveredPixels);
        Assert.Empty(region.Notes);
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void Only_what_a_styles_mask_shows_is_the_style(EngineKind engine)
    {
        // A painting that is half wave, half black, behind a mask of the wave.
        var half = new Picture(128, 64, [.. Enumerable.Range(0, 3 * 64 * 128).Select(i => i % 128 < 64 ? Wave.Picture.Planes[i / 128 * 64 + i % 128] : 0)]);
        StyleTransferRequest request = Request(engine) with { StyleSize = 128 };

        float[] wave = Run(request with { Styles = [Wave], StyleSize = 64 }).Picture.Planes;
        float[] part = Run(request with { Styles = [new StyleSource(half) { Mask = MaskPictures.Grey(128, 64, MaskPictures.Left(128, 64, 64, 0.01)) }] }).Picture.Planes;
        float[] whole = Run(request with { Styles = [new StyleSource(half)] }).Picture.Planes;

        // Near the black the network sees some of it.
        Assert.True(Distance(wave, part) < 0.5 * Distance(wave, whole), $"{Distance(wave, part)} {Distance(wave, whole)}");
    }

    [Fact]
    public void No_strength_keeps_the_photograph_and_transparency_survives()
    {
        Picture content = TestImages.Smooth(Width, Height, hasAlpha: true);
        StyleTransferRequest request = Request(EngineKind.Universal) with { Content = content, Styles = [Wave] };

        StyleResult none = Run(request with { Strength = MaskPictures.Grey(Width, Height, 0) });
        float[] left = Run(request with { Strength = MaskPictures.Grey(Width, Height, Left) }).Picture.Planes;

        Assert.Equal(content.Planes, none.Picture.Planes);
        Assert.Equal(content.Alpha, none.Picture.Alpha);
        Assert.Empty(none.Notes);
        Assert.All(Enumerable.Range(0, left.Length).Where(i => i % Width > 33), i => Assert.Equal(content.Planes[i], left[i]));
    }

    [Fact]
    public void What_is_too_small_for_a_level_is_told()
    {
        var spot = MaskPictures.Grey(Width, Height, [.. Enumerable.Range(0, Width * Height).Select(i => i % Width < 9 && i / Width < 9 ? 1f : 0)]);
        StyleResult result = Run(Request(EngineKind.Universal) with { Styles = [Night], Regions = [new(spot, [Wave], "spot")] });

        Assert.Equal(["2991 of 3072 pixels (97.4 %) are in no region; they get the paintings that belong to none",
            "region 'spot' has 81 pixels, too few for level 5, level 4: left out there"], result.Notes);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var request = Request(EngineKind.Universal) with
        {
            Regions =
            [
                new(MaskPictures.Grey(Width, Height, 0), [Wave], "sky"),
                new(MaskPictures.Grey(Width, Height, Left), []),
                new(MaskPictures.Grey(Width, Height, float.NaN), [Wave with { Mask = MaskPictures.Grey(64, 32, 1), Weight = -1 }], "sea"),
            ],
        };
        Assert.Equal(
            [
                "mask of region 'sky' is empty: it is black everywhere",
                "region '2' has no style; at least one is needed",
                "mask of region 'sea' has values that are not finite; allowed: 0 to 1",
                "weight of style 'wave' is -1; allowed: above 0, to 1000000000000",
                "mask of style 'wave' is 64 x 32 pixels, the painting 64 x 64; allowed: the same shape at any size",
            ],
            Assert.Throws<InvalidInputException>(() => Run(request)).Problems);
        Assert.Equal(
            ["mask of region '1' is 48 x 64 pixels, content 64 x 48; allowed: the same shape at any size", "strength is 64 x 64 pixels, content 64 x 48; allowed: the same shape at any size"],
            Assert.Throws<InvalidInputException>(() => Run(request with
            {
                Regions = [new(MaskPictures.Grey(Height, Width, 1), [Wave])],
                Strength = MaskPictures.Grey(64, 64, 1),
            })).Problems);
        Assert.Equal(["styles is empty; at least one is needed"], Assert.Throws<InvalidInputException>(() => Run(Request(EngineKind.Gatys))).Problems);
        Assert.Equal(["region '1' is missing its mask or a picture"], Assert.Throws<InvalidInputException>(() => Run(request with { Regions = [new(null!, [Wave])] })).Problems);
    }

    [Fact]
    public void A_region_that_is_too_small_for_every_level_is_refused()
    {
        var dot = new Picture(Width, Height, [.. Enumerable.Range(0, 3 * Width * Height).Select(i => i % (Width * Height) < 2 ? 1f : 0)]);
        var request = Request(EngineKind.Universal) with { Styles = [Night], Regions = [new(dot, [Wave], "dot")] };
        Assert.Equal(
            ["region 'dot' covers 2.0 pixels at the size asked for; level 1 needs at least 4: draw it larger or choose a larger size"],
            Assert.Throws<InvalidInputException>(() => Run(request)).Problems);
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void Textures_have_regions_too(EngineKind engine)
    {
        var request = new TextureRequest
        {
            Styles = [],
            Regions = [new(MaskPictures.Grey(Width, Height, Left), [Wave]), new(MaskPictures.Grey(Width, Height, MaskPictures.Not(Left)), [Night])],
            Width = Width,
            Height = Height,
            Engine = engine,
            Universal = UniversalOptions.Texture with { Levels = [new(2)] },
            Gatys = GatysOptions.Texture with { Iterations = 3 },
            Passes = 1,
            Model = "compact",
        };

        float[] both = Texture(request), wave = Texture(request with { Styles = [Wave], Regions = [] });

        Assert.NotEqual(wave, both);
        Assert.Equal(both, Texture(request with { Regions = [.. request.Regions.Reverse()] }));
        Assert.Equal(
            ["1632 pixels of the texture are in no region; give paintings for them, or masks that cover all"],
            Assert.Throws<InvalidInputException>(() => Texture(request with { Regions = [request.Regions[0]] })).Problems);

        static float[] Texture(TextureRequest request) => TextureSynthesizer.Run(request, cancellation: TestContext.Current.CancellationToken).Picture.Planes;
    }

    [Fact]
    public void Label_maps_are_read_by_colour()
    {
        Assert.True(LabelColour.TryParse("#FF0000", out LabelColour red));
        Assert.Equal((Red, "#ff0000"), (red, red.ToString()));
        Assert.All(new[] { "ff0000", "#ff00", "#ff00gg", "", null }, text => Assert.False(LabelColour.TryParse(text, out _)));
        Assert.Equal([Red, new LabelColour(0, 255, 0), Blue], RegionLabels.ColoursOf(Map).Select(part => part.Colour).Order(Comparer<LabelColour>.Create((a, b) => b.Red - a.Red + b.Green - a.Green)));
        Assert.Equal(1, RegionLabels.ColoursOf(Map).Sum(part => part.Share), 1e-9);
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    private static StyleTransferRequest Request(EngineKind engine) => new()
    {
        Content = Content,
        Styles = [],
        Engine = engine,
        Size = Width,
        Gatys = GatysOptions.Gatys with { Iterations = 4 },
        Model = "compact",
    };

    private static StyleResult Run(StyleTransferRequest request) => Stylizer.Run(request, cancellation: TestContext.Current.CancellationToken);
}
