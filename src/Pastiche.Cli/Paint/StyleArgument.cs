using System.Globalization;

namespace Pastiche.Cli.Paint;

/// <summary>A painting as it is named on the command line.</summary>
/// <param name="File">Its file.</param>
/// <param name="Weight">Its share of the style.</param>
internal sealed record StyleArgument(string File, double Weight)
{
    /// <summary>
    /// Reads <c>FILE[:WEIGHT]</c>. File names may contain colons (<c>C:\wave.jpg</c>, <c>12:30.jpg</c>): what follows the last
    /// one is a weight only if it is a number and no file has the whole name.
    /// </summary>
    /// <param name="text">The argument.</param>
    /// <param name="exists">Whether a file exists.</param>
    public static StyleArgument Parse(string text, Func<string, bool> exists)
    {
        int colon = text.LastIndexOf(':');
        if (colon > 0
            && double.TryParse(text.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
            && !exists(text))
        {
            return new StyleArgument(text[..colon], weight);
        }
        return new StyleArgument(text, 1);
    }
}
