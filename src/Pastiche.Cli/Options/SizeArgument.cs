using System.Globalization;

namespace Pastiche.Cli.Options;

/// <summary>A picture's size as it is named on the command line: <c>WIDTHxHEIGHT</c>, or one number for a square.</summary>
internal static class SizeArgument
{
    /// <summary>Reads <c>640x480</c> or <c>512</c>; <c>null</c> when it is neither or out of range.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="bounds">What a side may be.</param>
    public static (int Width, int Height)? Parse(string text, Bounds bounds)
    {
        string[] parts = text.Split('x', 'X');
        if (parts.Length > 2 || SideOf(parts[0]) is not { } width || SideOf(parts[^1]) is not { } height)
            return null;
        return (width, height);

        int? SideOf(string part) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && bounds.Contain(side) ? side : null;
    }
}
