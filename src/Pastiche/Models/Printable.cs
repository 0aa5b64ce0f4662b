namespace Pastiche.Models;

/// <summary>Makes text of an untrusted file fit for one line of a message.</summary>
internal static class Printable
{
    private const int MaximumLength = 80;

    /// <summary>Replaces control characters (a terminal would obey them) and cuts what is long.</summary>
    public static string Shorten(string text)
    {
        string head = text.Length > MaximumLength ? string.Concat(text.AsSpan(0, MaximumLength), "...") : text;
        return new string([.. head.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character)]);
    }
}
