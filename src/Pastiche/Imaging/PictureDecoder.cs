using NetVips;

namespace Pastiche.Imaging;

/// <summary>Decodes a picture file's bytes.</summary>
internal static class PictureDecoder
{
    /// <summary>Decodes the first page, upright, in sRGB.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="InvalidInputException">It is no picture of a supported format, too large, truncated or corrupt.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes, string name)
    {
        string format = RequireFormat(bytes, name);
        VipsRuntime.EnsureReady();
        try
        {
            using Image decoded = Load(bytes, name);
            using Image upright = decoded.Autorot();
            using Image plain = ToPlainLayout(upright);
            return ToPicture(plain);
        }
        catch (VipsException e)
        {
            string kind = format == InputFormat.Tiff ? "truncated, corrupt or of an unsupported kind" : "truncated or corrupt";
            throw new InvalidInputException($"cannot read {name}: the {format} data is {kind}", e);
        }
    }

    /// <summary>The text that a picture was written with; <c>null</c> when there is none.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidInputException">It is no picture of a supported format, or its header is corrupt.</exception>
    public static string? ReadNote(ReadOnlySpan<byte> bytes, string name) => OfHeader(
        bytes, name, (header, _) => header.Contains(XmpPacket.Field) ? XmpPacket.Read((byte[])header.Get(XmpPacket.Field)) : null);

    /// <summary>A picture's format and size; its pixels are not decoded.</summary>
    /// <inheritdoc cref="ReadNote"/>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, string name) => OfHeader(bytes, name, (header, format) =>
    {
        CheckSize(header.Width, header.Height, name);
        return new PictureHeader(format, header.Width, header.Height);
    });

    private static T OfHeader<T>(ReadOnlySpan<byte> bytes, string name, Func<Image, string, T> read)
    {
        string format = RequireFormat(bytes, name);
        VipsRuntime.EnsureReady();
        try
        {
            using Image header = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential);
            return read(header, format);
        }
        catch (VipsException e)
        {
            throw new InvalidInputException($"cannot read {name}: the {format} data is truncated or corrupt", e);
        }
    }

    /// <summary>Names the format of a file.</summary>
    /// <param name="head">Its first bytes, at least <see cref="InputFormat.HeadLength"/> if it has so many.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The format's name.</returns>
    /// <exception cref="InvalidInputException">It is empty or of no supported format.</exception>
    public static string RequireFormat(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
            throw new InvalidInputException($"cannot read {name}: it is empty (0 bytes)");
        return InputFormat.Recognise(head[..Math.Min(head.Length, InputFormat.HeadLength)]) switch
        {
            null => throw new InvalidInputException($"cannot read {name}: it is not a picture in a supported format ({InputFormat.Supported})"),
            InputFormat.Heic => throw new InvalidInputException(
                $"cannot read {name}: HEIC pictures are not supported; convert it to a supported format ({InputFormat.Supported})"),
            string format => format,
        };
    }

    private static Image Load(ReadOnlySpan<byte> bytes, string name)
    {
        // Only the header is read here; the pixels follow with CopyMemory. Of several pages the first is the default.
        using Image header = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        CheckSize(header.Width, header.Height, name);
        return header.CopyMemory();
    }

    private static void CheckSize(int width, int height, string name)
    {
        if (width > PictureFile.MaxSide || height > PictureFile.MaxSide)
        {
            throw new InvalidInputException(
                $"cannot read {name}: {width} x {height} pixels exceed the limit of {PictureFile.MaxSide} pixels a side");
        }
        if ((long)width * height > PictureFile.MaxPixels)
        {
            throw new InvalidInputException(
                $"cannot read {name}: {width} x {height} = {(long)width * height} pixels exceed the limit of {PictureFile.MaxPixels} pixels");
        }
    }

    // Grey, RGB or CMYK of 8 or 16 bits, each perhaps with alpha. Rare layouts (CIELAB, floating point) go to 16-bit RGB.
    private static Image ToPlainLayout(Image image)
    {
        bool isInteger = image.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort;
        switch (image.Interpretation)
        {
            case Enums.Interpretation.Bw or Enums.Interpretation.Grey16 or Enums.Interpretation.Srgb or Enums.Interpretation.Rgb16
                or Enums.Interpretation.Rgb or Enums.Interpretation.Cmyk when isInteger:
                return FillSixteenBits(image);

            case Enums.Interpretation.Multiband when isInteger:
                return image.Copy(interpretation: image.Bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);

            // Linear light, as libvips itself reads floating-point colour.
            case Enums.Interpretation.Bw when image.Format == Enums.BandFormat.Float:
                using (Image grey = image.ExtractBand(0))
                using (Image joined = grey.Bandjoin(grey, image))
                using (Image linear = joined.Copy(interpretation: Enums.Interpretation.Scrgb))
                    return ToSixteenBitRgb(linear);

            default:
                return ToSixteenBitRgb(image);
        }
    }

    // The result is sRGB, which a profile of the original colours does not describe.
    private static Image ToSixteenBitRgb(Image image)
    {
        using Image rgb = image.Colourspace(Enums.Interpretation.Rgb16);
        return rgb.Mutate(static mutable => mutable.Remove(ColourProfile.Field));
    }

    // libvips shifts 10- and 12-bit samples up and leaves zeros below, so that white is not quite white.
    private static Image FillSixteenBits(Image image)
    {
        bool isPadded = image.Format == Enums.BandFormat.Ushort && image.Contains("bits-per-sample");
        int bits = isPadded ? (int)image.Get("bits-per-sample") : 16;
        if (bits is <= 8 or >= 16)
            return image.Copy();

        double white = ((1 << bits) - 1) << (16 - bits);
        using Image scaled = image.Linear([ushort.MaxValue / white], [0.5]);
        return scaled.Cast(Enums.BandFormat.Ushort);
    }

    private static Picture ToPicture(Image image)
    {
        int colourBands = image.Interpretation == Enums.Interpretation.Cmyk ? 4 : image.Bands >= 3 ? 3 : 1;
        using Image colour = image.ExtractBand(0, n: colourBands);
        (Image converted, byte[]? profile) = ColourProfile.ToSrgb(colour);
        float[] planes;
        using (converted)
            planes = PixelTransfer.ToPlanes(converted);
        if (planes.Length == image.Width * image.Height)
            planes = [.. planes, .. planes, .. planes];

        float[]? alpha = image.Bands > colourBands ? ToAlpha(image, colourBands) : null;
        return new Picture(image.Width, image.Height, planes, alpha, profile);
    }

    private static float[]? ToAlpha(Image image, int band)
    {
        using Image opacity = image.ExtractBand(band);
        float[] alpha = PixelTransfer.ToPlanes(opacity);
        return alpha.AsSpan().ContainsAnyExcept(1f) ? alpha : null;
    }
}
