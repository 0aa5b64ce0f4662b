using Pastiche.Colours;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Colours;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests;

public sealed class ColourStylizerTests
{
    private static readonly Picture Content = TestImages.Smooth(64, 48, hasAlpha: true);
    private static readonly ColourMode Luminance = new(ColourKind.ContentLuminance);
    private static readonly ColourMode[] Changing =
        [Luminance, new(ColourKind.ContentHistogram), new(ColourKind.ContentCovariance), new(ColourKind.Palette) { Palette = LabPictures.Flat }];

    public static TheoryData<EngineKind, ColourKind> EnginesAndKinds => [.. Enum.GetValues<EngineKind>().SelectMany(engine => Changing.Select(mode => (engine, mode.Kind)))];

    [Fact]
    public void Style_leaves_everything_as_it_is()
    {
        IReadOnlyList<WeightedStyle> styles = [new WeightedStyle(LabPictures.Painting, 1)];

        ColouredRun run = new Colouring(ColourMode.Style, styles).Prepare(Content, null);

        Assert.Same(Content, run.Content);
        Assert.Same(styles, run.Styles);
        Assert.Same(LabPictures.Grey, run.Finish(LabPictures.Grey));
        Assert.Same(ColourMode.Style, Request(EngineKind.Universal).Colours);
    }

    [Theory]
    [MemberData(nameof(EnginesAndKinds))]
    public void Transparency_and_profile_stay_and_colours_change(EngineKind engine, ColourKind kind)
    {
        StyleTransferRequest request = Request(engine);

        Picture style = Run(request), changed = Run(request with { Colours = Mode(kind) });

        Assert.Equal(Content.Alpha, changed.Alpha);
        Assert.NotEqual(style.Planes, changed.Planes);
        Assert.All(changed.Planes, value => Assert.InRange(value, 0, 1));
    }

    [Theory]
    [MemberData(nameof(EnginesAndKinds))]
    public void Photographs_and_paintings_without_colour_or_contrast_can_be_painted(EngineKind engine, ColourKind kind)
    {
        foreach ((Picture content, Picture painting) in new[] { (LabPictures.Grey, LabPictures.Painting), (Content, LabPictures.Grey), (LabPictures.Flat, LabPictures.Flat), (LabPictures.Black, LabPictures.Painting) })
        {
            Picture result = Run(Request(engine) with { Content = content, Styles = [new StyleSource(painting)], Colours = Mode(kind) });
            Assert.All(result.Planes, value => Assert.InRange(value, 0, 1));
        }
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void Luminance_keeps_mean_and_deviation_of_lightness(EngineKind engine)
    {
        var opaque = new Picture(Content.Width, Content.Height, Content.Planes);
        LabPicture photograph = LabPicture.Of(opaque), style = LabPicture.Of(Run(Request(engine) with { Content = opaque }));

        LabPicture result = LabPicture.Of(Run(Request(engine) with { Content = opaque, Colours = Luminance }));

        (double mean, double deviation) = LightnessTransfer.Moments(photograph.Lightness, null);
        (double resultMean, double resultDeviation) = LightnessTransfer.Moments(result.Lightness, null);
        Assert.Equal(mean, resultMean, 0.1);
        Assert.Equal(deviation, resultDeviation, 0.1);
        Assert.False(Math.Abs(LightnessTransfer.Moments(style.Lightness, null).Mean - mean) < 0.1, "the style alone would have done");
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void What_no_region_covers_keeps_the_photograph_to_the_bit(EngineKind engine)
    {
        var region = new StyleRegion(MaskPictures.Grey(64, 48, MaskPictures.Left(64, 48, 30, 4)), [new StyleSource(LabPictures.Painting)]);
        foreach (ColourMode mode in Changing)
        {
            Picture result = Run(Request(engine) with { Styles = [], Regions = [region], Colours = mode });

            Assert.All(Enumerable.Range(0, result.Planes.Length).Where(i => i % 64 > 33), i => Assert.Equal(Content.Planes[i], result.Planes[i]));
            Assert.NotEqual(Content.Planes, result.Planes);
        }
    }

    [Fact]
    public void Regions_take_the_colours_of_their_part_of_the_photograph()
    {
        IReadOnlyList<WeightedStyle> styles = [new(LabPictures.Painting, 1), new(LabPictures.Painting, 1)];
        float[] left = MaskPictures.Left(64, 48, 32, 0.01);
        StyleRegion[] regions = [new(MaskPictures.Grey(64, 48, left), [new StyleSource(LabPictures.Painting)]), new(MaskPictures.Grey(64, 48, MaskPictures.Not(left)), [new StyleSource(LabPictures.Painting)])];

        ColouredRun run = new Colouring(new(ColourKind.ContentCovariance), styles).Prepare(Content, new RegionLayout([], regions).MapFor(64, 48));

        LabPicture photograph = LabPicture.Of(Content);
        float[][] shares = [left, MaskPictures.Not(left)];
        for (int i = 0; i < 2; i++)
        {
            (double mean, double covariance) = LabPictures.Distance(LabPicture.Of(run.Styles[i].Picture).Statistics(), photograph.Within(shares[i]).Statistics());
            Assert.InRange(mean, 0, 0.1);
            Assert.InRange(covariance, 0, 0.01);
        }
    }

    [Theory]
    [MemberData(nameof(EnginesAndKinds))]
    public void Session_gives_what_single_runs_give_to_the_bit(EngineKind engine, ColourKind kind)
    {
        StyleTransferRequest request = Request(engine) with { Colours = Mode(kind) };
        using var session = StylizerSession.Open(request with { Content = null });
        foreach (Picture content in new[] { Content, LabPictures.Photograph, Content })
            Assert.Equal(Run(request with { Content = content }).Planes, session.Run(content, cancellation: TestContext.Current.CancellationToken).Picture.Planes);
    }

    [Fact]
    public void Snapshots_have_the_colours_too()
    {
        float[]? last = null;
        StyleTransferRequest request = Request(EngineKind.Universal) with { Colours = Luminance };

        StyleResult result = Stylizer.Run(request, new Listener(progress => last = progress.Snapshot().Planes), TestContext.Current.CancellationToken);

        Assert.Equal(result.Picture.Planes, last);
    }

    [Fact]
    public void Palette_may_be_a_picture_or_a_file_that_must_be_there()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("autumn.png");
        PictureFile.Write(LabPictures.Painting, file);
        StyleTransferRequest request = Request(EngineKind.Universal);
        var named = new ColourMode(ColourKind.Palette) { PaletteFile = file };

        Assert.Equal(
            Run(request with { Colours = named with { Palette = PictureFile.Read(file), PaletteFile = null } }).Planes, Run(request with { Colours = named }).Planes);
        Assert.Equal(
            ["weight of style '1' is 0; allowed: above 0, to 1000000000000", $"cannot read {file}x: the file does not exist"],
            Problems(request with { Styles = [new StyleSource(LabPictures.Painting, 0)], Colours = named with { PaletteFile = file + "x" } }));
        Assert.Equal(["colours are a palette's but none is given; set Palette or PaletteFile"], Problems(request with { Colours = new(ColourKind.Palette) }));
        Assert.Equal(["colours are 9; allowed: Style, ContentLuminance, ContentHistogram, ContentCovariance, Palette"], Problems(request with { Colours = new((ColourKind)9) }));
        Assert.Equal(["colours is missing"], Problems(request with { Colours = null! }));
    }

    private static ColourMode Mode(ColourKind kind) => Changing.Single(mode => mode.Kind == kind);

    private static StyleTransferRequest Request(EngineKind engine) => new()
    {
        Content = Content,
        Styles = [new StyleSource(LabPictures.Painting)],
        Engine = engine,
        Size = 64,
        Gatys = GatysOptions.Gram with { Iterations = 4 },
        Universal = new UniversalOptions { Levels = [new(3), new(1)] },
        Model = "compact",
    };

    private static Picture Run(StyleTransferRequest request) => Stylizer.Run(request, cancellation: TestContext.Current.CancellationToken).Picture;

    private static IReadOnlyList<string> Problems(StyleTransferRequest request) => Assert.Throws<InvalidInputException>(() => Run(request)).Problems;

    private sealed class Listener(Action<StyleProgress> hear) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => hear(value);
    }
}
