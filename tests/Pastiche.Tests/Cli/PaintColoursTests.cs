using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Tests.Cli;

/// <summary><c>--colors</c> with the real program.</summary>
public sealed class PaintColoursTests : IDisposable
{
    private readonly ProgramStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("gatys")]
    [InlineData("universal")]
    public void Folder_is_painted_as_its_photographs_alone_are(string engine)
    {
        Directory.CreateDirectory(_stage.InFolder("photos"));
        File.Copy(_stage.InFolder("photo.png"), _stage.InFolder("photos/a.png"));
        File.Copy(_stage.InFolder("night.png"), _stage.InFolder("photos/b.png"));
        string[] colours = ["--colors", "content-covariance", "--engine", engine];

        Assert.Equal(0, Run(["paint", "@photos", "-s", "@wave.png", "-o", "@painted", .. Small, .. colours]));
        Assert.Equal(0, Run(["paint", "@photos/a.png", "-s", "@wave.png", "-o", "@a.png", .. Small, .. colours]));
        Assert.Equal(0, Run(["paint", "@photos/b.png", "-s", "@wave.png", "-o", "@b.png", .. Small, .. colours]));
        Assert.Equal(0, Run(["paint", "@photos/b.png", "-s", "@wave.png", "-o", "@style.png", .. Small, "--engine", engine]));

        Assert.Equal(_stage.Bytes("a.png"), _stage.Bytes("painted/a.png"));
        Assert.Equal(_stage.Bytes("b.png"), _stage.Bytes("painted/b.png"));
        Assert.NotEqual(_stage.Picture("style.png").Planes, _stage.Picture("b.png").Planes);
    }

    [Theory]
    [InlineData("style")]
    [InlineData("content-luminance")]
    [InlineData("palette:@night.png")]
    public void Result_repeats_its_colours(string colours)
    {
        Assert.Equal(0, Run(["paint", "@photo.png", "-s", "@wave.png", "-o", "@out.png", "--colors", colours, .. Small]));

        Assert.Equal(0, Run("paint", "@photo.png", "--like", "@out.png", "-o", "@again.png"));

        Assert.Equal(_stage.Bytes("out.png"), _stage.Bytes("again.png"));
        Assert.Equal(colours.Replace("@", ""), Recipe.Read(_stage.InFolder("out.png")).Settings["colors"]);
    }

    [Fact]
    public void Palette_of_settings_lies_beside_them()
    {
        File.WriteAllText(_stage.InFolder("wave.pastiche.json"), """{ "colors": "palette:night.png" }""");
        Assert.Equal(0, Run(["paint", "@photo.png", "-s", "@wave.png", "-o", "@out.png", .. Small]));
        Assert.Equal(0, Run(["paint", "@photo.png", "-s", "@wave.png", "-o", "@named.png", "--no-preset", "--colors", "palette:@night.png", .. Small]));

        Assert.Equal(_stage.Picture("named.png").Planes, _stage.Picture("out.png").Planes);
    }

    [Fact]
    public void Palette_that_cannot_be_read_or_would_be_written_over_is_one_line()
    {
        Assert.Equal(2, Run(["paint", "@photo.png", "-s", "@wave.png", "-o", "@out.png", "--colors", "palette:@none.png", .. Small]));
        Assert.Equal(2, Run(["paint", "@photo.png", "-s", "@wave.png", "-o", "@night.png", "--colors", "palette:@night.png", .. Small]));
        Assert.Equal(2, Run(["grid", "-c", "@photo.png", "-s", "@wave.png", "-o", "@grid", "--vary", "colors=style,palette:@none.png", .. Small]));
        Assert.Equal(2, Run(["paint", "@photo.png", "-s", "@wave.png", "-o", "@out.png", "--colors", "grey", .. Small]));

        Assert.Equal(
            [
                "pastiche: cannot read @none.png: the file does not exist",
                "pastiche: --output would write '@night.png', which is the palette",
                "pastiche: cannot read @none.png: the file does not exist",
                "pastiche: --colors 'grey' is none of style, content-luminance, content-histogram, content-covariance, palette:FILE",
            ],
            _stage.ErrorLines.Select(line => line.Replace(_stage.Folder + Path.DirectorySeparatorChar, "@")));
        Assert.Empty(_stage.Written);
    }

    [Fact]
    public void Grid_varies_colours_and_sees_when_a_palette_changes()
    {
        string[] words = ["grid", "-c", "@photo.png", "-s", "@wave.png", "-o", "@grid", "--vary", "colors=style,content-histogram,palette:@night.png", "--engine", "universal", .. Small];
        Assert.Equal(0, Run(words));
        string[] first = Cells();

        PictureFile.Write(_stage.Picture("photo.png"), _stage.InFolder("night.png"));
        Assert.Equal(0, Run(words));

        Assert.Equal(3, first.Length);
        Assert.Equal(4, Cells().Length);

        string[] Cells() => Directory.GetFiles(_stage.InFolder("grid"), "photo-wave-*.png");
    }

    // The small network has no decoders.
    private static string[] Small => ["--size", "48", "--threads", "2", "--model", "compact"];

    private int Run(params string[] words) =>
        _stage.Run([.. words, .. words[0] == "grid" || words.Contains("universal") || words.Contains("--like") ? Array.Empty<string>() : ["--iterations", "3"]], TestContext.Current.CancellationToken);
}
