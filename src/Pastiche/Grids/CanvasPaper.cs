namespace Pastiche.Grids;

/// <summary>A chart as a picture, some pixels for each of its own.</summary>
internal sealed class CanvasPaper(SheetCanvas canvas, int scale) : IChartPaper
{
    private readonly TextStyle _style = new(1.5 * scale, (LossChart.Ink & 0xff) / 255f);

    /// <inheritdoc/>
    public void Line(IReadOnlyList<(double X, double Y)> points, int colour, double width)
    {
        for (int i = 1; i < points.Count; i++)
            canvas.Line(scale * points[i - 1].X, scale * points[i - 1].Y, scale * points[i].X, scale * points[i].Y, scale * width, colour);
    }

    /// <inheritdoc/>
    public void Text(double x, double baseLine, TextAnchor anchor, string text)
    {
        double before = anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => 0.5, _ => 1 };
        double left = scale * x - before * StrokeFont.WidthOf(text) * _style.Unit, top = scale * baseLine - StrokeFont.CapHeight * _style.Unit;
        canvas.Write(text, (int)Math.Round(left) - _style.Padding, (int)Math.Round(top) - _style.Padding, _style);
    }
}
