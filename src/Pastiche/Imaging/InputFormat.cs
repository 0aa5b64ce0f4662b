namespace Pastiche.Imaging;

/// <summary>Recognises the raster formats that are read, by content: a file's name says nothing.</summary>
internal static class InputFormat
{
    /// <summary>As many first bytes as <see cref="Recognise"/> looks at.</summary>
    public const int HeadLength = 64;

    /// <summary>The formats' names, as messages list them.</summary>
    public const string Supported = "PNG, JPEG, WebP, TIFF, AVIF or GIF";

    /// <summary>The format with the most kinds, not all of which are decoded.</summary>
    public const string Tiff = "TIFF";

    /// <summary>Apple's format: recognised to be refused by name, since its HEVC codec is patented and not in the native build.</summary>
    public const string Heic = "HEIC";

    /// <summary>Names a picture's format.</summary>
    /// <param name="head">The file's first <see cref="HeadLength"/> bytes, or all of a shorter file.</param>
    /// <returns>The format's name, or <c>null</c> when it is none that is known.</returns>
    public static string? Recognise(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return "JPEG";
        if (head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "PNG";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return "GIF";
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8))
            return "WebP";
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8))
            return Tiff;
        return head.Length >= 12 && head[4..].StartsWith("ftyp"u8) ? RecogniseBrand(head) : null;
    }

    // ISO base media file: one 4-byte major brand, a version, then the compatible brands.
    private static string? RecogniseBrand(ReadOnlySpan<byte> head)
    {
        bool heic = false;
        for (int i = 8; i + 4 <= head.Length; i += 4)
        {
            ReadOnlySpan<byte> brand = head.Slice(i, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
                return "AVIF";
            heic |= brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8);
        }
        return heic ? Heic : null;
    }
}
