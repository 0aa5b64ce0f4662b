using System.Buffers;

namespace Pastiche.Grids;

/// <summary>How a text is written.</summary>
/// <param name="Unit">Pixels for a unit of the font's grid; capitals are six high.</param>
/// <param name="Grey">0 to 1.</param>
internal sealed record TextStyle(double Unit, float Grey)
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(",;:=_-/.");

    /// <summary>Pixels around a line's letters, which holds the strokes' own width.</summary>
    public int Padding => (int)Math.Ceiling(Unit);

    /// <summary>A line's height in pixels.</summary>
    public int LineHeight => (int)Math.Ceiling(StrokeFont.FullHeight * Unit) + 2 * Padding;

    /// <summary>A line's width in pixels.</summary>
    public int WidthOf(string text) => text.Length == 0 ? 0 : (int)Math.Ceiling(StrokeFont.WidthOf(text) * Unit) + 2 * Padding;

    /// <summary>Breaks texts into lines of a width: after blanks, else after punctuation, else anywhere.</summary>
    /// <param name="texts">The texts, each of which begins a line.</param>
    /// <param name="width">The width in pixels.</param>
    public IReadOnlyList<string> Wrap(IEnumerable<string> texts, int width)
    {
        List<string> lines = [];
        foreach (string text in texts)
        {
            string rest = text;
            while (WidthOf(rest) > width && rest.Length > 1)
            {
                int fitting = Enumerable.Range(1, rest.Length - 1).TakeWhile(length => WidthOf(rest[..length]) <= width).DefaultIfEmpty(1).Last();
                int end = BreakIn(rest, fitting);
                lines.Add(rest[..end].TrimEnd());
                rest = rest[end..].TrimStart();
            }
            lines.Add(rest);
        }
        return lines;
    }

    // A blank may hang over the end.
    private static int BreakIn(string text, int fitting)
    {
        int blank = text.LastIndexOf(' ', fitting);
        if (blank > 0)
            return blank;
        int mark = text.AsSpan(0, fitting).LastIndexOfAny(Marks);
        return mark > 0 ? mark + 1 : fitting;
    }
}
