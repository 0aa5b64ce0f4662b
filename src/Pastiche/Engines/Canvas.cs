using Pastiche.Compute;
using Pastiche.Imaging;

namespace Pastiche.Engines;

/// <summary>
/// A picture with a margin around it, to be cut off afterwards. Layers that are padded with zeros see a frame there, and an
/// optimiser would paint one. The margin mirrors the picture or, for one that is to tile, repeats it.
/// </summary>
internal sealed class Canvas(int height, int width, int margin, bool isTiled = false)
{
    /// <summary>Height with the margin.</summary>
    public int Height => height + 2 * margin;

    /// <summary>Width with the margin.</summary>
    public int Width => width + 2 * margin;

    /// <summary>Puts the margin around planes.</summary>
    /// <param name="planes"><c>[3, height, width]</c>.</param>
    /// <returns><c>[3, Height, Width]</c>.</returns>
    public float[] Enlarge(ReadOnlySpan<float> planes)
    {
        var result = new float[3 * Height * Width];
        for (int row = 0; row < 3 * Height; row++)
        {
            (int channel, int y) = Math.DivRem(row, Height);
            ReadOnlySpan<float> source = planes.Slice((channel * height + Inside(y - margin, height)) * width, width);
            for (int x = 0; x < Width; x++)
                result[row * Width + x] = source[Inside(x - margin, width)];
        }
        return result;
    }

    /// <summary>Puts the margin around a picture's colours.</summary>
    public Picture Enlarge(Picture picture) => new(Width, Height, Enlarge(picture.Planes));

    /// <summary>Cuts the margin off.</summary>
    /// <param name="planes"><c>[3, Height, Width]</c>.</param>
    /// <param name="result">Receives <c>[3, height, width]</c>.</param>
    public void Crop(ReadOnlySpan<float> planes, Span<float> result)
    {
        for (int row = 0; row < 3 * height; row++)
        {
            (int channel, int y) = Math.DivRem(row, height);
            planes.Slice((channel * Height + y + margin) * Width + margin, width).CopyTo(result.Slice(row * width, width));
        }
    }

    /// <summary>
    /// Adds what belongs to the margin to the pixels that it was made of: the adjoint of <see cref="Enlarge(ReadOnlySpan{float})"/>, which
    /// takes gradients back.
    /// </summary>
    /// <param name="planes"><c>[3, Height, Width]</c>.</param>
    /// <param name="result">Receives <c>[3, height, width]</c>.</param>
    public void Fold(ReadOnlySpan<float> planes, Span<float> result)
    {
        result.Clear();
        for (int row = 0; row < 3 * Height; row++)
        {
            (int channel, int y) = Math.DivRem(row, Height);
            Span<float> target = result.Slice((channel * height + Inside(y - margin, height)) * width, width);
            ReadOnlySpan<float> source = planes.Slice(row * Width, Width);
            for (int x = 0; x < Width; x++)
                target[Inside(x - margin, width)] += source[x];
        }
    }

    private int Inside(int coordinate, int size) =>
        isTiled ? (coordinate % size + size) % size : Reflection.Inside(coordinate, size);
}
