using NetVips;

namespace Pastiche.Imaging;

/// <summary>A format that pictures are written in.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Extensions">File name extensions, lower case with dot.</param>
/// <param name="MaxSide">The longest side that the format or its encoder can hold, in pixels.</param>
/// <param name="HoldsAlpha">Whether it can hold transparency.</param>
/// <param name="Encode">Compresses an 8-bit RGB or RGBA image; of its metadata the colour profile and XMP go along.</param>
internal sealed record OutputFormat(
    string Name, IReadOnlyList<string> Extensions, int MaxSide, bool HoldsAlpha, Func<Image, byte[]> Encode)
{
    private const Enums.ForeignKeep Keep = Enums.ForeignKeep.Icc | Enums.ForeignKeep.Xmp;

    private static readonly OutputFormat[] All =
    [
        new("PNG", [".png"], int.MaxValue, HoldsAlpha: true,
            static image => image.PngsaveBuffer(compression: 6, filter: Enums.ForeignPngFilter.All, keep: Keep)),
        new("JPEG", [".jpg", ".jpeg"], 65_500, HoldsAlpha: false,
            static image => image.JpegsaveBuffer(q: 95, optimizeCoding: true, subsampleMode: Enums.ForeignSubsample.Off, keep: Keep)),
        new("WebP", [".webp"], 16_383, HoldsAlpha: true,
            static image => image.WebpsaveBuffer(q: 90, alphaQ: 100, smartSubsample: true, keep: Keep)),
        new("TIFF", [".tif", ".tiff"], int.MaxValue, HoldsAlpha: true,
            static image => image.TiffsaveBuffer(
                compression: Enums.ForeignTiffCompression.Deflate, predictor: Enums.ForeignTiffPredictor.Horizontal, keep: Keep)),
        // Effort 4, the default, takes ten times as long for 0.5 to 1 dB.
        new("AVIF", [".avif"], 16_384, HoldsAlpha: true,
            static image => image.HeifsaveBuffer(
                q: 85, bitdepth: 8, compression: Enums.ForeignHeifCompression.Av1, effort: 1,
                subsampleMode: Enums.ForeignSubsample.Off, keep: Keep)),
    ];

    /// <summary>Every extension that can be written, sorted.</summary>
    public static IReadOnlyList<string> AllExtensions { get; } =
        [.. All.SelectMany(format => format.Extensions).Order(StringComparer.Ordinal)];

    /// <summary>The format that an extension stands for, in any letter case; <c>null</c> when there is none.</summary>
    public static OutputFormat? ForExtension(string extension) =>
        Array.Find(All, format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
}
