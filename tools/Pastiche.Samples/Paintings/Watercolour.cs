using System.Numerics;
using Pastiche.Samples.Drawing;

namespace Pastiche.Samples.Paintings;

/// <summary>Morning at a mountain lake: washes from pale to dark, wet in wet for the sky, wet on dry for what is near.</summary>
internal sealed class Watercolour
{
    private const float Lake = 735;

    private static readonly Vector2 Sun = new(600, 385);
    private static readonly (float X, float Foot, float Half, float Eaves)[] Houses = [(880, 722, 50, 40), (985, 726, 38, 32)];
    private static readonly (float X, float Y, float Radius, int Dabs)[] Crowns = [(195, 520, 155, 40), (345, 640, 90, 22), (1385, 640, 105, 26)];

    private readonly Canvas _canvas = new(768, 608);
    private readonly Noise _noise = new(29);
    private readonly Random _random = new(1842);
    private readonly Washes _washes;

    private readonly (float X, float Y, float Radius)[] _flowers;

    private Watercolour()
    {
        _washes = new Washes(_canvas, new Noise(3), Ink.Hex(0xfbf7ec));
        _flowers = [.. Enumerable.Range(0, 90).Select(_ =>
        {
            float x = 60 + (_canvas.Width - 120) * _random.NextSingle();
            return (x, Bank(x) - 20 + 110 * _random.NextSingle(), 3 + 9 * MathF.Pow(_random.NextSingle(), 1.6f));
        })];
    }

    public static Canvas Paint()
    {
        var painting = new Watercolour();
        painting.Sky();
        painting.Mountains();
        painting.Water();
        painting.House();
        painting.Trees();
        painting.Foreground();
        painting.Birds();
        return painting._canvas;
    }

    private void Sky()
    {
        // The sun is paper left white.
        float Open(float x, float y) => Sheet(x, y) * Ink.Step(46, 52, Far(x, y, Sun.X, Sun.Y)) * Ink.Step(Lake + 3, Lake - 3, y);
        _washes.Lay(Ink.Hex(0xfbd06a), new Drying(0.75f, Edge: 0.1f), (x, y) => Open(x, y) * Ink.Step(160, 520, y + 70 * Soft(x, y)), null, new Bloom(1250, 500, 130));
        _washes.Lay(Ink.Hex(0xf08a78), new Drying(0.65f, Edge: 0.1f), (x, y) => Open(x, y) * MathF.Exp(-MathF.Pow((y - 540 + 110 * Soft(x, y)) / 120, 2)), null, new Bloom(760, 430, 90));
        _washes.Lay(Ink.Hex(0x3f83c4), new Drying(0.95f, Edge: 0.25f, Granulation: 0.5f, Flow: 0.7f),
            (x, y) => Open(x, y) * (1 - Ink.Step(80, 430, y + 60 * Soft(x, y))) * (1 - 0.95f * Ink.Step(0.02f, 0.22f, _noise.Fractal(x / 330, y / 150, 4))),
            null, new Bloom(260, 150, 120), new Bloom(1210, 190, 150), new Bloom(720, 230, 90));
        _washes.Lay(Ink.Hex(0x7a6cb0), new Drying(0.4f, Edge: 0.4f, Granulation: 0.6f),
            (x, y) => Open(x, y) * Ink.Step(0.2f, 0.34f, _noise.Fractal(x / 300 + 5, y / 110, 4)) * Ink.Step(430, 250, y));
    }

    private void Mountains()
    {
        Range(Ink.Hex(0x8f9fd4), 0.62f, 500, 160, 4.1f, 330, new Bloom(420, 600, 90));
        Range(Ink.Hex(0x5f86bc), 0.7f, 570, 140, 1.7f, 260, new Bloom(1120, 660, 80));
        Range(Ink.Hex(0x3b7f98), 0.75f, 645, 105, 7.3f, 200, new Bloom(640, 700, 70));
        Range(Ink.Hex(0x3f8a58), 0.85f, 705, 50, 2.9f, 150);
    }

    // A ridge, dark along the crest and lost in the mist at its foot.
    private void Range(Vector3 pigment, float strength, float middle, float height, float place, float mist, params Bloom[] blooms) =>
        _washes.Lay(pigment, new Drying(strength, Edge: 1.1f, Granulation: 0.5f), (x, y) =>
        {
            float below = y - Ridge(x, middle, height, place);
            return Sheet(x, y) * Ink.Step(-1.5f, 1.5f, below) * (1 - 0.85f * Ink.Step(10, mist, below)) * Ink.Step(Lake + 3, Lake - 3, y) * Unmasked(x, y);
        }, null, blooms);

    private float Ridge(float x, float middle, float height, float place) =>
        middle - height * (1.5f * _noise.Fractal(x / 380 + place, place, 5) + 0.25f * MathF.Abs(_noise.At(x / 70, place)));

    private void Water()
    {
        float Open(float x, float y) => Sheet(x, y) * Ink.Step(Lake, Lake + 4, y) * Ink.Step(2, -2, y - Bank(x)) * Unmasked(x, y);
        float Glitter(float x, float y) => MathF.Exp(-MathF.Pow((x - Sun.X) / (60 + 0.3f * (y - Lake)), 2));
        _washes.Lay(Ink.Hex(0xf6a860), new Drying(0.6f, Edge: 0.2f), (x, y) => Open(x, y) * Glitter(x, y));
        // Where the brush ran dry the paper stays bare and sparkles.
        _washes.Lay(Ink.Hex(0x4a9fc4), new Drying(0.8f, Edge: 0.7f, Granulation: 0.55f, Flow: 0.7f), (x, y) =>
        {
            float dry = _noise.Fractal(x / 210, y / 17, 3) + 0.5f * Glitter(x, y);
            return Open(x, y) * (0.45f + 0.55f * Ink.Step(Lake, 1000, y)) * (1 - Ink.Step(0.24f, 0.36f, dry));
        }, null, new Bloom(330, 930, 110), new Bloom(1130, 900, 90));
        _washes.Lay(Ink.Hex(0x35788c), new Drying(0.7f, Edge: 0.8f, Granulation: 0.4f), (x, y) =>
        {
            float sway = 26 * MathF.Sin(y / 9 + 4 * _noise.At(x / 120, y / 60));
            float mirrored = 2 * Lake - y - 0.25f * (y - Lake);
            return Open(x, y) * Ink.Step(-3, 3, mirrored - Ridge(x + sway, 645, 105, 7.3f)) * (1 - 0.6f * Ink.Step(Lake, Lake + 160, y));
        });
        _washes.Lay(Ink.Hex(0x1f5a86), new Drying(0.7f, Edge: 1, Granulation: 0.3f),
            (x, y) => Open(x, y) * Ink.Step(0.3f, 0.36f, _noise.Fractal(x / 170 + 9, y / (6 + 0.03f * (y - Lake)), 2)) * Ink.Step(Lake + 40, Lake + 130, y) * (1 - 0.8f * Glitter(x, y)));
    }

    // Masking fluid: houses stay bare, and what lies behind the near trees is only hinted at.
    private float Unmasked(float x, float y)
    {
        float bare = 1;
        foreach ((float left, float foot, float half, float eaves) in Houses)
            bare = MathF.Min(bare, 1 - Ink.Step(-1, 1, MathF.Min(foot - y, MathF.Min(half - MathF.Abs(x - left), y - (foot - eaves - Pitch(x, left, half))))));
        foreach ((float middleX, float middleY, float radius, _) in Crowns)
            bare = MathF.Min(bare, 0.35f + 0.65f * Ink.Step(0.75f, 1.15f, Far(x, y, middleX, middleY) / radius + 0.3f * _noise.At(x / 40, y / 40)));
        return bare;
    }

    private static float Pitch(float x, float middle, float half) => 0.7f * (half - MathF.Abs(x - middle));

    private void House()
    {
        foreach ((float middle, float foot, float half, float eaves) in Houses)
        {
            var area = new Area((int)(middle - half) - 40, (int)(foot - eaves - half) - 30, (int)(middle + half) + 40, (int)Lake + 110);
            _washes.Lay(Ink.Hex(0xf0d9a8), new Drying(0.6f, Edge: 1), (x, y) => Box(x, y, middle, foot - eaves / 2, half - 6, eaves / 2), area);
            _washes.Lay(Ink.Hex(0x8a7fb8), new Drying(0.7f, Edge: 0.6f), (x, y) => Box(x, y, middle - half / 2 - 3, foot - eaves / 2, half / 2 - 4, eaves / 2), area);
            _washes.Lay(Ink.Hex(0xd2452a), new Drying(1.1f, Edge: 0.9f), (x, y) => Ink.Step(-1.5f, 1.5f, MathF.Min(y - (foot - eaves - Pitch(x, middle, half)), foot - eaves - y)), area);
            _washes.Lay(Ink.Hex(0x2a2438), new Drying(1.1f), (x, y) => Box(x, y, middle + half / 3, foot - eaves / 2 - 2, 5, 8), area);
            // Its mirror image trembles.
            _washes.Lay(Ink.Hex(0xd2593f), new Drying(0.7f, Edge: 0.8f), (x, y) => Box(x + 9 * MathF.Sin(y / 5), y, middle, Lake + 42, half * 0.8f, 18), area);
        }
    }

    private void Trees()
    {
        foreach ((float x, float y, float radius, int dabs) in Crowns)
            Crown(x, y, radius, dabs);
        Firs(1130, 1330, 9, 690);
        Firs(400, 540, 6, 712);
    }

    // Foliage: overlapping dabs of several greens, each dropped in while the last was still damp, over a dark trunk.
    private void Crown(float middleX, float middleY, float radius, int dabs)
    {
        var area = new Area((int)(middleX - 1.5f * radius), (int)(middleY - 1.4f * radius), (int)(middleX + 1.7f * radius), _canvas.Height);
        _washes.Lay(Ink.Hex(0x5a4030), new Drying(1.1f, Edge: 0.8f), (x, y) =>
        {
            float trunk = MathF.Abs(x - middleX - 0.12f * (y - middleY) - 10 * MathF.Sin(y / 60)) - 0.045f * radius - 0.0003f * MathF.Pow(MathF.Max(0, y - middleY), 2) * 60 / radius;
            return Ink.Step(1.5f, -1.5f, trunk) * Ink.Step(middleY - 0.3f * radius, middleY, y) * Ink.Step(Bank(x) + 30, Bank(x) + 8, y);
        }, area);
        int[] greens = [0xd8d45a, 0x8ab648, 0x4a8f48, 0x2f6f5a];
        for (int coat = 0; coat < greens.Length; coat++)
        {
            (float X, float Y, float Radius)[] leaves = [.. Enumerable.Range(0, dabs).Select(_ => Dab(middleX, middleY + 0.12f * coat * radius, radius * (1 - 0.08f * coat), 0.36f - 0.05f * coat))];
            _washes.Lay(Ink.Hex(greens[coat]), new Drying(0.75f, Edge: 1, Granulation: 0.45f, Flow: 0.8f), (x, y) =>
            {
                float nearest = leaves.Min(leaf => Far(x, y, leaf.X, leaf.Y) - leaf.Radius);
                float ragged = 16 * _noise.Fractal(x / 26, y / 26, 3) + 7 * _noise.At(x / 8, y / 8);
                return Ink.Step(3, -3, nearest + ragged) * Sheet(x, y);
            }, area, new Bloom(middleX + 0.3f * radius, middleY - 0.2f * radius, 0.4f * radius));
        }
    }

    private (float X, float Y, float Radius) Dab(float middleX, float middleY, float radius, float size)
    {
        (float sin, float cos) = MathF.SinCos(MathF.Tau * _random.NextSingle());
        float reach = radius * MathF.Sqrt(_random.NextSingle());
        return (middleX + reach * cos, middleY + 0.8f * reach * sin, radius * size * (0.4f + 0.6f * _random.NextSingle()));
    }

    private void Firs(float from, float to, int count, float foot)
    {
        (float X, float Height)[] firs = [.. Enumerable.Range(0, count).Select(i => (from + (to - from) * (i + _random.NextSingle()) / count, 70 + 90 * _random.NextSingle()))];
        _washes.Lay(Ink.Hex(0x2f6a5c), new Drying(0.95f, Edge: 0.9f, Granulation: 0.5f), (x, y) =>
        {
            float inside = -20;
            foreach ((float middle, float height) in firs)
            {
                float up = foot + 20 - y;
                float half = 0.24f * (height - up) * (0.7f + 0.45f * MathF.Abs(MathF.Sin(up / 9)));
                inside = MathF.Max(inside, up < height ? MathF.Min(half - MathF.Abs(x - middle), up + 6) : -20);
            }
            return Ink.Step(-2, 2, inside);
        }, new Area((int)from - 60, (int)foot - 190, (int)to + 60, (int)foot + 50));
    }

    private void Foreground()
    {
        float Open(float x, float y) => Sheet(x, y) * Ink.Step(0, 2, Flower(x, y));
        var near = new Area(0, 900, _canvas.Width, _canvas.Height);
        _washes.Lay(Ink.Hex(0xe6c850), new Drying(0.8f, Edge: 0.8f), (x, y) => Open(x, y) * Ink.Step(-2, 2, y - Bank(x)), near, new Bloom(900, 1140, 110), new Bloom(350, 1120, 80));
        _washes.Lay(Ink.Hex(0x7aa83f), new Drying(0.85f, Edge: 0.8f, Flow: 0.9f), (x, y) => Open(x, y) * Ink.Step(-2, 2, y - Bank(x) - 26 - 50 * _noise.Fractal(x / 120, y / 60, 3)), near, new Bloom(1200, 1150, 90));
        Grass(0x3f7a38, 170);
        Grass(0x8a6a34, 70);
        _washes.Lay(Ink.Hex(0xe0402f), new Drying(1, Edge: 0.9f), (x, y) => Sheet(x, y) * Ink.Step(1, -1, Flower(x, y)), near);
    }

    // Height of the near bank's edge.
    private float Bank(float x) => 1065 - 0.00014f * (x - 900) * (x - 900) + 28 * _noise.Fractal(x / 160, 6, 3);

    // Distance to the edge of the nearest flower, negative inside it.
    private float Flower(float x, float y) => _flowers.Min(flower => Far(x, y, flower.X, flower.Y) - flower.Radius);

    private void Grass(int pigment, int count)
    {
        (Vector2 Foot, Vector2 Tip)[] blades = [.. Enumerable.Range(0, count).Select(_ =>
        {
            float x = 40 + (_canvas.Width - 80) * _random.NextSingle();
            var foot = new Vector2(x, Bank(x) + 20 + 90 * _random.NextSingle());
            return (foot, foot + new Vector2(60 * (_random.NextSingle() - 0.4f), -40 - 80 * _random.NextSingle()));
        })];
        _washes.Lay(Ink.Hex(pigment), new Drying(0.9f, Edge: 0.7f), (x, y) =>
        {
            float wet = 0;
            foreach ((Vector2 foot, Vector2 tip) in blades)
            {
                float up = (foot.Y - y) / (foot.Y - tip.Y);
                if (up is >= 0 and <= 1)
                    wet = MathF.Max(wet, Ink.Step(1.2f, -1.2f, MathF.Abs(x - float.Lerp(foot.X, tip.X, up * up)) - 3.2f * (1 - up)));
            }
            return wet * Sheet(x, y) * Ink.Step(0, 2, Flower(x, y));
        }, new Area(0, 850, _canvas.Width, _canvas.Height));
    }

    private void Birds()
    {
        (float X, float Y, float Span)[] birds = [(960, 250, 32), (1040, 285, 26), (905, 310, 22), (1105, 235, 19), (1010, 345, 17)];
        _washes.Lay(Ink.Hex(0x2b2a3c), new Drying(1.1f), (x, y) => birds.Max(bird =>
        {
            float across = MathF.Abs(x - bird.X) / bird.Span;
            float wing = bird.Y + bird.Span * (0.9f * across * across - 0.75f * across);
            return across > 1 ? 0 : Ink.Step(1.2f, -1.2f, MathF.Abs(y - wing) - 3f * (1 - across));
        }), new Area(860, 180, 1160, 400));
    }

    // The painted field: its border wavers, and beyond it the paper stays bare.
    private float Sheet(float x, float y) =>
        Ink.Step(0, 3, MathF.Min(MathF.Min(x, _canvas.Width - x), MathF.Min(y, _canvas.Height - y)) - 34 - 7 * _noise.Fractal(x / 70, y / 70, 2));

    private float Soft(float x, float y) => _noise.Fractal(x / 260 + 3, y / 170, 3);

    private static float Far(float x, float y, float fromX, float fromY) => MathF.Sqrt((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY));

    private static float Box(float x, float y, float middleX, float middleY, float halfWidth, float halfHeight) =>
        Ink.Step(1.5f, -1.5f, MathF.Max(MathF.Abs(x - middleX) - halfWidth, MathF.Abs(y - middleY) - halfHeight));
}
