using System.Numerics;

namespace Pastiche.Samples.Drawing;

/// <summary>
/// A flat brush with bristles: each bristle carries its own shade and its own amount of paint, which runs out before
/// the stroke ends; the paint stands higher at the stroke's edges, where the brush pushes it.
/// </summary>
internal sealed class Brush(Canvas canvas, Random random)
{
    /// <summary>One stroke along a path of points about one canvas pixel apart.</summary>
    /// <param name="path">Places in canvas pixels.</param>
    /// <param name="colour">The paint.</param>
    /// <param name="width">Width of the stroke, in canvas pixels.</param>
    /// <param name="body">Thickness of the paint, in canvas pixels.</param>
    public void Stroke(IReadOnlyList<Vector2> path, Vector3 colour, float width, float body)
    {
        if (path.Count < 3)
            return;

        Bristle[] bristles = [.. Enumerable.Range(0, Math.Max(3, (int)(width / 1.7f))).Select(_ => Load())];
        for (int i = 0; i < path.Count; i++)
        {
            Vector2 tangent = Vector2.Normalize(path[Math.Min(i + 1, path.Count - 1)] - path[Math.Max(i - 1, 0)]);
            var across = new Vector2(-tangent.Y, tangent.X);
            float along = i / (float)(path.Count - 1);
            float half = width / 2 * Taper(along);
            for (float offset = -half; offset <= half; offset += 0.6f)
            {
                float edge = offset / half;
                Bristle bristle = bristles[Math.Clamp((int)((offset / width + 0.5f) * bristles.Length), 0, bristles.Length - 1)];
                if (along <= bristle.Reach)
                    Touch(path[i] + offset * across, Ink.Shift(colour, bristle.Shade, 0.15f * bristle.Shade), body * bristle.Load * (0.7f + 0.5f * edge * edge));
            }
        }
    }

    private Bristle Load() => new(0.22f * (random.NextSingle() - 0.5f), 0.72f + 0.28f * MathF.Sqrt(random.NextSingle()), 0.35f + 0.65f * random.NextSingle());

    private void Touch(Vector2 place, Vector3 colour, float height)
    {
        int x = (int)MathF.Round(place.X), y = (int)MathF.Round(place.Y);
        if (x < 0 || y < 0 || x >= canvas.Width || y >= canvas.Height)
            return;

        // A little of the wet paint below comes through.
        ref Vector3 pixel = ref canvas.Colour[y * canvas.Width + x];
        pixel = Vector3.Lerp(pixel, colour, 0.8f);
        canvas.Relief[x, y] = float.Lerp(canvas.Relief[x, y], height, 0.8f);
    }

    // Round where the brush is set down, thinner where it is lifted.
    private static float Taper(float along) =>
        MathF.Sqrt(Math.Clamp(along * 9, 0.05f, 1)) * MathF.Sqrt(Math.Clamp((1 - along) * 5, 0.05f, 1));

    private readonly record struct Bristle(float Shade, float Reach, float Load);
}
