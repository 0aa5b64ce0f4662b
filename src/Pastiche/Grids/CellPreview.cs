using Pastiche.Imaging;

namespace Pastiche.Grids;

/// <summary>A picture as sheet and page show it.</summary>
/// <param name="Thumbnail">At most as large as a cell of the sheet.</param>
/// <param name="DataUri">As a part of the page.</param>
/// <param name="Width">Width of what the page holds, in pixels.</param>
/// <param name="Height">Its height.</param>
internal sealed record CellPreview(Picture Thumbnail, string DataUri, int Width, int Height)
{
    /// <summary>Longest side in the sheet, in pixels.</summary>
    public const int ThumbnailSide = 256;

    /// <summary>Longest side in the page.</summary>
    private const int PageSide = 512;

    /// <summary>Shrinks a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="side">Longest side in the page, in pixels.</param>
    public static CellPreview Of(Picture picture, int side = PageSide)
    {
        Picture page = Fit(picture, side);
        var plain = new Picture(page.Width, page.Height, page.Planes, page.Alpha); // browsers take it for sRGB, which planes are
        byte[] bytes = PictureEncoder.Encode(plain, OutputFormat.ForExtension(".webp")!, "preview");
        return new CellPreview(Fit(page, ThumbnailSide), $"data:image/webp;base64,{Convert.ToBase64String(bytes)}", page.Width, page.Height);
    }

    private static Picture Fit(Picture picture, int side) =>
        Math.Max(picture.Width, picture.Height) <= side ? picture : EngineInput.Fit(picture, side);
}
