using System.Numerics;

namespace Pastiche.Samples.Drawing;

/// <summary>How a wash of watercolour dries.</summary>
/// <param name="Strength">Amount of pigment, 1 for the paint's full colour.</param>
/// <param name="Edge">How much pigment gathers in the dark line where the puddle ended.</param>
/// <param name="Granulation">How much pigment settles in the hollows of the paper.</param>
/// <param name="Flow">How unevenly the pigment floats about in the puddle.</param>
internal readonly record struct Drying(float Strength, float Edge = 0.5f, float Granulation = 0.35f, float Flow = 0.5f);

/// <summary>A bloom: water that crept back into a drying wash and pushed the pigment outwards.</summary>
internal readonly record struct Bloom(float X, float Y, float Radius);

/// <summary>The part of the sheet that a wash may touch, in canvas pixels; right and bottom are outside it.</summary>
internal readonly record struct Area(int Left, int Top, int Right, int Bottom);

/// <summary>
/// Transparent washes on rough paper: each takes away light by the law of Beer and Lambert, so that
/// washes laid over one another multiply.
/// </summary>
internal sealed class Washes
{
    private readonly Canvas _canvas;
    private readonly Noise _noise;
    private readonly FloatPlane _tooth;
    private int _laid;

    public Washes(Canvas canvas, Noise noise, Vector3 paper)
    {
        (_canvas, _noise) = (canvas, noise);
        _tooth = FloatPlane.Of(canvas.Width, canvas.Height, (x, y) => 0.75f * noise.Fractal(x / 11f, y / 11f, 3) + 0.22f * noise.At(x / 3.2f, y / 3.2f));
        canvas.Fill((x, y) => paper * (1 + 0.03f * _tooth[x, y]));
    }

    /// <summary>Lays a wash.</summary>
    /// <param name="pigment">The colour of the paint at full strength on white.</param>
    /// <param name="drying">How it dries.</param>
    /// <param name="wet">How wet each place is, 0 (dry) to 1; the pigment goes where the water is.</param>
    /// <param name="area">Where to look for water at all; the whole sheet by default.</param>
    /// <param name="blooms">Where water crept back.</param>
    public void Lay(Vector3 pigment, Drying drying, Func<float, float, float> wet, Area? area = null, params Bloom[] blooms)
    {
        float layer = 71.7f * ++_laid;
        (int left, int top, int right, int bottom) = Clipped(area);
        FloatPlane mask = FloatPlane.Of(right - left, bottom - top, (column, row) =>
        {
            // The hand is unsteady and the paper draws the water along.
            int x = left + column, y = top + row;
            float dx = 9 * _noise.Fractal(x / 60f + layer, y / 60f, 3), dy = 9 * _noise.Fractal(x / 60f, y / 60f + layer, 3);
            return Math.Clamp(wet(x + dx + 1.5f * _tooth[x, y], y + dy), 0, 1);
        });
        FloatPlane inner = mask.Blurred(5);
        var absorbance = new Vector3(-MathF.Log(pigment.X + 0.02f), -MathF.Log(pigment.Y + 0.02f), -MathF.Log(pigment.Z + 0.02f));
        Parallel.For(top, bottom, y =>
        {
            for (int x = left; x < right; x++)
            {
                float water = mask[x - left, y - top];
                if (water <= 0)
                    continue;
                float rim = 2 * MathF.Max(0, water - inner[x - left, y - top]);
                float floating = 1 + drying.Flow * _noise.Fractal(x / 150f + layer, y / 110f - layer, 4);
                float settled = 1 - 1.4f * drying.Granulation * _tooth[x, y];
                float density = drying.Strength * water * (floating * settled * Bloomed(blooms, x, y) + drying.Edge * rim * rim);
                _canvas.Colour[y * _canvas.Width + x] *= Vector3.Exp(-MathF.Max(density, 0) * absorbance);
            }
        });
    }

    private Area Clipped(Area? area) => area is Area part
        ? new Area(Math.Max(part.Left, 0), Math.Max(part.Top, 0), Math.Min(part.Right, _canvas.Width), Math.Min(part.Bottom, _canvas.Height))
        : new Area(0, 0, _canvas.Width, _canvas.Height);

    // Pale inside, with a dark crinkled front like a cauliflower's outline.
    private float Bloomed(Bloom[] blooms, float x, float y)
    {
        float factor = 1;
        foreach (Bloom bloom in blooms)
        {
            float dx = x - bloom.X, dy = y - bloom.Y;
            float reach = MathF.Sqrt(dx * dx + 1.7f * dy * dy) / bloom.Radius + 0.34f * _noise.Fractal(x / 55 + bloom.X, y / 55, 4);
            float front = MathF.Exp(-MathF.Pow((reach - 1) / 0.05f, 2));
            factor *= float.Lerp(0.5f, 1, Ink.Step(0.55f, 1, reach)) + 0.4f * front;
        }
        return factor;
    }
}
