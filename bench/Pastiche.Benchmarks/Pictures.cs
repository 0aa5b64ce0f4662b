using Pastiche.Imaging;

namespace Pastiche.Benchmarks;

/// <summary>The pictures that quality is measured on.</summary>
internal static class Pictures
{
    /// <summary>The files of a folder that look like pictures, in ordinal order of their names.</summary>
    /// <exception cref="InvalidInputException">The folder does not exist or has no pictures.</exception>
    public static string[] Files(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InvalidInputException($"folder {folder} does not exist");
        string[] files =
        [
            .. Directory.GetFiles(folder)
                .Where(file => PictureFile.WritableExtensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length > 0 ? files : throw new InvalidInputException($"folder {folder} has no pictures");
    }

    /// <summary>The square in the middle of a picture.</summary>
    /// <exception cref="InvalidInputException">The picture is smaller.</exception>
    public static Picture CentreCrop(string file, int side)
    {
        Picture picture = PictureFile.Read(file);
        if (Math.Min(picture.Width, picture.Height) < side)
            throw new InvalidInputException($"{file} has {picture.Width} x {picture.Height} pixels; at least {side} x {side} are needed");
        int left = (picture.Width - side) / 2, top = (picture.Height - side) / 2;
        var planes = new float[3 * side * side];
        for (int row = 0; row < 3 * side; row++)
        {
            (int channel, int y) = Math.DivRem(row, side);
            int start = (channel * picture.Height + top + y) * picture.Width + left;
            picture.Planes.AsSpan(start, side).CopyTo(planes.AsSpan(row * side));
        }
        return new Picture(side, side, planes);
    }
}
