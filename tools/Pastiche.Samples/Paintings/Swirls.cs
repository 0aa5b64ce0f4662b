using System.Numerics;
using Pastiche.Samples.Drawing;

namespace Pastiche.Samples.Paintings;

/// <summary>A windy night over a bay, in thick short strokes of oil that follow the wind, the hills and the water.</summary>
internal sealed class Swirls
{
    private const float Shore = 905;

    private static readonly Vector3[] Sky = Ink.Palette(0x0d1a44, 0x16307a, 0x2350a6, 0x3f7cc4, 0x7fb0d2, 0x2c5fb0, 0x14296a, 0xa9cfc9, 0x3568b4);
    private static readonly Vector3[] Halo = Ink.Palette(0xfffbe0, 0xfbe27a, 0xf2b93d, 0xe3d38a, 0xa8cfae, 0x6ea6c6, 0x2f62ae);
    private static readonly Vector3[] FarHills = Ink.Palette(0x1d2f6b, 0x2f5597, 0x4f83ad, 0x27407f, 0x6fa0a8);
    private static readonly Vector3[] NearHills = Ink.Palette(0x10283f, 0x1f4f4b, 0x3d7a53, 0x1a3a55, 0x7c9a4c);
    private static readonly Vector3[] Water = Ink.Palette(0x0c1b46, 0x1d4a8c, 0x2f78a8, 0x132f6c, 0x3d93a6, 0x86c0bd);
    private static readonly Vector3[] Cypress = Ink.Palette(0x0a1712, 0x16331f, 0x2c4a22, 0x3b2a17, 0x54682c);
    private static readonly Vector3[] Walls = Ink.Palette(0x2a3f74, 0x41609a, 0x6d86a8);
    private static readonly Vector3[] Roofs = Ink.Palette(0x5a2420, 0x8a3b25, 0x2c2038);
    private static readonly Vector3[] Lamp = Ink.Palette(0xffc23a, 0xffe58a, 0xf28a1e);

    // Centre, radius of the glow, and the strength of the whirl around it. The first light is the moon.
    private static readonly Vortex[] Lights =
    [
        new(1275, 215, 118, 360), new(330, 150, 46, 140), new(600, 105, 42, -130), new(520, 420, 54, 160), new(850, 130, 52, -170),
        new(1010, 470, 42, 130), new(1400, 520, 46, -140), new(270, 400, 38, 110), new(1080, 90, 36, 110),
    ];

    private static readonly Vortex[] Whirls = [new(800, 330, 120, 330), new(1000, 300, 80, -190), new(420, 265, 90, -170), new(1180, 500, 90, 150)];

    private readonly Canvas _canvas = new(768, 608);
    private readonly Random _random = new(1889);
    private readonly Noise _noise = new(11);
    private readonly FlowField _wind = new(new Noise(5), 0.9f, [.. Lights, .. Whirls]);
    private readonly Brush _brush;
    private readonly Part[] _parts;

    private Swirls()
    {
        _brush = new Brush(_canvas, _random);
        _parts = new Part[_canvas.Width * _canvas.Height];
        Parallel.For(0, _canvas.Height, y =>
        {
            for (int x = 0; x < _canvas.Width; x++)
                _parts[y * _canvas.Width + x] = Compose(x, y);
        });
    }

    private enum Part { Sky, Glow, Far, Near, Water, Cypress, Wall, Roof, Lamp }

    public static Canvas Paint()
    {
        var painting = new Swirls();
        painting._canvas.Fill((x, y) => painting.Colour(painting.PartAt(x, y), x, y, 0.5f));
        painting.Cover(width: 26, length: 110, spacing: 17, body: 3);
        painting.Cover(width: 15, length: 84, spacing: 11.5f, body: 5);
        painting.Cover(width: 11, length: 62, spacing: 11, body: 7);
        painting._canvas.Light(depth: 0.085f, gloss: 0.05f);
        return painting._canvas;
    }

    // One coat: a stroke at each node of a shaken grid, in random order.
    private void Cover(float width, float length, float spacing, float body)
    {
        var starts = new List<Vector2>();
        for (float y = 0; y < _canvas.Height + spacing; y += spacing)
        {
            for (float x = -spacing; x < _canvas.Width + spacing; x += spacing)
                starts.Add(new Vector2(x + spacing * (_random.NextSingle() - 0.5f), y + spacing * (_random.NextSingle() - 0.5f)));
        }
        Vector2[] order = [.. starts];
        _random.Shuffle(order);
        foreach (Vector2 start in order)
            Stroke(start, width, length, body);
    }

    private void Stroke(Vector2 start, float width, float length, float body)
    {
        Part part = PartAt(start.X, start.Y);
        float fineness = part switch
        {
            Part.Wall or Part.Roof => 0.6f,
            Part.Lamp => 0.45f,
            Part.Glow => 0.8f,
            _ => 1,
        };
        float steps = length * fineness * (0.7f + 0.6f * _random.NextSingle());
        var path = new List<Vector2>();
        Vector2 place = start;
        for (int i = 0; i < steps && Joins(PartAt(place.X, place.Y), part); i++)
        {
            path.Add(place);
            place += Direction(part, place.X, place.Y);
        }

        float shade = 0.30f * (_random.NextSingle() - 0.5f), warmth = 0.09f * (_random.NextSingle() - 0.5f);
        Vector3 colour = Ink.Shift(Colour(part, start.X, start.Y, _random.NextSingle()), shade, warmth);
        _brush.Stroke(path, colour, width * fineness * (0.8f + 0.4f * _random.NextSingle()), body);
    }

    // Strokes stop at the outlines of things; lights have none.
    private static bool Joins(Part one, Part other) => one == other || (one <= Part.Glow && other <= Part.Glow);

    private Part PartAt(float x, float y) =>
        _parts[Math.Clamp((int)y, 0, _canvas.Height - 1) * _canvas.Width + Math.Clamp((int)x, 0, _canvas.Width - 1)];

    private Part Compose(float x, float y)
    {
        if (InCypress(x, y))
            return Part.Cypress;
        if (y > Shore + 6 * _noise.At(x / 60, 3))
            return Part.Water;
        if (Village(x, y) is Part building)
            return building;
        if (y > 800 + 70 * _noise.Fractal(x / 420, 8.5f, 3) - 0.00012f * (x - 500) * (x - 500))
            return Part.Near;
        if (y > 715 + 105 * _noise.Fractal(x / 460, 4.2f, 3))
            return Part.Far;
        return Lights.Any(light => Distance(light, x, y) < 1.05f * light.Radius) ? Part.Glow : Part.Sky;
    }

    private Vector2 Direction(Part part, float x, float y) => part switch
    {
        Part.Sky or Part.Glow => _wind.Direction(x, y),
        Part.Far => Tilted(0.9f * _noise.At(x / 150, y / 90)),
        Part.Near => Tilted(0.7f * _noise.At(x / 110, y / 60) + 0.2f),
        Part.Water => Tilted(0.28f * MathF.Sin(x / 38 + 5 * _noise.At(x / 200, y / 60))),
        Part.Cypress => Tilted(-MathF.PI / 2 + 0.75f * MathF.Sin(y / 55 + x / 26) + 0.3f * _noise.At(x / 30, y / 60)),
        Part.Roof => Tilted(0.9f),
        _ => Tilted(-MathF.PI / 2),
    };

    // Chance, 0 to 1, picks the paint where the brush could take one of several.
    private Vector3 Colour(Part part, float x, float y, float chance)
    {
        float rough = 0.5f + 0.5f * _noise.Fractal(x / 70, y / 45, 3);
        return part switch
        {
            Part.Glow => GlowColour(x, y, chance),
            Part.Sky => SkyColour(x, y, chance),
            Part.Far => Ink.Along(FarHills, rough + 0.25f * MathF.Sin(y / 14 + 3 * rough)),
            Part.Near => Ink.Along(NearHills, rough + 0.25f * MathF.Sin(y / 11 + x / 60)),
            Part.Water => WaterColour(x, y, rough, chance),
            Part.Cypress => Ink.Along(Cypress, rough + 0.35f * MathF.Sin(x / 9 + y / 40)),
            Part.Wall => Ink.Along(Walls, chance),
            Part.Roof => Ink.Along(Roofs, chance),
            _ => Ink.Along(Lamp, chance),
        };
    }

    // The stream function's level lines are the wind's paths: colours chosen by level make bands that whirl with it.
    private Vector3 SkyColour(float x, float y, float chance)
    {
        float level = _wind.Stream(x, y) / 92 + 0.25f * _noise.At(x / 120, y / 120) + 0.22f * (chance - 0.5f);
        Vector3 band = Ink.Along(Sky, level - MathF.Floor(level));
        Vector3 dusk = Vector3.Lerp(band, Ink.Hex(0x9fc7bf), 0.45f * Ink.Step(470, 760, y));
        float glow = Lights.Max(light => MathF.Exp(-MathF.Pow(Distance(light, x, y) / (1.7f * light.Radius), 2)));
        return Vector3.Lerp(dusk, Ink.Hex(0xd8dfa6), 0.75f * glow);
    }

    private static Vector3 GlowColour(float x, float y, float chance)
    {
        Vortex light = Lights.MinBy(candidate => Distance(candidate, x, y) / candidate.Radius);
        float reach = Distance(light, x, y) / light.Radius;
        bool crescent = light == Lights[0] && reach < 0.62f && Distance(light with { X = light.X - 40, Y = light.Y - 18 }, x, y) > 0.5f * light.Radius;
        if (crescent)
            return Ink.Along(Lamp, 0.25f + 0.3f * chance);
        float from = light == Lights[0] ? 0.5f : 0;
        return Ink.Along(Halo, from + (0.8f - from) * reach + 0.12f * MathF.Sin(reach * 19) + 0.08f * (chance - 0.5f));
    }

    private Vector3 WaterColour(float x, float y, float rough, float chance)
    {
        float depth = (y - Shore) / (_canvas.Height - Shore);
        Vector3 water = Ink.Along(Water, 0.95f * rough + 0.34f * MathF.Sin(y / (5 + 9 * depth)) - 0.1f * depth + 0.25f * (chance - 0.5f));
        // Each lamp and the moon leave a broken trail of light.
        float trail = 0;
        for (int house = 0; house < 9; house++)
            trail = MathF.Max(trail, MathF.Exp(-MathF.Pow((x - HouseX(house)) / (9 + 20 * depth), 2)) * (1 - 0.7f * depth));
        trail = MathF.Max(trail, MathF.Exp(-MathF.Pow((x - Lights[0].X) / (46 + 40 * depth), 2)));
        bool broken = MathF.Sin(y / (4 + 6 * depth) + 4 * _noise.At(x / 50, y / 30)) > 0.1f;
        return broken ? Vector3.Lerp(water, Ink.Along(Lamp, chance), 0.9f * trail) : water;
    }

    private static float HouseX(int house) => 590 + 78 * house + 17 * MathF.Sin(house * 2.4f);

    private static Part? Village(float x, float y)
    {
        for (int house = 0; house < 9; house++)
        {
            bool church = house == 4;
            float dx = x - HouseX(house), half = church ? 19 : 29 + 6 * MathF.Sin(house * 1.7f);
            float eaves = church ? 795 : 852 + 8 * MathF.Sin(house * 3.1f), pitch = church ? 4.6f : 0.95f;
            if (MathF.Abs(dx) > half + 5 || y < eaves - pitch * half)
                continue;
            if (y < eaves)
            {
                if (y > eaves - pitch * (half + 5 - MathF.Abs(dx)))
                    return Part.Roof;
            }
            else if (MathF.Abs(dx) < half)
            {
                return MathF.Abs(MathF.Abs(dx) - 0.45f * half) < 6 && MathF.Abs(y - eaves - 24) < 10 ? Part.Lamp : Part.Wall;
            }
        }
        return null;
    }

    private bool InCypress(float x, float y) => InFlame(x, y, 165, 235, 74) || InFlame(x, y, 268, 520, 50) || InFlame(x, y, 70, 600, 46);

    // A tall flame: pointed on top, widest two thirds down, its outline licking to and fro.
    private bool InFlame(float x, float y, float centre, float top, float half)
    {
        float t = (y - top) / (1216 - top);
        if (t < 0)
            return false;
        float sway = 20 * MathF.Sin(t * 7 + centre) * t + 13 * _noise.At(y / 42, centre);
        float width = half * MathF.Pow(t, 0.6f) * (1.25f - 0.5f * t) * (1 + 0.22f * MathF.Sin(y / 19 + 2 * MathF.Sign(x - centre)));
        return MathF.Abs(x - centre - sway) < width;
    }

    private static float Distance(Vortex light, float x, float y) => MathF.Sqrt((x - light.X) * (x - light.X) + (y - light.Y) * (y - light.Y));

    private static Vector2 Tilted(float angle) => new(MathF.Cos(angle), MathF.Sin(angle));
}
