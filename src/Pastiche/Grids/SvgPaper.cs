using System.Xml;

namespace Pastiche.Grids;

/// <summary>A chart as SVG, as long as it is not disposed of.</summary>
internal sealed class SvgPaper : IChartPaper, IDisposable
{
    private const string Svg = "http://www.w3.org/2000/svg";

    private readonly XmlWriter _svg;

    /// <summary>Begins a drawing.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public SvgPaper(Stream stream, int width, int height)
    {
        _svg = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true });
        _svg.WriteStartElement("svg", Svg);
        Attributes(("viewBox", $"0 0 {width} {height}"), ("font-family", "sans-serif"), ("font-size", "13"));
        Element("rect", null, ("width", $"{width}"), ("height", $"{height}"), ("fill", "white"));
    }

    /// <inheritdoc/>
    public void Line(IReadOnlyList<(double X, double Y)> points, int colour, double width) => Element(
        "polyline", null, ("fill", "none"), ("stroke", Colour(colour)), ("stroke-width", LossChart.Number(width)),
        ("points", string.Join(' ', points.Select(point => $"{LossChart.Number(point.X)},{LossChart.Number(point.Y)}"))));

    /// <inheritdoc/>
    public void Text(double x, double baseLine, TextAnchor anchor, string text) => Element(
        "text", text, ("x", LossChart.Number(x)), ("y", LossChart.Number(baseLine)), ("text-anchor", anchor switch { TextAnchor.Start => "start", TextAnchor.Middle => "middle", _ => "end" }),
        ("fill", Colour(LossChart.Ink)));

    public void Dispose()
    {
        _svg.WriteEndElement();
        _svg.Dispose();
    }

    private static string Colour(int colour) => $"#{colour:x6}";

    private void Element(string name, string? text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _svg.WriteStartElement(name, Svg);
        Attributes(attributes);
        if (text is not null)
            _svg.WriteString(text);
        _svg.WriteEndElement();
    }

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
            _svg.WriteAttributeString(name, value);
    }
}
