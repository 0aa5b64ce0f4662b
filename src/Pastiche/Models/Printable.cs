using System.Globalization;

namespace Pastiche.Models;

/// <summary>Makes text of an untrusted file fit for one line of a message.</summary>
internal static class Printable
{
    private const int MaximumLength = 80;

    /// <summary>Replaces control and formatting characters (a terminal would obey them) and cuts what is long.</summary>
    public static string Shorten(string text)
    {
        string head = text.Length > MaximumLength ? string.Concat(text.AsSpan(0, MaximumLength), "...") : text;
        return new string([.. head.Select(character => IsPlain(character) ? character : '?')]);
    }

    private static bool IsPlain(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
