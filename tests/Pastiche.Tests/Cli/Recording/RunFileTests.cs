using System.Globalization;
using System.Xml.Linq;
using NetVips;
using Pastiche.Cli.Recording;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Cli.Recording;

public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static RunRecord Run { get; } = new("1", "Vector256", 1, "compact", "", TimeSpan.Zero);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plot_has_a_curve_for_each_part_and_smaller_losses_are_lower()
    {
        var plot = new LossPlot(_folder.File("losses.svg"));
        for (int i = 1; i <= 50; i++)
        {
            // Zero has no logarithm, and a name may hold anything.
            plot.Add(Step(i, 1000.0 / i, ("style <1> & \"2\"", i == 1 ? 0 : 100.0 / i), ("content", 2)));
        }
        plot.Write(Result());

        XElement svg = XDocument.Load(plot.Path).Root!;
        XElement[] curves = [.. svg.Elements().Where(element => element.Name.LocalName == "polyline" && Points(element).Length > 2)];
        string[] texts = [.. svg.Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];
        Assert.Equal([50, 49, 50], curves.Select(curve => Points(curve).Length));
        Assert.Contains("style <1> & \"2\"", texts);
        Assert.Contains("1000", texts);
        Assert.Equal(Points(curves[0]).OrderBy(point => point.Y), Points(curves[0]));
        Assert.Single(Points(curves[2]).Select(point => point.Y).Distinct());
        // A tenth is as far below at any height.
        Assert.Equal(Points(curves[0])[9].Y - Points(curves[0])[0].Y, Points(curves[0])[49].Y - Points(curves[0])[4].Y, 0.01);
    }

    [Fact]
    public void A_plot_of_nothing_is_a_plot()
    {
        var plot = new LossPlot(_folder.File("losses.svg"));
        plot.Write(Result());
        Assert.Equal("svg", XDocument.Load(plot.Path).Root!.Name.LocalName);
    }

    [Theory]
    [InlineData("film.webp", 7)]
    [InlineData("film.gif", 7)]
    [InlineData("film.WEBP", 400)]
    public void A_film_shows_the_first_step_and_the_result_and_has_even_sides(string name, int steps)
    {
        var film = new Timelapse(_folder.File(name), steps);
        for (int i = 1; i <= steps; i++)
            film.Add(Step(i, 1));
        film.Write(Result());

        using Image image = Image.NewFromFile(film.Path, kwargs: new VOption { { "n", -1 } });
        int pages = (int)image.Get("n-pages");
        Assert.Equal((34, 24 * pages), (image.Width, image.Height));
        Assert.InRange(pages, steps < 60 ? steps : 45, 61);
        Assert.True(image[0].Getpoint(3, 3)[0] < 40, "the first frame is the first step's, which is dark");
        Assert.True(image[0].Getpoint(3, image.Height - 3)[0] > 220, "the last frame is the result, which is light");
    }

    [Fact]
    public void A_film_in_mp4_is_made_by_ffmpeg()
    {
        if (FfmpegVideo.Program is null)
            Assert.Skip("ffmpeg is not on the path");
        var film = new Timelapse(_folder.File("film.mp4"), 5);
        for (int i = 1; i <= 5; i++)
            film.Add(Step(i, 1));
        film.Write(Result());

        byte[] bytes = File.ReadAllBytes(film.Path);
        Assert.Equal("ftyp"u8.ToArray(), bytes[4..8]);
        Assert.Equal(["film.mp4"], _folder.Entries);
    }

    [Theory]
    [InlineData("film.avi", "is none of .gif, .webp, .mp4")]
    [InlineData("film", "is none of .gif, .webp, .mp4")]
    [InlineData("film.GIF", null)]
    public void Other_extensions_are_refused(string name, string? reason) => Assert.Equal(reason, Timelapse.WhyNot(name));

    [Fact]
    public void The_command_line_refuses_what_makes_no_sense_and_writes_both()
    {
        using var stage = new PaintStage();
        Assert.Equal(2, stage.Paint("--engine", "universal", "--plot", "@a.svg"));
        Assert.Equal(2, stage.Paint("--plot", "@a.jpg"));
        Assert.Equal(2, stage.Paint("--timelapse", "@out.png"));
        Assert.Equal(2, stage.Paint("--timelapse", "@none/a.gif"));
        Assert.Equal(2, stage.Paint("--plot", "@a.svg", "--trace", "@a.svg"));
        Assert.Collection(
            stage.ErrorLines,
            line => Assert.Equal("pastiche: --plot is for --engine gatys; universal has no losses", line),
            line => Assert.Contains("is none of .svg, .png", line),
            line => Assert.Contains("is none of .gif, .webp, .mp4", line),
            line => Assert.Contains("which is the result", line),
            line => Assert.Contains("cannot be written: the folder", line),
            line => Assert.Contains("which is the plot", line));

        Assert.Equal(0, stage.Paint("--iterations", "5", "--plot", "@a.svg", "--timelapse", "@a.gif"));
        Assert.Equal(0, stage.Paint("--iterations", "5", "--plot", "@a.png"));
        Assert.Equal(["a.gif", "a.png", "a.svg", "out.png"], stage.Written);
    }

    private static (double X, double Y)[] Points(XElement curve) =>
        [.. curve.Attribute("points")!.Value.Split(' ').Select(pair => pair.Split(',')).Select(pair => (Number(pair[0]), Number(pair[1])))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static StyleProgress Step(int iteration, double loss, params (string Name, double Value)[] terms) => new(
        iteration, 100, loss, terms.ToDictionary(term => term.Name, term => term.Value), TimeSpan.Zero, null,
        // Encoders take frames that are alike for one.
        () => new Picture(35, 25, [.. Enumerable.Range(0, 3 * 35 * 25).Select(i => i % (35 * 25) < 2 * (iteration - 1) ? 0.8f : 0.1f)]));

    private static StyleResult Result() => new(Flat(0.95f), [], true, Run);

    private static Picture Flat(float value) => new(35, 25, [.. Enumerable.Repeat(value, 3 * 35 * 25)]);
}
