using System.Numerics.Tensors;

namespace Pastiche.Imaging;

/// <summary>
/// Scales pictures. libvips is not used here: its bicubic enlargement lies half an output pixel off centre, which would add up
/// over a coarse-to-fine run, and it refuses reductions beyond a few hundred times; planes also need no interleaving this way.
/// </summary>
public static class Resampling
{
    // Opacity below this (a quarter of an 8-bit step) carries no colour worth dividing by.
    private const float Transparent = 0.25f / 255;

    /// <summary>
    /// Scales a picture with a Lanczos-3 filter, widened when it shrinks so that nothing aliases. Opacity weighs the colours,
    /// so that those of transparent pixels do not bleed into visible ones.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">The new width in pixels, at least 1.</param>
    /// <param name="height">The new height in pixels, at least 1.</param>
    /// <returns>The scaled picture, clamped to 0 to 1, with the same profile; the same object when the size is the same.</returns>
    public static Picture Resize(Picture picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, PictureFile.MaxPixels, nameof(width));
        if (width == picture.Width && height == picture.Height)
            return picture;

        LanczosFilter horizontal = new(picture.Width, width);
        LanczosFilter vertical = new(picture.Height, height);
        float[] planes = picture.Alpha is null
            ? Scale(picture.Planes, 3, horizontal, vertical)
            : ScaleWeighted(picture.Planes, picture.Alpha, horizontal, vertical);
        float[]? alpha = picture.Alpha is null ? null : Clamp(Scale(picture.Alpha, 1, horizontal, vertical));
        return new Picture(width, height, Clamp(planes), alpha, picture.IccProfile);
    }

    /// <summary>Scales planes of any values with the same filter; they may swing beyond the range that they had.</summary>
    /// <param name="planes"><c>[3, height, width]</c>.</param>
    /// <param name="from">Their size.</param>
    /// <param name="result">Receives <c>[3, height, width]</c> of the new size.</param>
    /// <param name="to">The new size.</param>
    internal static void Resize(float[] planes, (int Width, int Height) from, float[] result, (int Width, int Height) to) =>
        Scale(planes, 3, new LanczosFilter(from.Width, to.Width), new LanczosFilter(from.Height, to.Height), result);

    /// <summary>The size whose long side has a given length and whose aspect ratio is that of another size.</summary>
    /// <param name="width">Width of the other size, at least 1.</param>
    /// <param name="height">Height of the other size, at least 1.</param>
    /// <param name="longSide">The long side wanted in pixels, at least 1.</param>
    /// <returns>The size; its short side is rounded and at least 1.</returns>
    public static (int Width, int Height) FitLongSide(int width, int height, int longSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longSide, 1);
        return width >= height ? (longSide, Short(height, width)) : (Short(width, height), longSide);

        int Short(int shorter, int longer) =>
            Math.Max(1, (int)Math.Round((double)shorter * longSide / longer, MidpointRounding.AwayFromZero));
    }

    // Scales colour * opacity and divides by the scaled opacity. Where nothing is visible, the plain colours are kept.
    private static float[] ScaleWeighted(float[] planes, float[] alpha, LanczosFilter horizontal, LanczosFilter vertical)
    {
        var weighted = new float[planes.Length];
        for (int band = 0; band < 3; band++)
        {
            Range plane = (band * alpha.Length)..((band + 1) * alpha.Length);
            TensorPrimitives.Multiply(planes.AsSpan(plane), alpha, weighted.AsSpan(plane));
        }

        float[] scaled = Scale(weighted, 3, horizontal, vertical);
        float[] opacity = Scale(alpha, 1, horizontal, vertical);
        float[] plain = Scale(planes, 3, horizontal, vertical);
        for (int i = 0; i < scaled.Length; i++)
        {
            float a = opacity[i % opacity.Length];
            scaled[i] = a > Transparent ? scaled[i] / a : plain[i];
        }
        return scaled;
    }

    // planes: [bands, vertical.InputLength, horizontal.InputLength] -> [bands, vertical.OutputLength, horizontal.OutputLength]
    private static float[] Scale(float[] planes, int bands, LanczosFilter horizontal, LanczosFilter vertical)
    {
        var result = new float[bands * vertical.OutputLength * horizontal.OutputLength];
        Scale(planes, bands, horizontal, vertical, result);
        return result;
    }

    private static void Scale(float[] planes, int bands, LanczosFilter horizontal, LanczosFilter vertical, float[] result)
    {
        int inputWidth = horizontal.InputLength, width = horizontal.OutputLength;
        int inputHeight = vertical.InputLength, height = vertical.OutputLength;
        Parallel.For(0, bands * height, () => new float[inputWidth], (index, _, row) =>
        {
            ReadOnlySpan<float> plane = planes.AsSpan(index / height * inputHeight * inputWidth, inputHeight * inputWidth);
            vertical.MixRows(plane, inputWidth, index % height, row);
            horizontal.FilterRow(row, result.AsSpan(index * width, width));
            return row;
        }, _ => { });
    }

    private static float[] Clamp(float[] values)
    {
        TensorPrimitives.Clamp(values, 0f, 1f, values);
        return values;
    }
}
