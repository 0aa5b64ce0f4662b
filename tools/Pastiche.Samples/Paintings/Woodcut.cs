using System.Numerics;
using Pastiche.Samples.Drawing;

namespace Pastiche.Samples.Paintings;

/// <summary>
/// A mountain above a sea, printed from three blocks: a key block whose carved lines follow the forms and swell with
/// the shadow, a vermilion block and a graded blue one, a little out of register, on cream paper.
/// </summary>
internal sealed class Woodcut
{
    private const float Horizon = 690;

    private static readonly Vector3 Paper = Ink.Hex(0xf0e4c9);
    private static readonly Vector3 Key = Ink.Hex(0x1b2236);
    private static readonly Vector3 Vermilion = Ink.Hex(0xcf4a2c);
    private static readonly Vector3 Blue = Ink.Hex(0x4f8a97);
    private static readonly Vector2 Sun = new(1010, 330);
    private static readonly Vector2 Peak = new(520, 235);

    // Crests of the swell, far to near: place, height, and the phase that sets each apart.
    private static readonly (float Y, float Height, float Phase)[] Swell =
        [(730, 10, 0.3f), (775, 17, 2.2f), (835, 27, 4.1f), (915, 42, 0.9f), (1020, 60, 3.0f), (1135, 66, 5.2f)];

    private readonly Canvas _canvas = new(768, 608);
    private readonly Noise _noise = new(47);
    private readonly Part[] _parts;

    private Woodcut()
    {
        _parts = new Part[_canvas.Width * _canvas.Height];
        Parallel.For(0, _canvas.Height, y =>
        {
            for (int x = 0; x < _canvas.Width; x++)
                _parts[y * _canvas.Width + x] = Compose(x, y);
        });
    }

    private enum Part { Sky, Sun, Mountain, Snow, Shore, Sail, Hull, Needles, Trunk, Wave }

    public static Canvas Paint()
    {
        var print = new Woodcut();
        print._canvas.Fill(print.Pull);
        return print._canvas;
    }

    // What paper and inks leave at one place.
    private Vector3 Pull(int x, int y)
    {
        float fibre = 0.5f * _noise.At(x / 3f, y / 3f) + 0.5f * _noise.Fractal(x / 90f, y / 14f, 4);
        Vector3 colour = Paper * (1 + 0.035f * fibre);
        float border = Border(x, y);
        float grain = Grain(x, y);
        colour = Print(colour, Blue, BlueAt(x + 5, y - 3) * border * (0.86f + 0.22f * grain));
        colour = Print(colour, Vermilion, VermilionAt(x - 4, y + 4) * border * (0.92f + 0.16f * grain));
        // Pinholes where the paper did not take the ink.
        float hole = Ink.Step(0.5f, 0.72f, _noise.At(x / 2.6f, y / 2.6f) + 0.35f * _noise.Fractal(x / 60f, y / 40f, 2));
        return Print(colour, Key, KeyAt(x, y) * border * (0.96f - 0.55f * hole) * (0.95f + 0.08f * grain));
    }

    private static Vector3 Print(Vector3 paper, Vector3 ink, float amount) => Vector3.Lerp(paper, ink * (new Vector3(0.55f) + 0.45f * paper), Math.Clamp(amount, 0, 1));

    // The year rings of the plank: long wavy streaks.
    private float Grain(float x, float y)
    {
        float ring = y / 9 + 2.2f * _noise.Fractal(x / 420, y / 90, 3);
        return 0.6f * MathF.Sin(ring * 2.1f) + 0.7f * _noise.At(x / 160, y / 2.2f);
    }

    // 1 inside the printed field, 0 on the margin, with the uneven edge of a hand-cut block.
    private float Border(float x, float y)
    {
        float edge = MathF.Min(MathF.Min(x, _canvas.Width - x), MathF.Min(y, _canvas.Height - y));
        return Ink.Step(20, 23, edge + 2.5f * _noise.Fractal(x / 40, y / 40, 3));
    }

    private float BlueAt(int x, int y) => PartAt(x, y) switch
    {
        // Bokashi: the printer wipes the block so that the tone fades away from the top and towards the shore.
        Part.Sky => 0.9f * (1 - Ink.Step(60, 400, y + 30 * _noise.At(x / 300f, 3))) + 0.25f * Ink.Step(600, 690, y),
        Part.Mountain => 0.5f + 0.3f * Ink.Step(300, 650, y),
        Part.Shore => 0.9f,
        Part.Wave => 0.25f + 0.6f * WaveTone(x, y),
        Part.Needles => 0.8f,
        _ => 0,
    };

    private float VermilionAt(int x, int y) => PartAt(x, y) switch
    {
        Part.Sun => 1,
        Part.Sail => 0.85f,
        Part.Trunk => 0.5f,
        Part.Sky => 0.55f * MathF.Exp(-MathF.Pow((y - 640) / 75f, 2)) + 0.16f * Ink.Step(420, 160, Vector2.Distance(Sun, new Vector2(x, y))),
        Part.Wave => 0.6f * MathF.Exp(-MathF.Pow((x - Sun.X) / (60 + 0.25f * (y - Horizon)), 2)) * (MathF.Sin(y / 6f + 3 * _noise.At(x / 40f, y / 30f)) > 0.25f ? 1 : 0),
        _ => 0,
    };

    private float KeyAt(int x, int y)
    {
        (float phase, float tone) = Carving(x, y);
        // Lines swell, thin and break where the gouge slipped.
        tone += 0.09f * _noise.Fractal(x / 34f, y / 34f, 3);
        float within = MathF.Abs(2 * (phase - MathF.Floor(phase)) - 1);
        return MathF.Max(Ink.Step(-0.12f, 0.12f, tone - within), Outline(x, y));
    }

    // The number of lines crossed on the way to this place, and the share of it that stays black.
    private (float Phase, float Tone) Carving(float x, float y)
    {
        float wobble = 0.35f * _noise.Fractal(x / 60, y / 60, 2);
        switch (PartAt((int)x, (int)y))
        {
            case Part.Sky:
                float distance = Vector2.Distance(Sun, new Vector2(x, y));
                float near = Ink.Step(420, 150, distance);
                float drift = y + 26 * _noise.Fractal(x / 330, y / 120, 2);
                return (float.Lerp(drift, distance, near) / 13 + wobble, 0.16f + 0.34f * Ink.Step(420, 30, y) - 0.16f * near + Cloud(x, y));
            case Part.Mountain:
            case Part.Snow:
                float side = x - Peak.X - 34 * _noise.Fractal(y / 90, x / 400, 3);
                float shadow = Ink.Step(-60, 90, side + 40 * _noise.Fractal(x / 50, y / 90, 3));
                bool snow = PartAt((int)x, (int)y) == Part.Snow;
                float spread = 12 + 0.035f * (y - Peak.Y);
                return (side / spread + 0.004f * y + wobble, snow ? 0.42f * shadow - 0.1f : 0.26f + 0.5f * shadow);
            case Part.Shore:
                return ((y + 0.3f * x) / 9 + wobble, 0.62f);
            case Part.Wave:
                (int swell, float below) = WaveAt(x, y);
                float period = 8 + 1.5f * swell;
                return (below / period + wobble, 0.75f * WaveTone(x, y) - 0.02f);
            case Part.Needles:
                return (MathF.Atan2(y % 46 - 40, (x + 23 * MathF.Floor(y / 46)) % 62 - 31) * 4.2f + wobble, 0.74f);
            case Part.Trunk:
                return ((x + 0.5f * y) / 8 + 5 * wobble, 0.66f);
            case Part.Hull:
                return (y / 7, 0.8f);
            case Part.Sail:
                return (x / 15, 0.12f);
            default:
                return (0, -1);
        }
    }

    private float Cloud(float x, float y)
    {
        float band = _noise.Fractal(x / 380, y / 70, 3) + 0.3f * MathF.Exp(-MathF.Pow((y - 470) / 60, 2));
        return -0.45f * Ink.Step(0.14f, 0.2f, band);
    }

    // Index of the nearest crest above the place, and the distance below it.
    private (int Swell, float Below) WaveAt(float x, float y)
    {
        int found = -1;
        float below = y - Horizon;
        for (int i = 0; i < Swell.Length; i++)
        {
            float depth = y - Crest(i, x);
            if (depth > 0)
                (found, below) = (i, depth);
        }
        return (found + 1, below);
    }

    // Sharp crests and round troughs.
    private float Crest(int swell, float x)
    {
        (float middle, float height, float phase) = Swell[swell];
        float turn = x / (height * 3.4f) + phase + 0.8f * _noise.At(x / 260, phase);
        return middle - height * (1 - 1.6f * MathF.Abs(MathF.Sin(turn / 2))) - 0.12f * height * _noise.Fractal(x / 25, phase, 2);
    }

    // Foam is white at the crest; the back of the wave darkens downwards.
    private float WaveTone(float x, float y)
    {
        (int swell, float below) = WaveAt(x, y);
        float foam = (5 + 4 * swell) * (1 + 0.8f * _noise.Fractal(x / 18, y / 18, 2));
        return Ink.Step(foam, foam + 24 + 9 * swell, below);
    }

    // Black where another part begins within a line's width.
    private float Outline(int x, int y)
    {
        Part own = PartAt(x, y);
        int reach = _noise.At(x / 45f, y / 45f) > -0.1f ? 3 : 2;
        bool edge = PartAt(x + reach, y) != own || PartAt(x, y + reach) != own || PartAt(x - reach, y) != own || PartAt(x, y - reach) != own;
        if (own == Part.Wave && WaveAt(x, y) is (_, < 4))
            edge = true;
        return edge ? 1 : 0;
    }

    private Part PartAt(int x, int y) => _parts[Math.Clamp(y, 0, _canvas.Height - 1) * _canvas.Width + Math.Clamp(x, 0, _canvas.Width - 1)];

    private Part Compose(int x, int y)
    {
        if (Pine(x, y) is Part pine)
            return pine;
        if (Boat(x, y) is Part boat)
            return boat;
        if (y > Horizon)
            return Part.Wave;
        if (y > Horizon - 26 - 22 * _noise.Fractal(x / 130f, 2, 4) + 0.00016f * (x - 900) * (x - 900) - 20)
            return Part.Shore;
        float flank = MathF.Abs(x - Peak.X);
        float slope = Peak.Y + 10 * _noise.Fractal(x / 22f, 7, 2) + 430 * MathF.Pow(MathF.Max(flank - 34, 0) / 470, 0.82f);
        if (y > slope)
            return y < 365 + 80 * _noise.Fractal(x / 36f, 9, 3) + 30 * MathF.Sin(x / 17f) ? Part.Snow : Part.Mountain;
        return Vector2.Distance(Sun, new Vector2(x, y)) < 118 ? Part.Sun : Part.Sky;
    }

    private static Part? Boat(float x, float y)
    {
        float dx = x - 1130, dy = y - 800;
        if (dy is > 0 and < 34 && MathF.Abs(dx) < 92 - 1.1f * dy)
            return Part.Hull;
        if (dy is < -8 and > -190 && dx > -64 + 0.12f * dy && dx < 58 + 0.2f * dy + 10 * MathF.Sin(dy / 60))
            return Part.Sail;
        return MathF.Abs(dx + 4) < 4 && dy is <= 0 and > -205 ? Part.Hull : null;
    }

    // A leaning trunk on the left with flat pads of needles.
    private Part? Pine(float x, float y)
    {
        (float X, float Y, float Half)[] pads = [(150, 190, 150), (250, 330, 130), (90, 420, 120), (235, 520, 95), (70, 620, 90)];
        foreach ((float padX, float padY, float half) in pads)
        {
            float dx = (x - padX) / half, dy = (y - padY) / (0.34f * half);
            float edge = 0.16f * MathF.Sin(x / 15) + 0.2f * _noise.Fractal(x / 24, y / 24, 2);
            if (dx * dx + dy * dy * (dy > 0 ? 2.6f : 1) < 1 + edge)
                return Part.Needles;
        }
        float lean = 60 + 0.1f * (1216 - y) + 26 * MathF.Sin(y / 130);
        return y > 190 && MathF.Abs(x - lean) < 14 + 0.018f * (y - 190) + 4 * _noise.At(y / 30, 1) ? Part.Trunk : null;
    }
}
