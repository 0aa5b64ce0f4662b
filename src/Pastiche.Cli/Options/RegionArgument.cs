namespace Pastiche.Cli.Options;

/// <summary>A region as it is named on the command line.</summary>
/// <param name="Name">What messages call it: what the command line says of its mask.</param>
/// <param name="Mask">Where it is.</param>
/// <param name="Styles">Its paintings.</param>
internal sealed record RegionArgument(string Name, MaskArgument Mask, IReadOnlyList<StyleArgument> Styles)
{
    /// <summary>
    /// Reads <c>MASK=STYLE[,STYLE...]</c>; <c>null</c> when it is not of that form. File names may contain <c>=</c> and commas: the mask
    /// ends at the first <c>=</c> before which a file's name or a colour ends, a painting at the first comma before which a file's does.
    /// </summary>
    /// <param name="text">The argument.</param>
    /// <param name="exists">Whether a file exists.</param>
    public static RegionArgument? Parse(string text, Func<string, bool> exists)
    {
        int[] signs = [.. Enumerable.Range(0, text.Length).Where(i => text[i] == '=')];
        if (signs.Length == 0)
            return null;
        int end = signs.FirstOrDefault(sign => IsMask(text[..sign]), signs[0]);
        IReadOnlyList<StyleArgument> styles = [.. Split(text[(end + 1)..], exists).Select(word => StyleArgument.Parse(word, exists))];
        return end == 0 || styles.Any(style => style.File.Length == 0) ? null : new RegionArgument(text[..end], MaskArgument.Parse(text[..end], exists), styles);

        bool IsMask(string candidate) => MaskArgument.Parse(candidate, exists) is var mask && (mask.File.Length == 0 ? mask.Colour is not null : exists(mask.File));
    }

    private static IEnumerable<string> Split(string text, Func<string, bool> exists)
    {
        string[] parts = text.Split(',');
        for (int first = 0, count; first < parts.Length; first += count)
        {
            count = Enumerable.Range(1, parts.Length - first)
                .FirstOrDefault(length => exists(StyleArgument.Parse(string.Join(',', parts[first..(first + length)]), exists).File), 1);
            yield return string.Join(',', parts[first..(first + count)]);
        }
    }
}
