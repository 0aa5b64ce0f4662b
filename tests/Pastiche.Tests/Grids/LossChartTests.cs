using System.Globalization;
using System.Xml.Linq;
using Pastiche.Grids;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Grids;

public sealed class LossChartTests
{
    private static LossChart Falling { get; } = new(
    [
        new LossCurve("total", [.. Enumerable.Range(1, 40).Select(i => (i, 2000.0 / i))]),
        new LossCurve("style", [.. Enumerable.Range(1, 40).Select(i => (i, 30.0 / i))]),
        new LossCurve("content", [.. Enumerable.Range(2, 39).Select(i => (i, 0.5 - 0.01 * i))]),
    ]);

    [Fact]
    public void The_picture_has_the_curves_where_the_drawing_has_them()
    {
        Picture picture = Falling.Draw();
        Assert.Equal((1920, 1080), (picture.Width, picture.Height));
        XElement[] curves = [.. Drawn(Falling).Elements().Where(element => element.Name.LocalName == "polyline").Where(curve => Points(curve).Length > 2)];
        Assert.Equal(3, curves.Length);
        foreach (XElement curve in curves)
        {
            int colour = int.Parse(curve.Attribute("stroke")!.Value[1..], NumberStyles.HexNumber);
            Assert.All(Points(curve), point => Assert.True(
                Distance(picture, (int)(2 * point.X), (int)(2 * point.Y), colour) < 0.1, $"no #{colour:x6} at {point}"));
        }
    }

    [Fact]
    public void The_picture_has_its_words_without_any_font()
    {
        // Each evaluation's number below the axis, each name in the legend: dark pixels on white.
        Picture picture = Falling.Draw();
        Assert.True(Darkest(picture, 2 * (960 - 220 + 48), 2 * 24, 200, 100) < 0.3);
        Assert.True(Darkest(picture, 2 * 80, 2 * (540 - 40), 1200, 60) < 0.3);
        Assert.Equal(1, Darkest(picture, 2 * (960 - 220 + 48), 2 * 120, 200, 800));
    }

    [Theory]
    [InlineData("losses.SVG", "<?xml")]
    [InlineData("losses.png", "PNG")]
    public void The_extension_decides_the_format(string name, string beginning)
    {
        using var folder = new TemporaryFolder();
        new LossChart([]).Write(folder.File(name));
        Assert.Contains(beginning, File.ReadAllText(folder.File(name))[..8]);
        Assert.Equal([name], folder.Entries);
    }

    [Fact]
    public void Other_extensions_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => Falling.Write(folder.File("losses.pdf")));
        Assert.Empty(folder.Entries);
    }

    private static XElement Drawn(LossChart chart)
    {
        using var stream = new MemoryStream();
        chart.WriteSvg(stream);
        stream.Position = 0;
        return XDocument.Load(stream).Root!;
    }

    private static (double X, double Y)[] Points(XElement curve) =>
        [.. curve.Attribute("points")!.Value.Split(' ').Select(pair => pair.Split(',')).Select(pair => (Number(pair[0]), Number(pair[1])))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // The nearest colour of a few pixels around: lines are hardly wider than one.
    private static double Distance(Picture picture, int x, int y, int colour) => Enumerable.Range(-2, 5)
        .SelectMany(dy => Enumerable.Range(-2, 5).Select(dx => (X: x + dx, Y: y + dy)))
        .Min(place => Enumerable.Range(0, 3).Max(channel => Math.Abs(
            picture.Planes[(channel * picture.Height + place.Y) * picture.Width + place.X] - (colour >> (16 - 8 * channel) & 0xff) / 255f)));

    private static float Darkest(Picture picture, int left, int top, int width, int height) =>
        Enumerable.Range(top, height).Min(y => picture.Planes.AsSpan(y * picture.Width + left, width).ToArray().Min());
}
