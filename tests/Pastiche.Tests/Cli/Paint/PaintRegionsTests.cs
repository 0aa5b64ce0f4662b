using Pastiche.Cli;
using Pastiche.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests.Cli.Paint;

/// <summary>Real pictures and a real engine, as small as can be.</summary>
public sealed class PaintRegionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-regions-").FullName;
    private readonly StringWriter _output = new(), _error = new();

    public PaintRegionsTests()
    {
        PictureFile.Write(new Picture(48, 36, SmallVgg.Picture(36, 48)), In("photo.png"));
        PictureFile.Write(new Picture(40, 40, SmallVgg.Picture(40, 40, 2)), In("wave.png"));
        PictureFile.Write(new Picture(40, 40, SmallVgg.Picture(40, 40, 3)), In("night,sky.png"));
        PictureFile.Write(RegionMaps.ThreeStripes(48, 36), In("map.png"));
        PictureFile.Write(RegionLabels.MaskOf(RegionMaps.ThreeStripes(48, 36), new LabelColour(255, 0, 0)), In("red.png"));
        PictureFile.Write(RegionLabels.MaskOf(RegionMaps.ThreeStripes(48, 36), new LabelColour(0, 0, 255)), In("blue.png"));
        PictureFile.Write(MaskPictures.Grey(40, 40, MaskPictures.Left(40, 40, 30)), In("part.png"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Masks_and_a_label_map_paint_the_same_picture()
    {
        Assert.Equal(0, Paint("--region", "@red.png=@wave.png:2,@night,sky.png", "--region", "@blue.png=@night,sky.png[mask=@part.png]", "-o", "@a.png", "--trace", "@a.json"));
        Assert.Contains("576 of 1728 pixels (33.3 %) are in no region; they keep the photograph", _error.ToString());
        Assert.Equal(0, Paint("--region-map", "@map.png", "--region", "#0000ff=@night,sky.png[mask=@part.png]", "--region", "@map.png#ff0000=@wave.png:2,@night,sky.png", "-o", "@b.png"));

        Assert.Equal(PictureFile.Read(In("a.png")).Planes, PictureFile.Read(In("b.png")).Planes);
        Assert.NotEqual(PictureFile.Read(In("photo.png")).Planes, PictureFile.Read(In("a.png")).Planes);
        string trace = File.ReadAllText(In("a.json"));
        Assert.Contains("\"regions\": {", trace);
        Assert.Contains("part.png", trace);
    }

    [Fact]
    public void Found_regions_are_written_and_give_the_same_picture_again()
    {
        Assert.Equal(0, Paint("--style", "@wave.png", "--regions", "auto:2", "--save-regions", "@found.png", "-o", "@a.png"));
        IReadOnlyList<(LabelColour Colour, double Share)> colours = RegionLabels.ColoursOf(PictureFile.Read(In("found.png")));
        string[] regions = [.. colours.SelectMany(part => new[] { "--region", $"{part.Colour}=@wave.png[mask=@found-style1.png{part.Colour}]" })];

        Assert.Equal(0, Paint(["--region-map", "@found.png", .. regions, "-o", "@b.png"]));

        Assert.Equal(2, colours.Count);
        Assert.Equal(File.ReadAllBytes(In("a.png")), File.ReadAllBytes(In("b.png")));
    }

    [Fact]
    public void Strength_keeps_the_photograph_where_it_is_black()
    {
        Assert.Equal(0, Paint("--style", "@wave.png", "--strength", "@red.png", "-o", "@a.png"));
        Picture photograph = PictureFile.Read(In("photo.png")), painted = PictureFile.Read(In("a.png"));
        Assert.All(Enumerable.Range(0, painted.Planes.Length).Where(i => i % 48 > 17), i => Assert.Equal(photograph.Planes[i], painted.Planes[i]));
        Assert.NotEqual(photograph.Planes, painted.Planes);
    }

    [Fact]
    public void All_problems_are_told_at_once_and_nothing_is_written()
    {
        Assert.Equal(2, Paint(
            "--region", "@red.png", "--region", "#ff0000=@wave.png", "--region", "@map.png#123456=@wave.png", "--region", "@none.png=@wave.png",
            "--regions", "auto:99", "--save-regions", "@map.jpg", "-o", "@a.png"));

        Assert.Equal(
            [
                "pastiche: --region '@red.png' is no MASK=STYLE",
                "pastiche: --region '#ff0000=@wave.png' names a colour of a label map; give --region-map FILE",
                "pastiche: --regions 'auto:99' is no auto:N; N is a whole number from 2 to 12",
                "pastiche: --save-regions belongs to --regions auto:N",
                "pastiche: --save-regions '@map.jpg' would blur the colours; allowed: .png .tif .tiff",
                "pastiche: '@map.png' has no pixel of the colour #123456; its largest areas are #0000ff, #00ff00, #ff0000",
                "pastiche: cannot read @none.png: the file does not exist",
            ],
            _error.ToString().Replace(_folder + Path.DirectorySeparatorChar, "@").Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(In("a.png")));
    }

    [Fact]
    public void Result_made_with_masks_is_repeated_only_if_it_is_said_what_goes_where()
    {
        Assert.Equal(0, Paint("--region", "@red.png=@wave.png", "-o", "@a.png"));
        Assert.Equal(0, Paint("--style", "@wave.png[mask=@part.png]", "-o", "@b.png"));

        Assert.Equal(2, Paint("--like", "@a.png", "-o", "@c.png"));
        Assert.Equal(2, Paint("--like", "@b.png", "-o", "@c.png"));
        Assert.EndsWith(
            """
            pastiche: @a.png was painted with masks, which it does not hold (region red.png); say which painting goes where: --style FILE, --region MASK=STYLE
            pastiche: @b.png was painted with masks, which it does not hold (part of wave.png); say which painting goes where: --style FILE, --region MASK=STYLE

            """.ReplaceLineEndings(),
            Plain());

        Assert.Equal(0, Paint("--like", "@a.png", "--region", "@red.png=@wave.png", "-o", "@c.png"));
        Assert.Equal(File.ReadAllBytes(In("a.png")), File.ReadAllBytes(In("c.png")));
        Assert.Equal(0, Paint("--like", "@b.png", "--style", "@wave.png", "-o", "@d.png"));
    }

    [Fact]
    public void Masks_and_maps_are_not_written_over()
    {
        Assert.Equal(2, Paint("--region", "@red.png=@wave.png[mask=@part.png]", "-o", "@part.png"));
        Assert.Equal(2, Paint("--style", "@wave.png", "--regions", "auto:2", "--save-regions", "@wave.png", "-o", "@a.png"));
        Assert.Contains("--output would write '@part.png', which is a mask", Plain());
        Assert.Contains("--save-regions would write '@wave.png', which is a painting", Plain());
    }

    private string Plain() => _error.ToString().Replace(_folder + Path.DirectorySeparatorChar, "@");

    private int Paint(params string[] words)
    {
        var console = new CommandConsole(_output, _error);
        string[] args = [.. words.Select(word => word.Replace("@", _folder + Path.DirectorySeparatorChar))];
        return PasticheCommand.Run(
            ["paint", In("photo.png"), "--engine", "universal", "--size", "48", .. args], Commands.Create(console), console, TestContext.Current.CancellationToken);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
