namespace Pastiche.Samples.Drawing;

/// <summary>Gradient noise in the plane, a pure function of its seed (Perlin, "Improving Noise", 2002, with a hash for the table).</summary>
internal sealed class Noise(uint seed)
{
    /// <summary>A number in [0, 1) that belongs to a lattice point.</summary>
    public float Hash(int x, int y)
    {
        uint h = seed * 0x9E3779B1u ^ (uint)x * 0x85EBCA77u ^ (uint)y * 0xC2B2AE3Du;
        h = (h ^ h >> 15) * 0x2C1B3C6Du;
        h = (h ^ h >> 12) * 0x297A2D39u;
        return ((h ^ h >> 15) >> 8) * (1f / (1 << 24));
    }

    /// <summary>Smooth noise of wavelength about 1, roughly -1 to 1, mean 0.</summary>
    public float At(float x, float y)
    {
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        float u = x - left, v = y - top;
        float upper = float.Lerp(Slope(left, top, u, v), Slope(left + 1, top, u - 1, v), Fade(u));
        float lower = float.Lerp(Slope(left, top + 1, u, v - 1), Slope(left + 1, top + 1, u - 1, v - 1), Fade(u));
        return 1.5f * float.Lerp(upper, lower, Fade(v));
    }

    /// <summary>Octaves of noise, each at half the wavelength and half the strength; roughly -1 to 1.</summary>
    public float Fractal(float x, float y, int octaves)
    {
        float sum = 0, strength = 0.5f;
        for (int octave = 0; octave < octaves; octave++)
        {
            // The offset keeps the octaves' lattices from falling on one another at the origin.
            sum += strength * At(x + 17.3f * octave, y - 9.1f * octave);
            (x, y, strength) = (2 * x, 2 * y, strength / 2);
        }
        return sum * 1.4f;
    }

    private float Slope(int x, int y, float dx, float dy)
    {
        (float sin, float cos) = MathF.SinCos(MathF.Tau * Hash(x, y));
        return cos * dx + sin * dy;
    }

    private static float Fade(float t) => t * t * t * (t * (6 * t - 15) + 10);
}
