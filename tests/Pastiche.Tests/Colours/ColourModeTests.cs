using Pastiche.Colours;
using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Tests.Colours;

public sealed class ColourModeTests
{
    [Theory]
    [InlineData("style", ColourKind.Style)]
    [InlineData("content-luminance", ColourKind.ContentLuminance)]
    [InlineData("content-histogram", ColourKind.ContentHistogram)]
    [InlineData("content-covariance", ColourKind.ContentCovariance)]
    [InlineData("palette:a b/c:d.png", ColourKind.Palette)]
    public void Text_is_read_and_written(string text, ColourKind kind)
    {
        ColourMode mode = ColourMode.Parse(text)!;

        Assert.Equal(kind, mode.Kind);
        Assert.Equal(text, mode.ToString());
        Assert.Equal(text, StyleSettings.Empty.Set("colors", text)["colors"]);
        Assert.Equal(mode, StyleSettings.Empty.Set("colors", text).ApplyTo(new StyleTransferRequest { Content = null, Styles = [] }).Colours);
    }

    [Theory]
    [InlineData("")]
    [InlineData("palette:")]
    [InlineData("palette: ")]
    [InlineData("Style")]
    [InlineData("luminance")]
    public void Other_text_is_refused(string text)
    {
        Assert.Null(ColourMode.Parse(text));
        Assert.Equal(
            $"colors '{text}' is none of style, content-luminance, content-histogram, content-covariance, palette:FILE",
            Assert.Throws<InvalidInputException>(() => StyleSettings.Empty.Set("colors", text)).Message);
    }

    [Fact]
    public void Palette_is_read_once_and_only_when_it_is_named()
    {
        var read = new List<string>();
        Picture Read(string file)
        {
            read.Add(file);
            return LabPictures.Flat;
        }

        ColourMode mode = ColourMode.Parse("palette:a.png")!.WithPalette(Read).WithPalette(Read);
        ColourMode.Style.WithPalette(Read);

        Assert.Same(LabPictures.Flat, mode.Palette);
        Assert.Equal(["a.png"], read);
    }

    [Fact]
    public void Palette_that_came_from_no_file_is_nothing_to_tell()
    {
        var request = new StyleTransferRequest { Content = null, Styles = [], Colours = new(ColourKind.Palette) { Palette = LabPictures.Flat } };

        Assert.Null(StyleSettings.Of(request)["colors"]);
        Assert.Equal("style", StyleSettings.Of(request with { Colours = ColourMode.Style })["colors"]);
    }
}
