using System.Runtime.CompilerServices;
using Pastiche.Imaging;

namespace Pastiche.Studio.Tests;

/// <summary>Small pictures that are drawn for tests.</summary>
internal static class Pictures
{
    /// <summary>A picture with some structure, different for each seed.</summary>
    public static Picture Draw(int width, int height, int seed = 0)
    {
        var planes = new float[3 * width * height];
        for (int i = 0; i < planes.Length; i++)
        {
            int band = i / (width * height), x = i % width, y = i % (width * height) / width;
            planes[i] = 0.5f + 0.5f * MathF.Sin(0.3f * x * (band + 1) + 0.2f * y + seed);
        }
        return new Picture(width, height, planes);
    }

    /// <summary>Its PNG.</summary>
    public static byte[] Png(int width = 96, int height = 72, int seed = 0) => PictureFile.Encode(Draw(width, height, seed), ".png");

    /// <summary>A PNG of noise, which no compression makes smaller: about three bytes a pixel.</summary>
    public static byte[] Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        return PictureFile.Encode(new Picture(width, height, [.. Enumerable.Range(0, 3 * width * height).Select(_ => random.NextSingle())]), ".png");
    }

    /// <summary>White on the left, black on the right.</summary>
    public static byte[] HalfMask(int width = 96, int height = 72) => PictureFile.Encode(
        new Picture(width, height, [.. Enumerable.Range(0, 3 * width * height).Select(i => i % width < width / 2 ? 1f : 0f)]), ".png");

    /// <summary>A file of the repository.</summary>
    public static string FromRepository(string path) => Path.Combine(Root(), path);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
