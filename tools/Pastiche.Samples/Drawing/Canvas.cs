using System.Numerics;
using Pastiche.Imaging;

namespace Pastiche.Samples.Drawing;

/// <summary>
/// Colour and relief of a painting in progress. Everything is drawn at <see cref="Oversampling"/> times the final size
/// and averaged down at the end, which is all the antialiasing there is; coordinates are pixels of the large canvas.
/// </summary>
internal sealed class Canvas
{
    /// <summary>Canvas pixels along one side of a final pixel.</summary>
    public const int Oversampling = 2;

    /// <summary>An empty canvas for a picture of the given final size.</summary>
    public Canvas(int finalWidth, int finalHeight)
    {
        (Width, Height) = (finalWidth * Oversampling, finalHeight * Oversampling);
        Colour = new Vector3[Width * Height];
        Relief = new FloatPlane(Width, Height);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Colour of each pixel, row by row.</summary>
    public Vector3[] Colour { get; }

    /// <summary>Thickness of the paint, in canvas pixels.</summary>
    public FloatPlane Relief { get; }

    /// <summary>Gives every pixel the colour that a function of its place says. The rows run in parallel.</summary>
    public void Fill(Func<int, int, Vector3> colour) => Parallel.For(0, Height, y =>
    {
        for (int x = 0; x < Width; x++)
            Colour[y * Width + x] = colour(x, y);
    });

    /// <summary>Lights the relief from the upper left: slopes towards the light brighten, the others darken.</summary>
    /// <param name="depth">Brightness change of a slope of one.</param>
    /// <param name="gloss">Strength of the white highlights of wet paint, glass or glaze.</param>
    public void Light(float depth, float gloss)
    {
        Vector3[] lit = new Vector3[Colour.Length];
        Parallel.For(0, Height, y =>
        {
            for (int x = 0; x < Width; x++)
            {
                float slope = 0.35f * (Relief[x + 1, y] - Relief[x - 1, y]) + 0.5f * (Relief[x, y + 1] - Relief[x, y - 1]);
                float shade = Math.Clamp(depth * slope, -0.45f, 0.45f);
                float highlight = gloss * MathF.Pow(Math.Clamp(slope * 1.3f, 0, 1), 3);
                lit[y * Width + x] = Colour[y * Width + x] * (1 + shade) + new Vector3(highlight);
            }
        });
        lit.CopyTo(Colour, 0);
    }

    /// <summary>The finished picture at its final size.</summary>
    public Picture ToPicture()
    {
        int width = Width / Oversampling, height = Height / Oversampling;
        float[] planes = new float[3 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Vector3 sum = Vector3.Zero;
                for (int dy = 0; dy < Oversampling; dy++)
                {
                    for (int dx = 0; dx < Oversampling; dx++)
                        sum += Vector3.Clamp(Colour[(y * Oversampling + dy) * Width + x * Oversampling + dx], Vector3.Zero, Vector3.One);
                }
                for (int channel = 0; channel < 3; channel++)
                    planes[(channel * height + y) * width + x] = sum[channel] / (Oversampling * Oversampling);
            }
        }
        return new Picture(width, height, planes);
    }
}
