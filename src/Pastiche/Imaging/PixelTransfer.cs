using System.Numerics;
using NetVips;

namespace Pastiche.Imaging;

/// <summary>Moves pixels between libvips' interleaved integers and the planes of a <see cref="Picture"/>.</summary>
internal static class PixelTransfer
{
    // Pixels converted at a time: large enough to keep libvips' threads busy, small beside a big picture's planes.
    private const int ChunkPixels = 1 << 21;

    /// <summary>Computes an image and spreads its bands over planes.</summary>
    /// <param name="image">8 or 16 bits a band.</param>
    /// <returns>Planes <c>[bands, height, width]</c>, 0 to 1.</returns>
    public static float[] ToPlanes(Image image)
    {
        var planes = new float[image.Bands * image.Width * image.Height];
        int rows = Math.Max(1, ChunkPixels / image.Width);
        for (int top = 0; top < image.Height; top += rows)
        {
            using Image strip = image.Crop(0, top, image.Width, Math.Min(rows, image.Height - top));
            int offset = top * image.Width;
            if (image.Format == Enums.BandFormat.Uchar)
                Deinterleave<byte>(strip, planes, offset);
            else
                Deinterleave<ushort>(strip, planes, offset);
        }
        return planes;
    }

    /// <summary>Interleaves and rounds a picture's colours.</summary>
    /// <typeparam name="T">The unsigned integer of a band; 1 becomes its greatest value.</typeparam>
    /// <param name="picture">The picture; values outside 0 to 1 are clamped, NaN counts as 0.</param>
    /// <param name="overWhite">Whether to lay a transparent picture over white.</param>
    /// <returns>Pixels <c>[height, width, 3]</c>.</returns>
    public static T[] InterleaveColour<T>(Picture picture, bool overWhite)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        int count = picture.Width * picture.Height;
        var pixels = new T[3 * count];
        for (int band = 0; band < 3; band++)
        {
            ReadOnlySpan<float> plane = picture.Planes.AsSpan(band * count, count);
            for (int i = 0; i < count; i++)
            {
                float value = Clamp(plane[i]);
                if (overWhite && picture.Alpha is not null)
                    value = 1 - (Clamp(picture.Alpha[i]) * (1 - value));
                pixels[(3 * i) + band] = Quantise<T>(value);
            }
        }
        return pixels;
    }

    /// <summary>Rounds opacity to 8 bits.</summary>
    /// <param name="alpha">Opacity <c>[height, width]</c>; values outside 0 to 1 are clamped, NaN counts as 0.</param>
    /// <returns>Opacity <c>[height, width]</c>, 255 is opaque.</returns>
    public static byte[] QuantiseAlpha(ReadOnlySpan<float> alpha)
    {
        var bytes = new byte[alpha.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = Quantise<byte>(Clamp(alpha[i]));
        return bytes;
    }

    private static void Deinterleave<T>(Image strip, float[] planes, int offset)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        int bands = strip.Bands;
        int planeLength = planes.Length / bands;
        float white = float.CreateTruncating(T.MaxValue);
        T[] pixels = strip.WriteToMemory<T>();
        for (int band = 0; band < bands; band++)
        {
            Span<float> plane = planes.AsSpan((band * planeLength) + offset, strip.Width * strip.Height);
            for (int i = 0; i < plane.Length; i++)
                plane[i] = float.CreateTruncating(pixels[(i * bands) + band]) / white;
        }
    }

    // The first comparison is false for NaN.
    private static float Clamp(float value) => value > 0 ? Math.Min(value, 1) : 0;

    private static T Quantise<T>(float value)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
        T.CreateTruncating((value * float.CreateTruncating(T.MaxValue)) + 0.5f);
}
