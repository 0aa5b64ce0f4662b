using System.Globalization;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>A colour of a picture with 8 bits a band, which names a region: <c>#ff8000</c>.</summary>
public readonly record struct LabelColour(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#rrggbb</c>.</summary>
    /// <param name="text">The text, upper or lower case.</param>
    /// <param name="colour">The colour.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out LabelColour colour)
    {
        colour = default;
        if (text is not { Length: 7 } || text[0] != '#' || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            return false;
        colour = new LabelColour((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary><c>#rrggbb</c> in lower case.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}

/// <summary>
/// Label maps: pictures in which each colour is a region. They must be lossless (PNG, WebP lossless, TIFF): a pixel belongs to a colour
/// when it has that very one.
/// </summary>
/// <example>
/// <code>
/// Picture map = PictureFile.Read("map.png");
/// var sky = new StyleRegion(RegionLabels.MaskOf(map, new LabelColour(0, 0, 255)), [new StyleSource(wave)], "sky");
/// </code>
/// </example>
public static class RegionLabels
{
    /// <summary>The mask of a colour: white where the map has it, black elsewhere. No edge is soft before it is scaled.</summary>
    /// <param name="map">The label map.</param>
    /// <param name="colour">The colour.</param>
    public static Picture MaskOf(Picture map, LabelColour colour)
    {
        ArgumentNullException.ThrowIfNull(map);
        int pixels = map.Width * map.Height;
        var planes = new float[3 * pixels];
        for (int i = 0; i < pixels; i++)
        {
            if (ColourAt(map, i) == colour)
                planes[i] = planes[pixels + i] = planes[2 * pixels + i] = 1;
        }
        return new Picture(map.Width, map.Height, planes);
    }

    /// <summary>The colours of a map by their share of it, the largest first.</summary>
    /// <param name="map">The label map.</param>
    public static IReadOnlyList<(LabelColour Colour, double Share)> ColoursOf(Picture map)
    {
        ArgumentNullException.ThrowIfNull(map);
        int pixels = map.Width * map.Height;
        return [.. Enumerable.Range(0, pixels).CountBy(i => ColourAt(map, i))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
            .Select(pair => (pair.Key, (double)pair.Value / pixels))];
    }

    private static LabelColour ColourAt(Picture map, int pixel)
    {
        int pixels = map.Width * map.Height;
        return new LabelColour(Band(map.Planes[pixel]), Band(map.Planes[pixels + pixel]), Band(map.Planes[2 * pixels + pixel]));
    }

    private static byte Band(float value) => (byte)MathF.Round(Math.Clamp(value, 0, 1) * 255);
}
