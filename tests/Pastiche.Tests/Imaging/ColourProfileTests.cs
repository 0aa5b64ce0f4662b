using NetVips;
using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>Colour profiles: converted to sRGB when read, converted back and embedded when written.</summary>
public sealed class ColourProfileTests
{
    private static Picture Decode(byte[] bytes) => PictureFile.Read(bytes, "test");

    [Fact]
    public void P3_is_converted_to_srgb_and_kept()
    {
        byte[] profile = TestProfiles.BuiltIn("p3");
        using Image image = FlatRgb(160, 110, 90).WithProfile(profile);

        foreach (Picture picture in (Picture[])[Decode(image.TiffsaveBuffer()), Decode(image.PngsaveBuffer())])
        {
            Assert.Equal(profile, picture.IccProfile);
            AssertClose(FromP3(160, 110, 90), picture.Pixel(1, 1), 0.003);
        }
    }

    [Fact]
    public void Sixteen_bit_p3()
    {
        using Image image = Flat(Enums.BandFormat.Ushort, Enums.Interpretation.Rgb16, 160 * 257, 110 * 257, 90 * 257, 1000)
            .WithProfile(TestProfiles.BuiltIn("p3"));
        Picture picture = Decode(image.PngsaveBuffer());
        AssertClose(FromP3(160, 110, 90), picture.Pixel(1, 1), 0.001);
        AssertClose([1000 / 65535f], picture.Alpha![..1], 1e-8);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".tif")]
    public void Colours_inside_srgb_survive_reading_and_writing(string extension)
    {
        foreach (byte[] profile in (byte[][])[TestProfiles.BuiltIn("p3"), TestProfiles.WideRgb()])
        {
            byte[] pixels = [.. Enumerable.Range(0, 3 * 64).Select(i => (byte)(90 + (i * 37 % 80)))];
            using Image original = FromBytes(pixels, 8, 8).WithProfile(profile);
            using var folder = new TemporaryFolder();
            string path = folder.File("copy" + extension);

            PictureFile.Write(Decode(original.TiffsaveBuffer()), path);

            using Image written = Image.NewFromBuffer(File.ReadAllBytes(path));
            Assert.Equal(profile, written.Get("icc-profile-data"));
            byte[] copy = written.WriteToMemory<byte>();
            Assert.True(pixels.Zip(copy).Max(pair => Math.Abs(pair.First - pair.Second)) <= 1);
        }
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    [InlineData(".avif")]
    [InlineData(".png")]
    [InlineData(".tiff")]
    public void Every_format_carries_the_profile(string extension)
    {
        byte[] profile = TestProfiles.BuiltIn("p3");
        using var folder = new TemporaryFolder();
        string path = folder.File("out" + extension);
        Picture picture = Smooth(64, 48, iccProfile: profile);

        PictureFile.Write(picture, path);

        Picture copy = PictureFile.Read(path);
        Assert.Equal(profile, copy.IccProfile);
        Assert.True(Rms(picture, copy) < 0.02);
    }

    [Fact]
    public void Wide_rgb_made_by_hand_matches_its_formula()
    {
        using Image image = FlatRgb(128, 128, 128).WithProfile(TestProfiles.WideRgb());
        float expected = SrgbEncode(Math.Pow(128 / 255.0, 2.2));
        AssertClose([expected, expected, expected], Decode(image.TiffsaveBuffer()).Pixel(0, 0), 0.003);
    }

    [Fact]
    public void Srgb_profile_changes_no_pixel_and_is_dropped()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 64).Select(i => (byte)(i * 67))];
        using Image image = FromBytes(pixels, 8, 8).WithProfile(TestProfiles.BuiltIn("srgb"));

        Picture picture = Decode(image.TiffsaveBuffer());

        Assert.Null(picture.IccProfile);
        for (int i = 0; i < 64; i++)
            AssertClose([.. pixels[(3 * i)..(3 * i + 3)].Select(value => value / 255f)], picture.Pixel(i % 8, i / 8), 0);
    }

    [Fact]
    public void Cmyk_profile_is_applied_and_dropped()
    {
        using Image rgb = FlatRgb(150, 110, 100);
        using Image cmyk = rgb.IccTransform("cmyk", inputProfile: "srgb");
        foreach (byte[] bytes in (byte[][])[cmyk.JpegsaveBuffer(q: 100), cmyk.TiffsaveBuffer()])
        {
            Picture picture = Decode(bytes);
            Assert.Null(picture.IccProfile);
            AssertClose([150 / 255f, 110 / 255f, 100 / 255f], picture.Pixel(1, 1), 0.03);
        }
    }

    [Fact]
    public void Grey_profile_is_applied_and_dropped()
    {
        using Image grey = Flat(Enums.BandFormat.Uchar, Enums.Interpretation.Bw, 51);
        Picture picture = Decode(InjectProfile(grey.JpegsaveBuffer(q: 100), TestProfiles.LinearGrey()));
        float expected = SrgbEncode(0.2);
        AssertClose([expected, expected, expected], picture.Pixel(1, 1), 0.004);
        Assert.Null(picture.IccProfile);
    }

    [Fact]
    public void Grey_picture_with_an_rgb_profile_lies_on_its_grey_axis()
    {
        using Image grey = Flat(Enums.BandFormat.Uchar, Enums.Interpretation.Bw, 128);
        byte[] profile = TestProfiles.WideRgb();
        Picture picture = Decode(InjectProfile(grey.JpegsaveBuffer(q: 100), profile));
        float expected = SrgbEncode(Math.Pow(128 / 255.0, 2.2));
        AssertClose([expected, expected, expected], picture.Pixel(1, 1), 0.004);
        Assert.Equal(profile, picture.IccProfile);
    }

    [Fact]
    public void Profile_that_cannot_be_converted_to_is_applied_and_dropped()
    {
        using Image image = FlatRgb(200, 119, 40);
        Picture picture = Decode(InjectProfile(image.JpegsaveBuffer(q: 100), TestProfiles.InputOnly()));

        Assert.Null(picture.IccProfile);
        float[] pixel = picture.Pixel(1, 1);
        AssertClose([pixel[1], pixel[1], pixel[1]], pixel, 0.01); // this scanner sees lightness only: its green
        AssertClose([SrgbEncode(0.1584)], pixel[..1], 0.02); // L* = 100 * 119 / 255
    }

    [Fact]
    public void Floating_point_is_converted_once_whatever_its_profile()
    {
        using Image image = Flat(Enums.BandFormat.Float, Enums.Interpretation.Scrgb, 0.2, 0.2, 0.2).WithProfile(TestProfiles.WideRgb());
        byte[] tiff = image.TiffsaveBuffer();
        Assert.True(tiff.AsSpan().IndexOf(TestProfiles.WideRgb()) >= 0, "the file must have the profile");

        Picture picture = Decode(tiff);

        float expected = SrgbEncode(0.2);
        AssertClose([expected, expected, expected], picture.Pixel(0, 0), 0.001);
        Assert.Null(picture.IccProfile);
    }

    public static TheoryData<string> BrokenProfiles() => ["noise", "short", "cut", "lying"];

    [Theory]
    [MemberData(nameof(BrokenProfiles))]
    public void Broken_profile_counts_as_none(string kind)
    {
        byte[] sound = TestProfiles.WideRgb();
        byte[] lying = [.. sound];
        lying.AsSpan(128).Fill(0xEE);
        byte[] profile = kind switch
        {
            "noise" => [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 89))],
            "short" => [1, 2, 3],
            "cut" => sound[..200],
            _ => lying,
        };
        using Image image = FlatRgb(200, 119, 40);
        byte[] jpeg = image.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off);

        Picture picture = Decode(InjectProfile(jpeg, profile));

        Assert.Null(picture.IccProfile);
        AssertClose([200 / 255f, 119 / 255f, 40 / 255f], picture.Pixel(1, 1), 0.02);
    }

    [Fact]
    public void Rgb_picture_with_a_cmyk_profile_counts_as_srgb()
    {
        using Image rgb = FlatRgb(200, 119, 40);
        byte[] jpeg = rgb.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off);
        byte[] profile = [.. TestProfiles.WideRgb()];
        "CMYK"u8.CopyTo(profile.AsSpan(16));

        Picture picture = Decode(InjectProfile(jpeg, profile));

        AssertClose([200 / 255f, 119 / 255f, 40 / 255f], picture.Pixel(1, 1), 0.02);
        Assert.Null(picture.IccProfile);
    }

    [Fact]
    public void Cmyk_picture_with_a_broken_profile_is_read_as_without_one()
    {
        using Image cmyk = Flat(Enums.BandFormat.Uchar, Enums.Interpretation.Cmyk, 20, 90, 130, 10);
        byte[] jpeg = cmyk.JpegsaveBuffer(q: 100);
        byte[] broken = [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 89))];
        AssertClose(Decode(jpeg).Pixel(1, 1), Decode(InjectProfile(jpeg, broken)).Pixel(1, 1), 1e-6);
    }

    private static float[] FromP3(int red, int green, int blue)
    {
        double[] p3 = [.. ((int[])[red, green, blue]).Select(value => SrgbDecode(value / 255.0))];
        // Display P3 to sRGB, linear, both D65.
        double[][] matrix = [[1.2249401763, -0.2249401763, 0], [-0.0420569547, 1.0420569547, 0], [-0.0196375546, -0.0786360456, 1.0982736001]];
        return [.. matrix.Select(row => SrgbEncode(row.Zip(p3).Sum(pair => pair.First * pair.Second)))];
    }

    private static double SrgbDecode(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static float SrgbEncode(double value) =>
        (float)(value <= 0.0031308 ? 12.92 * value : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055);
}
