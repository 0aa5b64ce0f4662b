using NetVips;

namespace Pastiche.Imaging;

/// <summary>
/// Colour profiles (ICC.1): from a file's colours to sRGB, and from sRGB to the colours that a result is written in.
/// Relative colorimetric with black point compensation both ways, so that a round trip inside sRGB's gamut changes nothing.
/// </summary>
internal static class ColourProfile
{
    /// <summary>libvips' name for an image's embedded profile.</summary>
    public const string Field = "icc-profile-data";

    private const string Srgb = "srgb"; // built into libvips, as is "cmyk"
    private const Enums.Intent Intent = Enums.Intent.Relative;

    // A profile that maps every colour to within one 8-bit step of itself is sRGB, whatever its name.
    private const int SrgbTolerance = ushort.MaxValue / byte.MaxValue;

    /// <summary>Converts an image to sRGB.</summary>
    /// <param name="image">Grey, RGB or CMYK of 8 or 16 bits without alpha, with its embedded profile.</param>
    /// <returns>
    /// Grey or RGB, sRGB-encoded, of 8 or 16 bits; and the profile to write a result with: the file's own when it is an RGB
    /// profile other than sRGB that can be converted to. A broken profile counts as none.
    /// </returns>
    public static (Image Image, byte[]? Profile) ToSrgb(Image image)
    {
        byte[]? profile = image.Contains(Field) ? image.Get(Field) as byte[] : null;
        ReadOnlySpan<byte> space = ColourSpace(profile);

        if (image.Interpretation == Enums.Interpretation.Cmyk)
            return (Import(image, fallback: "cmyk"), null);
        if (profile is null)
            return (image.Copy(), null);
        if (space.SequenceEqual("GRAY"u8) && image.Bands == 1)
            return (TryImport(image) ?? image.Copy(), null);
        if (!space.SequenceEqual("RGB "u8))
            return (image.Copy(), null);

        using Image rgb = image.Bands == 1 ? AsRgb(image) : image.Copy();
        (bool isUsed, bool isKept) = Probe(profile);
        return isUsed ? (Import(rgb), isKept ? profile : null) : (rgb.Copy(), null);
    }

    /// <summary>Converts an image from sRGB.</summary>
    /// <param name="image">RGB of 8 or 16 bits, sRGB-encoded.</param>
    /// <param name="profile">An RGB profile.</param>
    /// <returns>RGB of 8 bits in the profile's colours, with the profile attached.</returns>
    /// <exception cref="InvalidDataException">It is no RGB profile, or it cannot be converted to.</exception>
    public static Image FromSrgb(Image image, byte[] profile)
    {
        if (!ColourSpace(profile).SequenceEqual("RGB "u8))
            throw new InvalidDataException("not an RGB profile");

        using Image connection = image.IccImport(intent: Intent, blackPointCompensation: true, embedded: false, inputProfile: Srgb);
        using Image tagged = connection.Mutate(mutable => mutable.Set(GValue.BlobType, Field, profile));
        try
        {
            // The profile is opened here; the pixels are converted when they are asked for.
            return tagged.IccExport(intent: Intent, blackPointCompensation: true, depth: 8);
        }
        catch (VipsException e)
        {
            throw new InvalidDataException("a profile that cannot be converted to", e);
        }
    }

    private static Image Import(Image image, string? fallback = null) =>
        image.IccTransform(
            Srgb, intent: Intent, blackPointCompensation: true, embedded: true, inputProfile: fallback, depth: 16);

    private static Image? TryImport(Image image)
    {
        try
        {
            return Import(image);
        }
        catch (VipsException)
        {
            return null;
        }
    }

    // A grey picture with an RGB profile lies on that profile's grey axis.
    private static Image AsRgb(Image grey)
    {
        using Image joined = grey.Bandjoin(grey, grey);
        return joined.Copy(
            interpretation: grey.Format == Enums.BandFormat.Uchar ? Enums.Interpretation.Srgb : Enums.Interpretation.Rgb16);
    }

    // Tries a profile on a lattice of colours: is it worth converting from, and can it be converted to?
    private static (bool IsUsed, bool IsKept) Probe(byte[] profile)
    {
        ushort[] colours = Lattice();
        using Image bare = Image.NewFromMemory(colours, colours.Length / 3, 1, 3, Enums.BandFormat.Ushort);
        using Image lattice = bare.Copy(interpretation: Enums.Interpretation.Rgb16);
        using Image tagged = lattice.Mutate(mutable => mutable.Set(GValue.BlobType, Field, profile));
        using Image? converted = TryImport(tagged);
        if (converted is null)
            return (false, false);

        ushort[] srgb = converted.WriteToMemory<ushort>();
        if (colours.Zip(srgb).All(pair => Math.Abs(pair.First - pair.Second) < SrgbTolerance))
            return (false, false);

        try
        {
            using Image back = FromSrgb(lattice, profile);
            return (true, true);
        }
        catch (InvalidDataException)
        {
            return (true, false);
        }
    }

    private static ushort[] Lattice()
    {
        const int Steps = 9;
        var colours = new ushort[Steps * Steps * Steps * 3];
        for (int i = 0; i < Steps * Steps * Steps; i++)
        {
            colours[3 * i] = Level(i / (Steps * Steps));
            colours[(3 * i) + 1] = Level(i / Steps % Steps);
            colours[(3 * i) + 2] = Level(i % Steps);
        }
        return colours;

        static ushort Level(int step) => (ushort)(step * ushort.MaxValue / (Steps - 1));
    }

    // Bytes 16 to 19 of the header; a valid header has the signature "acsp" at 36 and is 128 bytes long.
    private static ReadOnlySpan<byte> ColourSpace(byte[]? profile) =>
        profile is { Length: > 128 } && profile.AsSpan(36, 4).SequenceEqual("acsp"u8) ? profile.AsSpan(16, 4) : [];
}
