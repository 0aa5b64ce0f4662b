using Pastiche.Imaging;

namespace Pastiche.Studio.Pictures;

/// <summary>Small copies of pictures, which every browser can show.</summary>
internal static class Thumbnail
{
    /// <summary>A picture whose long side is at most a length, enlarged never.</summary>
    public static Picture Fit(Picture picture, int longSide)
    {
        if (Math.Max(picture.Width, picture.Height) <= longSide)
            return picture;
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, longSide);
        return Resampling.Resize(picture, width, height);
    }

    /// <summary>A small copy as JPEG in sRGB.</summary>
    public static byte[] Jpeg(Picture picture, int longSide)
    {
        Picture small = Fit(picture, longSide);
        return PictureFile.Encode(new Picture(small.Width, small.Height, small.Planes, small.Alpha), ".jpg");
    }
}
