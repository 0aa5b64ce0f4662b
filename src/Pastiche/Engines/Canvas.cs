using Pastiche.Compute;
using Pastiche.Imaging;

namespace Pastiche.Engines;

/// <summary>
/// A picture with a margin around it, to be cut off afterwards. Layers that are padded with zeros see a frame there, and an
/// optimiser would paint one. The margin mirrors the picture or, for one that is to tile, repeats it.
/// </summary>
internal sealed class Canvas(int height, int width, int margin, bool isTiled = false)
{
    /// <summary>Height of the picture.</summary>
    public int PictureHeight => height;

    /// <summary>Width of the picture.</summary>
    public int PictureWidth => width;

    /// <summary>Pixels of the margin on each side.</summary>
    public int Margin => margin;

    /// <summary>Height with the margin.</summary>
    public int Height => height + 2 * margin;

    /// <summary>Width with the margin.</summary>
    public int Width => width + 2 * margin;

    /// <summary>Puts the margin around planes.</summary>
    /// <param name="planes"><c>[channels, height, width]</c>.</param>
    /// <returns><c>[channels, Height, Width]</c>; without a margin the same array.</returns>
    public float[] Enlarge(float[] planes)
    {
        if (margin == 0)
            return planes;
        var result = new float[planes.Length / (height * width) * Height * Width];
        EnlargeRows(planes, 0, Height, result);
        return result;
    }

    /// <summary>Gives some rows of planes with the margin around them.</summary>
    /// <param name="planes"><c>[channels, height, width]</c>.</param>
    /// <param name="top">The first row, counted with the margin.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="result">Receives <c>[channels, rows, Width]</c>.</param>
    public void EnlargeRows(ReadOnlySpan<float> planes, int top, int rows, Span<float> result)
    {
        for (int row = 0; row < planes.Length / (height * width) * rows; row++)
        {
            (int channel, int y) = Math.DivRem(row, rows);
            ReadOnlySpan<float> source = planes.Slice((channel * height + Inside(top + y - margin, height)) * width, width);
            Span<float> target = result.Slice(row * Width, Width);
            for (int x = 0; x < margin; x++)
            {
                target[x] = source[Inside(x - margin, width)];
                target[margin + width + x] = source[Inside(width + x, width)];
            }
            source.CopyTo(target.Slice(margin, width));
        }
    }

    /// <summary>Puts the margin around a picture's colours.</summary>
    public Picture Enlarge(Picture picture) => new(Width, Height, Enlarge(picture.Planes));

    /// <summary>Cuts the margin off.</summary>
    /// <param name="planes"><c>[3, Height, Width]</c>.</param>
    /// <param name="result">Receives <c>[3, height, width]</c>.</param>
    public void Crop(ReadOnlySpan<float> planes, Span<float> result) => CropRows(planes, 0, Height, 0, Height, result);

    /// <summary>Cuts the margin off some rows.</summary>
    /// <param name="planes"><c>[3, rows, Width]</c>.</param>
    /// <param name="top">The first of these rows, counted with the margin.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="first">The first row to take, counted with the margin.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="result">Receives its rows of <c>[3, height, width]</c>.</param>
    public void CropRows(ReadOnlySpan<float> planes, int top, int rows, int first, int end, Span<float> result)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = Math.Max(first - margin, 0); y < Math.Min(end - margin, height); y++)
                planes.Slice((channel * rows + y + margin - top) * Width + margin, width).CopyTo(result.Slice((channel * height + y) * width, width));
        }
    }

    private int Inside(int coordinate, int size) =>
        (isTiled ? PaddingKind.Circular : PaddingKind.Reflection).Inside(coordinate, size);
}
