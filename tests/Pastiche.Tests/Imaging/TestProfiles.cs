using System.Buffers.Binary;
using NetVips;
using Pastiche.Imaging;

namespace Pastiche.Tests.Imaging;

/// <summary>Colour profiles: libvips' own, and small ones assembled by the rules of ICC.1:2001.</summary>
internal static class TestProfiles
{
    /// <summary>Display P3 or sRGB (<c>p3</c>, <c>srgb</c>, <c>cmyk</c>), as libvips has them built in.</summary>
    public static byte[] BuiltIn(string name)
    {
        VipsRuntime.EnsureReady();
        using Image image = TestImages.FlatRgb(0, 0, 0);
        using Image converted = image.IccTransform(name, inputProfile: "srgb");
        return (byte[])converted.Get("icc-profile-data");
    }

    /// <summary>A grey profile whose values are linear light.</summary>
    public static byte[] LinearGrey() => Assemble("mntr", "GRAY", "XYZ ", ("wtpt", D50()), ("kTRC", Curve(gamma: 1)));

    /// <summary>An RGB profile with AdobeRGB's primaries and gamma 2.2.</summary>
    public static byte[] WideRgb() => Assemble(
        "mntr", "RGB ", "XYZ ",
        ("wtpt", D50()),
        ("rXYZ", Xyz(0.60974, 0.31111, 0.01947)), ("gXYZ", Xyz(0.20528, 0.62567, 0.06087)), ("bXYZ", Xyz(0.14919, 0.06322, 0.74457)),
        ("rTRC", Curve(2.2)), ("gTRC", Curve(2.2)), ("bTRC", Curve(2.2)));

    /// <summary>A scanner's profile: a table from RGB to CIELAB and none back. It turns every colour into shades of its green.</summary>
    public static byte[] InputOnly()
    {
        var table = new List<byte>();
        table.AddRange([.. "mft1"u8, 0, 0, 0, 0, 3, 3, 2, 0]);
        foreach (int element in (int[])[1, 0, 0, 0, 1, 0, 0, 0, 1])
            table.AddRange(Fixed(element));
        byte[] identity = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        table.AddRange([.. identity, .. identity, .. identity]);
        for (int corner = 0; corner < 8; corner++)
            table.AddRange([(byte)((corner >> 1 & 1) * 255), 128, 128]); // L from green, a = b = 0
        table.AddRange([.. identity, .. identity, .. identity]);
        return Assemble("scnr", "RGB ", "Lab ", ("wtpt", D50()), ("A2B0", [.. table]));
    }

    private static byte[] Assemble(string kind, string space, string connection, params (string Name, byte[] Data)[] tags)
    {
        var bytes = new List<byte>(new byte[128]);
        int offset = 128 + 4 + (12 * tags.Length);
        bytes.AddRange(Int(tags.Length));
        foreach ((string name, byte[] data) in tags)
        {
            bytes.AddRange([.. Ascii(name), .. Int(offset), .. Int(data.Length)]);
            offset += Padded(data).Length;
        }
        foreach ((_, byte[] data) in tags)
            bytes.AddRange(Padded(data));

        byte[] profile = [.. bytes];
        Int(profile.Length).CopyTo(profile, 0);
        Int(0x02400000).CopyTo(profile, 8); // version 2.4
        Ascii(kind).CopyTo(profile, 12);
        Ascii(space).CopyTo(profile, 16);
        Ascii(connection).CopyTo(profile, 20);
        Ascii("acsp").CopyTo(profile, 36);
        D50().AsSpan(8).CopyTo(profile.AsSpan(68));
        return profile;
    }

    private static byte[] D50() => Xyz(0.9642, 1, 0.8249);

    private static byte[] Xyz(double x, double y, double z) => [.. "XYZ "u8, 0, 0, 0, 0, .. Fixed(x), .. Fixed(y), .. Fixed(z)];

    private static byte[] Curve(double gamma)
    {
        int fraction = (int)Math.Round(gamma * 256);
        return [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, (byte)(fraction >> 8), (byte)fraction];
    }

    private static byte[] Fixed(double value) => Int((int)Math.Round(value * 65536));

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] Padded(byte[] data) => [.. data, .. new byte[(4 - (data.Length % 4)) % 4]];
}
