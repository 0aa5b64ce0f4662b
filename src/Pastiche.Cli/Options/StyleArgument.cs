using System.Globalization;

namespace Pastiche.Cli.Options;

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

    /// <summary>Reads the paintings of a command line.</summary>
    /// <param name="words">The arguments.</param>
    /// <param name="option">What messages call them: <c>--style</c>.</param>
    /// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
    public static IReadOnlyList<StyleArgument> ReadAll(IReadOnlyList<string> words, string option, List<string> problems)
    {
        List<StyleArgument> styles = [.. words.Select(word => Parse(word, System.IO.File.Exists))];
        if (styles.Count == 0)
            problems.Add($"no painting; give {option}{(option.StartsWith("--", StringComparison.Ordinal) ? " FILE" : "")}");
        foreach (StyleArgument style in styles)
        {
            if (string.IsNullOrWhiteSpace(style.File))
                problems.Add($"{option} '{style.File}' names no file");
            if (!(style.Weight > 0 && double.IsFinite(style.Weight)))
                problems.Add($"{option} '{style.File}' has the weight {SettingText.Format(style.Weight)}, which is not a positive number");
        }
        return styles;
    }
}
