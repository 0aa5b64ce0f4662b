using System.Numerics;
using Pastiche.Samples.Drawing;

namespace Pastiche.Samples.Paintings;

/// <summary>Sun, orange tree and fishes, laid in glass and stone tiles whose rows follow the forms.</summary>
internal sealed class Mosaic
{
    private const float Sea = 760;
    private const float Frame = 66;

    private static readonly Vector3[] SkyColours = Ink.Palette(0xf6e7b0, 0xe9d9a0, 0x9fd0c6, 0x58b0bf, 0x2f8fb3, 0x2470a3, 0x1d5a92);
    private static readonly Vector3[] SunColours = Ink.Palette(0xfff0a8, 0xf9cf4a, 0xf0a21f, 0xd9741a);
    private static readonly Vector3[] FarColours = Ink.Palette(0x7f9a86, 0xa7b58c, 0x5f8a8c, 0x8d7fa0);
    private static readonly Vector3[] NearColours = Ink.Palette(0x3f6b2f, 0x6f8f35, 0xb5a84a, 0x557a34, 0xc9b45c);
    private static readonly Vector3[] SeaColours = Ink.Palette(0x0f2f66, 0x15508c, 0x1d7fa8, 0x38a9b4, 0x7fd0c4);
    private static readonly Vector3[] FishColours = Ink.Palette(0xf7c64a, 0xea7a2a, 0xc93a26, 0x8f1f2c);
    private static readonly Vector3[] LeafColours = Ink.Palette(0x163b22, 0x23602d, 0x3f8a3a, 0x86b34a);
    private static readonly Vector3[] TrunkColours = Ink.Palette(0x4a2c1a, 0x7a4a28, 0xa06a3a);
    private static readonly Vector2 Sun = new(1075, 325);
    private static readonly (Vector2 Middle, float Angle, float Length)[] Fishes =
        [(new(520, 925), -0.28f, 150), (new(985, 1010), 0.16f, 175), (new(1260, 865), -0.42f, 105)];

    private static readonly (Vector2 Middle, float Radius)[] Crowns =
        [(new(330, 330), 130), (new(215, 430), 105), (new(455, 425), 112), (new(340, 480), 110), (new(270, 250), 75), (new(415, 275), 78)];

    private readonly Canvas _canvas = new(768, 608);
    private readonly Noise _noise = new(81);
    private readonly Random _random = new(547);
    private readonly int[] _parts;

    private Mosaic()
    {
        _parts = new int[_canvas.Width * _canvas.Height];
        Parallel.For(0, _canvas.Height, y =>
        {
            for (int x = 0; x < _canvas.Width; x++)
                _parts[y * _canvas.Width + x] = (int)Compose(x, y);
        });
    }

    private enum Part { Frame, Band, Sun, Ray, Sky, Cloud, Far, Near, Sea, Foam, Fish, Fin, Eye, Leaf, Fruit, Trunk }

    public static Canvas Paint()
    {
        var mosaic = new Mosaic();
        mosaic.Lay();
        mosaic._canvas.Light(depth: 0.2f, gloss: 0.22f);
        return mosaic._canvas;
    }

    private void Lay()
    {
        Canvas canvas = _canvas;
        var tiles = new Tesserae((canvas.Width, canvas.Height), (x, y) => (int)PartAt(x, y), Angle, Side, _random);
        tiles.Settle(rounds: 9);
        int[] map = tiles.Map();
        FloatPlane seam = Seams.Distance(map, canvas.Width, canvas.Height);
        Vector3[] colours = [.. tiles.Places.Select(TileColour)];
        // A tile never lies quite flat: each catches the light from its own side.
        Vector2[] tilts = [.. tiles.Places.Select(_ => 0.42f * new Vector2(_random.NextSingle() - 0.5f, _random.NextSingle() - 0.5f))];

        canvas.Fill((x, y) =>
        {
            int tile = map[y * canvas.Width + x];
            float inside = tile < 0 ? 0 : seam[x, y] - 1.6f + 0.7f * _noise.At(x / 5f, y / 5f);
            float sand = 0.5f * _noise.At(x / 2f, y / 2f) + 0.5f * _noise.Fractal(x / 40f, y / 40f, 3);
            Vector3 grout = Ink.Hex(0x6b6256) * (1 + 0.3f * sand);
            if (inside <= 0)
            {
                canvas.Relief[x, y] = 0.8f * sand;
                return grout;
            }
            Vector2 fromMiddle = new Vector2(x, y) - tiles.Places[tile];
            float streak = _noise.Fractal((x + 37 * tile) / 16f, (y - 53 * tile) / 5f, 3);
            canvas.Relief[x, y] = 1.1f * MathF.Min(inside, 3.5f) + Vector2.Dot(tilts[tile], fromMiddle) + 0.45f * streak;
            return Vector3.Lerp(grout, Ink.Shift(colours[tile], 0.13f * streak, 0), Ink.Step(0, 1.4f, inside));
        });
    }

    // Fine things are laid in small tiles.
    private static float Side(int part) => (Part)part switch
    {
        Part.Fish or Part.Fin or Part.Eye or Part.Fruit or Part.Foam => 14,
        Part.Sun or Part.Ray or Part.Leaf or Part.Trunk or Part.Band => 17,
        _ => 21,
    };

    // Rows run along the level lines of whatever shapes the part.
    private float Angle(float x, float y)
    {
        Part part = PartAt(x, y);
        float right = Level(part, x + 2, y) - Level(part, x - 2, y), down = Level(part, x, y + 2) - Level(part, x, y - 2);
        return MathF.Atan2(down, right);
    }

    private float Level(Part part, float x, float y)
    {
        var place = new Vector2(x, y);
        return part switch
        {
            Part.Frame or Part.Band => Edge(x, y),
            Part.Sun or Part.Ray or Part.Sky => Vector2.Distance(place, Sun) + 14 * _noise.At(x / 150, y / 150),
            Part.Cloud => y + 40 * _noise.At(x / 90, y / 90),
            Part.Far => y - FarRidge(x),
            Part.Near => y - NearRidge(x),
            Part.Sea or Part.Foam => Wave(x, y),
            Part.Fish or Part.Fin or Part.Eye => FishFrame(Fishes.MinBy(fish => Vector2.Distance(fish.Middle, place)), place).Y,
            Part.Leaf => Crowns.Min(crown => Vector2.Distance(crown.Middle, place) / crown.Radius) * 100,
            Part.Trunk => x + 0.2f * y,
            _ => x + y,
        };
    }

    private Vector3 TileColour(Vector2 place)
    {
        (float x, float y) = (place.X, place.Y);
        Part part = PartAt(x, y);
        float chance = _random.NextSingle();
        float level = Level(part, x, y);
        Vector3 colour = part switch
        {
            Part.Frame => Ink.Hex(chance < 0.5f ? 0x8a2f22 : 0x6f2620),
            Part.Band => (int)((x + y) / 34) % 2 == 0 ? Ink.Hex(0xefe2c4) : Ink.Hex(0x1e2430),
            Part.Sun => Ink.Along(SunColours, level / 150 + 0.2f * (chance - 0.5f)),
            Part.Ray => Ink.Along(SunColours, 0.4f + (level - 130) / 220 + 0.4f * (chance - 0.5f)),
            Part.Sky => Ink.Along(SkyColours, (level - 110) / 800 + 0.07f * MathF.Sin(level / 26) + 0.16f * (chance - 0.5f)),
            Part.Cloud => Ink.Along(Ink.Palette(0xffffff, 0xf3ead8, 0xd5e4e6), chance),
            Part.Far => Ink.Along(FarColours, level / 150 + 0.4f * (chance - 0.5f)),
            Part.Near => Ink.Along(NearColours, 0.5f + 0.42f * MathF.Sin(level / 19) + 0.3f * (chance - 0.5f)),
            Part.Sea => Ink.Along(SeaColours, 0.95f * (1 - (level / 62 - MathF.Floor(level / 62))) + 0.25f * (chance - 0.5f)),
            Part.Foam => Ink.Along(Ink.Palette(0xffffff, 0xd8f0ea, 0xa9ded6), chance),
            Part.Fish => Ink.Along(FishColours, 0.45f - level / 70 + 0.35f * (chance - 0.5f)),
            Part.Fin => Ink.Along(FishColours, 0.65f + 0.5f * (chance - 0.3f)),
            Part.Eye => Ink.Hex(0x14161c),
            Part.Leaf => Ink.Along(LeafColours, 1.05f - level / 100 + 0.5f * (chance - 0.5f) - (y - 380) / 900),
            Part.Fruit => Ink.Along(SunColours, 0.55f + 0.45f * chance),
            _ => Ink.Along(TrunkColours, chance),
        };
        // One tile in twenty is gold.
        if (chance > 0.95f && part is (Part.Sky or Part.Near or Part.Sea))
            colour = Vector3.Lerp(colour, Ink.Hex(0xe8bf5a), 0.7f);
        return Ink.Shift(colour, 0.26f * (_random.NextSingle() - 0.5f), 0.08f * (_random.NextSingle() - 0.5f));
    }

    private Part PartAt(float x, float y) =>
        (Part)_parts[Math.Clamp((int)y, 0, _canvas.Height - 1) * _canvas.Width + Math.Clamp((int)x, 0, _canvas.Width - 1)];

    private Part Compose(float x, float y)
    {
        float edge = Edge(x, y);
        if (edge < Frame)
            return edge is > 22 and < 44 ? Part.Band : Part.Frame;

        var place = new Vector2(x, y);
        if (FishAt(place) is Part fish)
            return fish;
        if (y > Sea)
            return Wave(x, y) / 62 is float wave && wave - MathF.Floor(wave) < 0.24f ? Part.Foam : Part.Sea;
        if (TreeAt(place) is Part tree)
            return tree;
        if (y > NearRidge(x))
            return Part.Near;
        if (y > FarRidge(x))
            return Part.Far;

        float distance = Vector2.Distance(place, Sun);
        if (distance < 125)
            return Part.Sun;
        float ray = MathF.Abs(MathF.IEEERemainder(MathF.Atan2(y - Sun.Y, x - Sun.X), MathF.Tau / 16)) * 16 / MathF.PI;
        if (distance is > 140 and < 235 && ray < 0.9f * (235 - distance) / 95)
            return Part.Ray;
        float cloud = MathF.Pow((y - 190 - 12 * MathF.Sin(x / 36)) / 34, 2) + MathF.Pow((x - 690) / 120, 2);
        float second = MathF.Pow((y - 470 - 12 * MathF.Sin(x / 33)) / 30, 2) + MathF.Pow((x - 1320) / 120, 2);
        return MathF.Min(cloud, second) < 1 ? Part.Cloud : Part.Sky;
    }

    private float Edge(float x, float y) => MathF.Min(MathF.Min(x, _canvas.Width - 1 - x), MathF.Min(y, _canvas.Height - 1 - y));

    private static float FarRidge(float x) => 600 - 70 * MathF.Sin(x / 170) - 36 * MathF.Sin(x / 71 + 1);

    private static float NearRidge(float x) => 655 - 55 * MathF.Cos((x - 330) / 210) + 0.00006f * (x - 330) * (x - 330);

    // Scalloped crests, each row shifted against the one before.
    private static float Wave(float x, float y)
    {
        float row = MathF.Floor((y - Sea) / 62);
        return y - Sea + 30 * MathF.Abs(MathF.Sin(x / 82 + 0.35f * MathF.Sin(row) + 0.0032f * y)) + 4 * MathF.Sin(x / 31);
    }

    private static Part? TreeAt(Vector2 place)
    {
        foreach ((Vector2 middle, float radius) in Crowns)
        {
            for (int i = 0; i < 3; i++)
            {
                (float sin, float cos) = MathF.SinCos(2.1f * i + radius);
                if (Vector2.Distance(place, middle + 0.62f * radius * new Vector2(cos, sin)) < 21)
                    return Part.Fruit;
            }
        }
        if (Crowns.Any(crown => Vector2.Distance(place, crown.Middle) < crown.Radius))
            return Part.Leaf;
        float trunk = MathF.Abs(place.X - 340 - 14 * MathF.Sin(place.Y / 50));
        return place.Y is > 480 and < 700 && trunk < 24 + 0.0009f * MathF.Pow(MathF.Max(place.Y - 590, 0), 2) ? Part.Trunk : null;
    }

    private static Part? FishAt(Vector2 place)
    {
        foreach ((Vector2 Middle, float Angle, float Length) fish in Fishes)
        {
            (float along, float across) = (FishFrame(fish, place).X / fish.Length, FishFrame(fish, place).Y / fish.Length);
            if (MathF.Pow(along - 0.62f, 2) + MathF.Pow(across + 0.07f, 2) < 0.0065f)
                return Part.Eye;
            float half = 0.36f * (1 - along * along) * (1.1f + 0.35f * along);
            if (along is > -0.93f and < 1 && MathF.Abs(across) < half)
                return MathF.Abs(along - 0.38f) < 0.035f ? Part.Fin : Part.Fish;
            if (along is > -1.4f and <= -0.8f && MathF.Abs(across) < 0.05f - 0.75f * (along + 0.8f) && MathF.Abs(across) > -1.1f * (along + 1.16f))
                return Part.Fin;
            if (along is > -0.35f and < 0.3f && across < 0 && across > -half - 0.3f * (0.3f - along) * (along + 0.5f) * 2)
                return Part.Fin;
        }
        return null;
    }

    // Along and across a fish whose back is bent: it swims to the right.
    private static Vector2 FishFrame((Vector2 Middle, float Angle, float Length) fish, Vector2 place)
    {
        Vector2 d = Vector2.Transform(place - fish.Middle, Matrix3x2.CreateRotation(-fish.Angle));
        return d with { Y = d.Y - 0.16f * d.X * d.X / fish.Length };
    }
}
