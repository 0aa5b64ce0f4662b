namespace Pastiche.Imaging;

/// <summary>What a picture file says of itself before its pixels.</summary>
/// <param name="Format">The format's name: <c>PNG</c>, <c>JPEG</c>, <c>WebP</c>, <c>TIFF</c>, <c>AVIF</c> or <c>GIF</c>.</param>
/// <param name="Width">Columns as they are stored; the orientation may turn them into rows.</param>
/// <param name="Height">Rows as they are stored.</param>
public sealed record PictureHeader(string Format, int Width, int Height)
{
    /// <summary>Pixels of the picture.</summary>
    public long Pixels => (long)Width * Height;
}
