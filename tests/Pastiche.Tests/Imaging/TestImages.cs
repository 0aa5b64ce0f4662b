using System.Buffers.Binary;
using NetVips;
using Pastiche.Imaging;

namespace Pastiche.Tests.Imaging;

/// <summary>Pictures that the tests make themselves, encoded by libvips' savers or by hand.</summary>
internal static class TestImages
{
    /// <summary>An image of one colour, 4 x 3 pixels.</summary>
    public static Image Flat(Enums.BandFormat format, Enums.Interpretation interpretation, params double[] colour)
    {
        VipsRuntime.EnsureReady();
        using Image black = Image.Black(4, 3, bands: colour.Length);
        using Image flat = black.Linear([.. colour.Select(_ => 1.0)], colour);
        using Image cast = flat.Cast(format);
        return cast.Copy(interpretation: interpretation);
    }

    public static Image FlatRgb(params double[] colour) => Flat(Enums.BandFormat.Uchar, Enums.Interpretation.Srgb, colour);

    /// <summary>An 8-bit image of given bytes <c>[height, width, bands]</c>.</summary>
    public static Image FromBytes(byte[] pixels, int width, int height)
    {
        VipsRuntime.EnsureReady();
        int bands = pixels.Length / (width * height);
        using Image wrapped = Image.NewFromMemory(pixels, width, height, bands, Enums.BandFormat.Uchar);
        return wrapped.Copy(interpretation: bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    /// <summary>A copy with one integer of metadata, e.g. <c>orientation</c>.</summary>
    public static Image With(this Image image, string field, int value) =>
        image.Mutate(mutable => mutable.Set(GValue.GIntType, field, value));

    /// <summary>A copy with an embedded colour profile.</summary>
    public static Image WithProfile(this Image image, byte[] profile) =>
        image.Mutate(mutable => mutable.Set(GValue.BlobType, "icc-profile-data", profile));

    /// <summary>A smooth, colourful picture without symmetry.</summary>
    public static Picture Smooth(int width, int height, bool hasAlpha = false, byte[]? iccProfile = null)
    {
        var planes = new float[3 * width * height];
        var alpha = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float u = (x + 0.5f) / width, v = (y + 0.5f) / height;
                int i = (y * width) + x;
                planes[i] = 0.3f + (0.5f * u);
                planes[(width * height) + i] = 0.3f + (0.4f * v);
                planes[(2 * width * height) + i] = 0.4f + (0.2f * MathF.Sin(6 * u * v));
                alpha[i] = 1 - (0.8f * u * v);
            }
        }
        return new Picture(width, height, planes, hasAlpha ? alpha : null, iccProfile);
    }

    /// <summary>A PNG whose header promises a size and whose pixels are missing.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2); // 8 bits, RGB
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. PngChunk("IHDR"u8, header), .. PngChunk("IDAT"u8, [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]), .. PngChunk("IEND"u8, [])];
    }

    /// <summary>A JPEG with a profile put in by hand, since libvips drops profiles that do not fit.</summary>
    public static byte[] InjectProfile(byte[] jpeg, byte[] profile)
    {
        byte[] payload = [.. "ICC_PROFILE\0"u8, 1, 1, .. profile];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(payload.Length + 2));
        return [.. jpeg[..2], 0xFF, 0xE2, .. length, .. payload, .. jpeg[2..]];
    }

    /// <summary>The colour of a pixel: red, green, blue.</summary>
    public static float[] Pixel(this Picture picture, int x, int y) =>
        [.. Enumerable.Range(0, 3).Select(band => picture.Planes[(((band * picture.Height) + y) * picture.Width) + x])];

    /// <summary>Root mean square difference of two pictures' colours.</summary>
    public static double Rms(Picture a, Picture b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return Math.Sqrt(a.Planes.Zip(b.Planes).Average(pair => Math.Pow(pair.First - pair.Second, 2)));
    }

    public static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"value {i} is {actual[i]}, not {expected[i]} +- {tolerance}");
    }

    /// <summary>The single line of a refusal.</summary>
    public static string Refusal(Action action)
    {
        InvalidInputException exception = Assert.Throws<InvalidInputException>(action);
        string line = Assert.Single(exception.Problems);
        Assert.DoesNotContain('\n', line);
        return line;
    }

    private static byte[] PngChunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] body = [.. type, .. data];
        var length = new byte[4];
        var check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32(body));
        return [.. length, .. body, .. check];
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
