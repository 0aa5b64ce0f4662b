using System.Numerics;

namespace Pastiche.Samples.Drawing;

/// <summary>Colours are <see cref="Vector3"/>: red, green, blue, sRGB-encoded, 0 to 1.</summary>
internal static class Ink
{
    /// <summary>The colour that is written <c>0xRRGGBB</c>.</summary>
    public static Vector3 Hex(int rgb) => new Vector3(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255) / 255;

    /// <summary>Colours from <c>0xRRGGBB</c> numbers.</summary>
    public static Vector3[] Palette(params int[] colours) => [.. colours.Select(Hex)];

    /// <summary>A colour between a palette's neighbours; <paramref name="t"/> runs from 0, the first, to 1, the last.</summary>
    public static Vector3 Along(Vector3[] palette, float t)
    {
        float place = Math.Clamp(t, 0, 1) * (palette.Length - 1);
        int first = Math.Min((int)place, palette.Length - 2);
        return Vector3.Lerp(palette[first], palette[first + 1], place - first);
    }

    /// <summary>The colour made a little lighter or darker, warmer or colder; both amounts are about -0.3 to 0.3.</summary>
    public static Vector3 Shift(Vector3 colour, float lightness, float warmth) =>
        Vector3.Clamp(colour * (1 + lightness) + new Vector3(warmth, 0.2f * warmth, -warmth), Vector3.Zero, Vector3.One);

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between.</summary>
    public static float Step(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }
}
