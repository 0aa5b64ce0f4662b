using NetVips;

namespace Pastiche.Imaging;

/// <summary>Encodes a picture as a file's bytes.</summary>
internal static class PictureEncoder
{
    /// <summary>Encodes a picture, 8 bits a band, in its colour profile.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="format">The format.</param>
    /// <param name="name">What messages call the file.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="InvalidInputException">The picture's profile is no RGB profile that can be converted to.</exception>
    /// <exception cref="IOException">The encoder failed.</exception>
    public static byte[] Encode(Picture picture, OutputFormat format, string name)
    {
        VipsRuntime.EnsureReady();
        try
        {
            using Image colour = ToFileColours(picture, overWhite: !format.HoldsAlpha);
            if (picture.Alpha is null || !format.HoldsAlpha)
                return Encode(colour);

            using Image alpha = Image.NewFromMemory(
                PixelTransfer.QuantiseAlpha(picture.Alpha), picture.Width, picture.Height, 1, Enums.BandFormat.Uchar);
            using Image joined = colour.Bandjoin(alpha);
            return Encode(joined);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException($"cannot write {name}: the picture's colour profile is not a usable RGB profile", e);
        }
        catch (VipsException e)
        {
            throw new IOException($"cannot write {name}: the {format.Name} encoder failed: {LastLine(e)}", e);
        }

        byte[] Encode(Image image)
        {
            if (picture.Note is not { } note)
                return format.Encode(image);
            using Image noted = image.Mutate(fields => fields.Set(GValue.BlobType, XmpPacket.Field, XmpPacket.Write(note)));
            return format.Encode(noted);
        }
    }

    private static Image ToFileColours(Picture picture, bool overWhite)
    {
        if (picture.IccProfile is null)
        {
            using Image pixels = Wrap(PixelTransfer.InterleaveColour<byte>(picture, overWhite), Enums.BandFormat.Uchar);
            return pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        }

        // With a profile the colours are converted from 16 bits, so that they are rounded to 8 bits once only.
        using Image fine = Wrap(PixelTransfer.InterleaveColour<ushort>(picture, overWhite), Enums.BandFormat.Ushort);
        using Image rgb = fine.Copy(interpretation: Enums.Interpretation.Rgb16);
        return ColourProfile.FromSrgb(rgb, picture.IccProfile);

        Image Wrap<T>(T[] data, Enums.BandFormat bandFormat)
            where T : unmanaged => Image.NewFromMemory(data, picture.Width, picture.Height, 3, bandFormat);
    }

    private static string LastLine(VipsException e) =>
        e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "unknown cause";
}
