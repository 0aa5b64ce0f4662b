using Pastiche.Imaging;

namespace Pastiche.Training;

/// <summary>A photograph as it is kept in memory: 8 bits a colour, which is what most files hold, at a quarter of a float's size.</summary>
/// <param name="Name">Its path relative to the folder it came from, with slashes.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Planes">Red, green, blue, <c>[3, Height, Width]</c>, sRGB-encoded, 0 to 255.</param>
internal sealed record Photo(string Name, int Width, int Height, byte[] Planes)
{
    /// <summary>The longest side that is kept, in pixels; larger photographs are reduced.</summary>
    public const int LongestSide = 1024;

    /// <summary>The shortest side that is worth training on, in pixels.</summary>
    public const int LeastSide = 64;

    /// <summary>The shorter of the sides.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>Reads a photograph and reduces it to <see cref="LongestSide"/>. A transparent one is laid over white.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The photograph's name.</param>
    /// <exception cref="InvalidInputException">It is no readable picture or too small.</exception>
    public static Photo Read(string path, string name)
    {
        Picture picture = PictureFile.Read(path);
        if (Math.Max(picture.Width, picture.Height) > LongestSide)
        {
            (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, LongestSide);
            picture = Resampling.Resize(picture, width, height);
        }
        var photo = new Photo(name, picture.Width, picture.Height, Quantise(picture));
        return photo.ShortSide >= LeastSide ? photo : throw new InvalidInputException(
            $"cannot use {path}: {photo.Width} x {photo.Height} pixels, with the long side at most {LongestSide}, are too few; "
            + $"at least {LeastSide} a side are needed");
    }

    private static byte[] Quantise(Picture picture)
    {
        var bytes = new byte[picture.Planes.Length];
        int pixels = picture.Width * picture.Height;
        for (int i = 0; i < bytes.Length; i++)
        {
            float opacity = picture.Alpha is { } alpha ? alpha[i % pixels] : 1;
            float value = 1 - opacity * (1 - picture.Planes[i]);
            bytes[i] = (byte)(value * byte.MaxValue + 0.5f);
        }
        return bytes;
    }
}
