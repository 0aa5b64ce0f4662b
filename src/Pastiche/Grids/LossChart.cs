using System.Globalization;
using Pastiche.Imaging;

namespace Pastiche.Grids;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Evaluations from 1 in order, and its value there; values that are not above 0 are left out.</param>
public sealed record LossCurve(string Name, IReadOnlyList<(int Iteration, double Value)> Points);

/// <summary>
/// Losses over evaluations on a logarithmic axis, with a legend, as SVG or as a picture; in the latter text is drawn by the library itself,
/// so that no font need be installed.
/// </summary>
/// <example><code>new LossChart([new("total", [(1, 150.0), (2, 90.0)])]).Write("losses.png");</code></example>
/// <param name="curves">The curves; the first is drawn in black.</param>
public sealed class LossChart(IReadOnlyList<LossCurve> curves)
{
    /// <summary>The colour of the first curve and of text.</summary>
    internal const int Ink = 0x222222;

    private const string Svg = ".svg", Png = ".png";
    private const int Grid = 0xdddddd;
    private const int Width = 960, Height = 540, Left = 80, Right = 220, Top = 24, Bottom = 48;
    private const int PictureScale = 2;
    private const double SmallestShare = 1e-9;

    // Okabe and Ito's colours, which people with any colour vision can tell apart.
    private static readonly int[] Colours = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0xb8a800];

    /// <summary>The extensions that can be written, lower case with dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [Svg, Png];

    /// <summary>Writes the chart; the file is complete or untouched.</summary>
    /// <param name="path">The file; its extension is one of <see cref="Extensions"/>.</param>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case Svg:
                AtomicFile.Write(AtomicFile.FollowLinks(path), WriteSvg);
                break;
            case Png:
                PictureFile.Write(Draw(), path);
                break;
            default:
                throw new ArgumentException($"{path} is none of {string.Join(", ", Extensions)}", nameof(path));
        }
    }

    /// <summary>Draws the chart, 1920 x 1080 pixels.</summary>
    public Picture Draw()
    {
        var canvas = new SheetCanvas(PictureScale * Width, PictureScale * Height, paper: 1);
        Draw(new CanvasPaper(canvas, PictureScale));
        return canvas.ToPicture();
    }

    /// <summary>Writes the chart as SVG.</summary>
    /// <param name="stream">Receives it.</param>
    public void WriteSvg(Stream stream)
    {
        using var paper = new SvgPaper(stream, Width, Height);
        Draw(paper);
    }

    private void Draw(IChartPaper paper)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Points).Select(point => point.Value).Where(value => value > 0 && double.IsFinite(value))];
        (double high, int last) = (values.DefaultIfEmpty(1).Max(), curves.SelectMany(curve => curve.Points).Select(point => point.Iteration).DefaultIfEmpty(1).Max());
        double low = Math.Max(values.DefaultIfEmpty(0.1).Min(), high * SmallestShare);
        (int bottom, int top) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        top = Math.Max(top, bottom + 1);

        for (int decade = bottom; decade <= top; decade++)
        {
            double y = Y(Math.Pow(10, decade));
            paper.Line([(Left, y), (Width - Right, y)], Grid, 1);
            paper.Text(Left - 8, y + 4, TextAnchor.End, decade is >= -3 and <= 4 ? Number(Math.Pow(10, decade)) : $"1e{decade}");
        }
        foreach (int tick in Ticks(last))
        {
            paper.Line([(X(tick), Top), (X(tick), Height - Bottom)], Grid, 1);
            paper.Text(X(tick), Height - Bottom + 20, TextAnchor.Middle, Number(tick));
        }
        paper.Text((Left + Width - Right) / 2.0, Height - 8, TextAnchor.Middle, "evaluation");

        for (int i = 0; i < curves.Count; i++)
        {
            int colour = i == 0 ? Ink : Colours[(i - 1) % Colours.Length];
            paper.Line([.. curves[i].Points.Where(point => point.Value > 0).Select(point => (X(point.Iteration), Y(point.Value)))], colour, i == 0 ? 2 : 1.3);
            double y = Top + 12 + 20 * i;
            paper.Line([(Width - Right + 16, y - 4), (Width - Right + 40, y - 4)], colour, 3);
            paper.Text(Width - Right + 48, y, TextAnchor.Start, curves[i].Name);
        }

        double X(int iteration) => Left + (double)(iteration - 1) / Math.Max(1, last - 1) * (Width - Left - Right);

        double Y(double value) =>
            Top + (top - Math.Log10(Math.Clamp(value, Math.Pow(10, bottom), Math.Pow(10, top)))) / (top - bottom) * (Height - Top - Bottom);
    }

    // About six round numbers, and the first evaluation.
    private static IEnumerable<int> Ticks(int last)
    {
        double raw = Math.Max(1, last / 6.0), unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        int step = (int)(raw / unit < 2 ? unit : raw / unit < 5 ? 2 * unit : 5 * unit);
        return Enumerable.Range(1, last / Math.Max(1, step)).Select(i => i * step).Prepend(1).Distinct();
    }

    /// <summary>A number as charts write it.</summary>
    internal static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
