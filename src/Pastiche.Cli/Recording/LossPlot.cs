using System.Globalization;
using System.Xml;
using Pastiche.Imaging;

namespace Pastiche.Cli.Recording;

/// <summary>The loss and its parts over the evaluations, as SVG with a logarithmic axis.</summary>
internal sealed class LossPlot(string path) : RunFile(OptionName, path, "the plot")
{
    /// <summary>The option that asks for it.</summary>
    public const string OptionName = "--plot";

    private const string Total = "total", Svg = "http://www.w3.org/2000/svg", Ink = "#222", Grid = "#ddd";
    private const int Width = 960, Height = 540, Left = 80, Right = 220, Top = 24, Bottom = 48;
    private const double SmallestShare = 1e-9;

    // Okabe and Ito's colours, which people with any colour vision can tell apart.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b8a800"];

    private readonly Dictionary<string, List<(int Iteration, double Value)>> _curves = [];

    /// <inheritdoc/>
    public override void Add(StyleProgress progress)
    {
        if (progress.Loss is not { } loss)
            return;
        Add(Total, progress.Iteration, loss);
        foreach ((string name, double value) in progress.Terms)
            Add(name, progress.Iteration, value);
    }

    /// <inheritdoc/>
    public override void Write(StyleResult result) => AtomicFile.Write(AtomicFile.FollowLinks(Path), stream =>
    {
        using var svg = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true });
        Draw(svg);
    });

    private void Add(string name, int iteration, double value)
    {
        if (!_curves.TryGetValue(name, out List<(int, double)>? curve))
            _curves.Add(name, curve = []);
        curve.Add((iteration, value));
    }

    private void Draw(XmlWriter svg)
    {
        double[] values = [.. _curves.Values.SelectMany(curve => curve).Select(point => point.Value).Where(value => value > 0 && double.IsFinite(value))];
        (double high, int last) = (values.DefaultIfEmpty(1).Max(), _curves.Values.SelectMany(curve => curve).Select(point => point.Iteration).DefaultIfEmpty(1).Max());
        double low = Math.Max(values.DefaultIfEmpty(0.1).Min(), high * SmallestShare);
        (int bottom, int top) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        top = Math.Max(top, bottom + 1);

        svg.WriteStartElement("svg", Svg);
        Attributes(svg, ("viewBox", $"0 0 {Width} {Height}"), ("font-family", "sans-serif"), ("font-size", "13"));
        Element(svg, "rect", null, ("width", $"{Width}"), ("height", $"{Height}"), ("fill", "white"));
        for (int decade = bottom; decade <= top; decade++)
        {
            Line(svg, Left, Y(Math.Pow(10, decade)), Width - Right, Y(Math.Pow(10, decade)), Grid);
            Text(svg, Left - 8, Y(Math.Pow(10, decade)) + 4, "end", decade is >= -3 and <= 4 ? Number(Math.Pow(10, decade)) : $"1e{decade}");
        }
        foreach (int tick in Ticks(last))
        {
            Line(svg, X(tick), Top, X(tick), Height - Bottom, Grid);
            Text(svg, X(tick), Height - Bottom + 20, "middle", Number(tick));
        }
        Text(svg, (Left + Width - Right) / 2.0, Height - 8, "middle", "evaluation");

        int number = 0;
        foreach ((string name, List<(int Iteration, double Value)> curve) in _curves)
        {
            string colour = name == Total ? Ink : Colours[(number - 1) % Colours.Length];
            Element(svg, "polyline", null, ("fill", "none"), ("stroke", colour), ("stroke-width", name == Total ? "2" : "1.3"),
                ("points", string.Join(' ', curve.Where(point => point.Value > 0).Select(point => $"{Number(X(point.Iteration))},{Number(Y(point.Value))}"))));
            double y = Top + 12 + 20 * number++;
            Line(svg, Width - Right + 16, y - 4, Width - Right + 40, y - 4, colour, 3);
            Text(svg, Width - Right + 48, y, "start", name);
        }
        svg.WriteEndElement();

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

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static void Line(XmlWriter svg, double x1, double y1, double x2, double y2, string colour, int width = 1) => Element(
        svg, "line", null, ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", colour), ("stroke-width", $"{width}"));

    private static void Text(XmlWriter svg, double x, double y, string anchor, string text) =>
        Element(svg, "text", text, ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor), ("fill", Ink));

    private static void Element(XmlWriter svg, string name, string? text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        svg.WriteStartElement(name, Svg);
        Attributes(svg, attributes);
        if (text is not null)
            svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static void Attributes(XmlWriter svg, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
            svg.WriteAttributeString(name, value);
    }
}
