using System.Globalization;

namespace Pastiche.Cli.Options;

/// <summary>A painting as it is named on the command line.</summary>
/// <param name="File">Its file.</param>
/// <param name="Weight">Its share of the style.</param>
/// <param name="Mask">The part of it that is the style; <c>null</c>: all.</param>
internal sealed record StyleArgument(string File, double Weight, MaskArgument? Mask = null)
{
    private const string MaskMark = "[mask=";

    /// <summary>
    /// Reads <c>FILE[:WEIGHT]</c>, with <c>[mask=MASK]</c> behind the file or the weight. File names may contain colons (<c>C:\wave.jpg</c>, <c>12:30.jpg</c>): what follows the last
    /// one is a weight only if it is a number and no file has the whole name; and brackets.
    /// </summary>
    /// <param name="text">The argument.</param>
    /// <param name="exists">Whether a file exists.</param>
    public static StyleArgument Parse(string text, Func<string, bool> exists)
    {
        (int open, int close) = (text.LastIndexOf(MaskMark, StringComparison.Ordinal), text.LastIndexOf(']'));
        if (open > 0 && open < close && !exists(text))
        {
            var mask = MaskArgument.Parse(text[(open + MaskMark.Length)..close], exists);
            return Parse(text[..open] + text[(close + 1)..], exists) with { Mask = mask };
        }
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
    /// <param name="isNeeded">Whether there must be one.</param>
    public static IReadOnlyList<StyleArgument> ReadAll(
        IReadOnlyList<string> words, string option, List<string> problems, bool isNeeded = true)
    {
        List<StyleArgument> styles = [.. words.Select(word => Parse(word, System.IO.File.Exists))];
        if (styles.Count == 0 && isNeeded)
            problems.Add($"no painting; give {option}{(option.StartsWith("--", StringComparison.Ordinal) ? " FILE" : "")}");
        problems.AddRange(Problems(styles, option));
        return styles;
    }

    /// <summary>What is wrong with paintings, one line each.</summary>
    public static IEnumerable<string> Problems(IEnumerable<StyleArgument> styles, string option)
    {
        foreach (StyleArgument style in styles)
        {
            if (string.IsNullOrWhiteSpace(style.File))
                yield return $"{option} '{style.File}' names no file";
            if (style.Mask is { File: "" })
                yield return $"{option} '{style.File}' has a mask that names no file";
            if (!(style.Weight > 0 && double.IsFinite(style.Weight)))
                yield return $"{option} '{style.File}' has the weight {SettingText.Format(style.Weight)}, which is not a positive number";
        }
    }
}
