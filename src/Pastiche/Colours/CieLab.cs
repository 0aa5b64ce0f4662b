namespace Pastiche.Colours;

/// <summary>
/// CIELAB for the white D65 (CIE 15): L* is lightness, 0 (black) to 100 (white); a* and b* are chroma towards red and yellow, both 0
/// for greys. Equal distances look about equal; one is just visible side by side. sRGB as in IEC 61966-2-1.
/// </summary>
internal static class CieLab
{
    // CIE's (6/29)^3 and (29/3)^3 / 116: below, the cube root goes on as a straight line.
    private const float Epsilon = 216f / 24389, Slope = 841f / 108, Shift = 4f / 29;

    // Values this little outside 0 to 1 come from rounding.
    private const float Rounding = 1e-5f;

    // Halvings of the chroma's range: to a thousandth of it.
    private const int Halvings = 10;

    /// <summary>The colour of an sRGB-encoded pixel, 0 to 1 a band.</summary>
    public static (float L, float A, float B) Of(float red, float green, float blue)
    {
        (float r, float g, float b) = (Decode(red), Decode(green), Decode(blue));
        // Relative to white, so that greys have equal values and no chroma.
        float fx = Root((0.4124564f * r + 0.3575761f * g + 0.1804375f * b) / 0.95047f);
        float fy = Root(0.2126729f * r + 0.7151522f * g + 0.0721750f * b);
        float fz = Root((0.0193339f * r + 0.1191920f * g + 0.9503041f * b) / 1.08883f);
        return (116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz));
    }

    /// <summary>The sRGB-encoded pixel of a colour; one that sRGB does not have is fitted (<see cref="Fit"/>).</summary>
    /// <param name="lightness">L*.</param>
    /// <param name="a">a*.</param>
    /// <param name="b">b*.</param>
    public static (float Red, float Green, float Blue) ToSrgb(float lightness, float a, float b)
    {
        (lightness, a, b) = Fit(lightness, a, b);
        (float red, float green, float blue) = Linear(lightness, a, b);
        return (Encode(red), Encode(green), Encode(blue));
    }

    /// <summary>
    /// The colour itself if sRGB has it, else one of the same lightness and hue with as much chroma as there is; lightness is clamped to 0
    /// to 100.
    /// </summary>
    public static (float L, float A, float B) Fit(float lightness, float a, float b)
    {
        lightness = Math.Clamp(lightness, 0, 100);
        if (IsInside(Linear(lightness, a, b)))
            return (lightness, a, b);
        float low = 0, high = 1;
        for (int i = 0; i < Halvings; i++)
        {
            float middle = (low + high) / 2;
            (low, high) = IsInside(Linear(lightness, middle * a, middle * b)) ? (middle, high) : (low, middle);
        }
        return (lightness, low * a, low * b);
    }

    private static (float Red, float Green, float Blue) Linear(float lightness, float a, float b)
    {
        float fy = (lightness + 16) / 116;
        float x = 0.95047f * Cube(fy + a / 500), y = Cube(fy), z = 1.08883f * Cube(fy - b / 200);
        return (
            3.2404542f * x - 1.5371385f * y - 0.4985314f * z,
            -0.9692660f * x + 1.8760108f * y + 0.0415560f * z,
            0.0556434f * x - 0.2040259f * y + 1.0572252f * z);
    }

    private static bool IsInside((float Red, float Green, float Blue) linear) =>
        Math.Min(linear.Red, Math.Min(linear.Green, linear.Blue)) >= -Rounding && Math.Max(linear.Red, Math.Max(linear.Green, linear.Blue)) <= 1 + Rounding;

    private static float Root(float value) => value > Epsilon ? MathF.Cbrt(value) : Slope * value + Shift;

    private static float Cube(float root) => root > 6f / 29 ? root * root * root : (root - Shift) / Slope;

    private static float Decode(float value)
    {
        value = Math.Clamp(value, 0, 1);
        return value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);
    }

    private static float Encode(float value)
    {
        value = Math.Clamp(value, 0, 1);
        return value <= 0.0031308f ? 12.92f * value : 1.055f * MathF.Pow(value, 1 / 2.4f) - 0.055f;
    }
}
