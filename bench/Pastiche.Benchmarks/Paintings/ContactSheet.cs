using Pastiche.Imaging;

namespace Pastiche.Benchmarks.Paintings;

/// <summary>Lays pictures out on white.</summary>
internal static class ContactSheet
{
    private const int Gap = 8;

    /// <summary>Rows of pictures from the top left, without scaling.</summary>
    public static Picture Lay(IReadOnlyList<IReadOnlyList<Picture>> rows)
    {
        int width = rows.Max(row => row.Sum(picture => picture.Width) + Gap * (row.Count - 1));
        int height = rows.Sum(row => row.Max(picture => picture.Height)) + Gap * (rows.Count - 1);
        var planes = new float[3 * width * height];
        Array.Fill(planes, 1);
        int top = 0;
        foreach (IReadOnlyList<Picture> row in rows)
        {
            int left = 0;
            foreach (Picture picture in row)
            {
                Copy(picture, planes, width, height, left, top);
                left += picture.Width + Gap;
            }
            top += row.Max(picture => picture.Height) + Gap;
        }
        return new Picture(width, height, planes);
    }

    private static void Copy(Picture picture, float[] planes, int width, int height, int left, int top)
    {
        for (int row = 0; row < 3 * picture.Height; row++)
        {
            (int channel, int y) = Math.DivRem(row, picture.Height);
            picture.Planes.AsSpan(row * picture.Width, picture.Width).CopyTo(planes.AsSpan((channel * height + top + y) * width + left));
        }
    }
}
