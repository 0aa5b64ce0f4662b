namespace Pastiche.Grids;

/// <summary>How a text lies at its place.</summary>
internal enum TextAnchor
{
    /// <summary>It begins there.</summary>
    Start,

    /// <summary>Its middle is there.</summary>
    Middle,

    /// <summary>It ends there.</summary>
    End,
}

/// <summary>What a chart is drawn on: white, in pixels from the upper left corner. Colours are <c>0xRRGGBB</c>.</summary>
internal interface IChartPaper
{
    /// <summary>Joins points by straight lines.</summary>
    void Line(IReadOnlyList<(double X, double Y)> points, int colour, double width);

    /// <summary>Writes in black, on a base line.</summary>
    void Text(double x, double baseLine, TextAnchor anchor, string text);
}
