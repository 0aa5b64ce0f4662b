using NetVips;
using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>What is decoded: formats, bit depths, colour spaces, transparency, pages.</summary>
public sealed class PictureFileReadTests
{
    private const Enums.BandFormat Bits8 = Enums.BandFormat.Uchar;
    private const Enums.BandFormat Bits16 = Enums.BandFormat.Ushort;

    private static Picture Decode(byte[] bytes) => PictureFile.Read(bytes, "test");

    [Theory]
    [InlineData(".png", 0)]
    [InlineData(".tif", 0)]
    [InlineData(".gif", 0)]
    [InlineData(".jpg", 0.02)]
    [InlineData(".webp", 0.02)]
    [InlineData(".avif", 0.02)]
    public void Every_format_is_recognised_by_content(string extension, double tolerance)
    {
        using Image image = FlatRgb(51, 102, 204);
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.txt", image.WriteToBuffer(extension));

        Picture picture = PictureFile.Read(path);

        Assert.Equal((4, 3), (picture.Width, picture.Height));
        AssertClose([0.2f, 0.4f, 0.8f], picture.Pixel(3, 2), tolerance + 1e-6);
        Assert.Null(picture.Alpha);
        Assert.Null(picture.IccProfile);
    }

    [Fact]
    public void Pixels_keep_their_places()
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 4 * 3).Select(i => (byte)(i * 4))];
        using Image image = FromBytes(pixels, 5, 4);

        Picture picture = Decode(image.PngsaveBuffer());

        for (int i = 0; i < 20; i++)
            AssertClose([.. pixels[(3 * i)..(3 * i + 3)].Select(value => value / 255f)], picture.Pixel(i % 5, i / 5), 0);
    }

    [Fact]
    public void A_picture_larger_than_one_chunk_is_whole()
    {
        VipsRuntime.EnsureReady();
        using Image coordinates = Image.Xyz(1500, 1600);
        using Image low = coordinates.Linear([1.0, 1.0], [0.0, 0.0]).Cast(Bits16);
        using Image rgb = low.Bandjoin(low[1]).Copy(interpretation: Enums.Interpretation.Rgb16);

        Picture picture = Decode(rgb.TiffsaveBuffer());

        foreach ((int x, int y) in ((int, int)[])[(0, 0), (1499, 1597), (700, 1398), (3, 1399), (1499, 1599)])
            AssertClose([x / 65535f, y / 65535f, y / 65535f], picture.Pixel(x, y), 1e-7);
    }

    [Fact]
    public void Grey_fills_all_three_planes()
    {
        using Image grey = Flat(Bits8, Enums.Interpretation.Bw, 51);
        AssertClose([0.2f, 0.2f, 0.2f], Decode(grey.PngsaveBuffer()).Pixel(1, 1), 0);
        AssertClose([0.2f, 0.2f, 0.2f], Decode(grey.JpegsaveBuffer(q: 100)).Pixel(1, 1), 0.005);
    }

    [Fact]
    public void Grey_with_alpha_keeps_its_alpha()
    {
        using Image grey = Flat(Bits8, Enums.Interpretation.Bw, 51, 102);
        Picture picture = Decode(grey.PngsaveBuffer());
        AssertClose([0.2f, 0.2f, 0.2f], picture.Pixel(3, 2), 0);
        AssertClose([.. Enumerable.Repeat(0.4f, 12)], picture.Alpha!, 0);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".tif")]
    public void Sixteen_bits_keep_their_precision(string extension)
    {
        using Image image = Flat(Bits16, Enums.Interpretation.Rgb16, 1, 1000, 65535, 12345);
        Picture picture = Decode(image.WriteToBuffer(extension));
        AssertClose([1 / 65535f, 1000 / 65535f, 1f], picture.Pixel(0, 0), 1e-8);
        AssertClose([12345 / 65535f], picture.Alpha![..1], 1e-8);
    }

    [Fact]
    public void Sixteen_bit_grey_with_alpha()
    {
        using Image image = Flat(Bits16, Enums.Interpretation.Grey16, 1000, 40000);
        Picture picture = Decode(image.PngsaveBuffer());
        AssertClose([1000 / 65535f, 1000 / 65535f, 1000 / 65535f], picture.Pixel(0, 0), 1e-8);
        AssertClose([40000 / 65535f], picture.Alpha![..1], 1e-8);
    }

    [Fact]
    public void White_of_a_ten_bit_avif_is_white_and_opaque()
    {
        using Image image = Flat(Bits16, Enums.Interpretation.Rgb16, 65535, 65535, 65535, 65535);
        Picture picture = Decode(image.HeifsaveBuffer(bitdepth: 10, lossless: true, compression: Enums.ForeignHeifCompression.Av1));
        AssertClose([1f, 1f, 1f], picture.Pixel(0, 0), 1e-6);
        Assert.Null(picture.Alpha);
    }

    [Fact]
    public void Palette_png()
    {
        using Image image = FromBytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255], 2, 2);
        byte[] png = image.PngsaveBuffer(palette: true, dither: 0, q: 100);
        Assert.Equal(3, png[25]); // colour type: palette

        Picture picture = Decode(png);

        AssertClose([1f, 0, 0], picture.Pixel(0, 0), 0.005);
        AssertClose([0, 0, 1f], picture.Pixel(0, 1), 0.005);
    }

    [Fact]
    public void One_bit_png_and_tiff()
    {
        using Image image = FromBytes([0, 255, 255, 0], 2, 2);
        byte[] png = image.PngsaveBuffer(bitdepth: 1);
        Assert.Equal(1, png[24]); // bit depth

        foreach (Picture picture in (Picture[])[Decode(png), Decode(image.TiffsaveBuffer(bitdepth: 1))])
        {
            AssertClose([0, 0, 0], picture.Pixel(0, 0), 0);
            AssertClose([1, 1, 1], picture.Pixel(1, 0), 0);
        }
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 1, 1, 1)]
    [InlineData(0, 255, 255, 0, 0.92, 0.06, 0.10)]
    [InlineData(0, 0, 0, 255, 0.05, 0.0, 0.07)]
    public void Cmyk_jpeg_and_tiff_without_profile(int c, int m, int y, int k, float red, float green, float blue)
    {
        using Image image = Flat(Bits8, Enums.Interpretation.Cmyk, c, m, y, k);
        foreach (byte[] bytes in (byte[][])[image.JpegsaveBuffer(q: 100), image.TiffsaveBuffer()])
        {
            Picture picture = Decode(bytes);
            AssertClose([red, green, blue], picture.Pixel(2, 1), 0.07);
            Assert.Null(picture.IccProfile);
        }
    }

    [Fact]
    public void Floating_point_tiff_is_linear_light()
    {
        using Image colour = Flat(Enums.BandFormat.Float, Enums.Interpretation.Scrgb, 0.2, 0.5, 3, 0.25);
        Picture picture = Decode(colour.TiffsaveBuffer());
        AssertClose([0.4845f, 0.7354f, 1f], picture.Pixel(0, 0), 1e-3);
        AssertClose([0.25f], picture.Alpha![..1], 1e-4);

        using Image grey = Flat(Enums.BandFormat.Float, Enums.Interpretation.Bw, 0.2);
        AssertClose([0.4845f, 0.4845f, 0.4845f], Decode(grey.TiffsaveBuffer()).Pixel(0, 0), 1e-3);
    }

    [Fact]
    public void Opaque_alpha_becomes_none()
    {
        using Image image = FlatRgb(10, 20, 30, 255);
        Assert.Null(Decode(image.PngsaveBuffer()).Alpha);
    }

    [Fact]
    public void One_pixel()
    {
        using Image image = FromBytes([255, 102, 0, 51], 1, 1);
        Picture picture = Decode(image.PngsaveBuffer());
        Assert.Equal((1, 1), (picture.Width, picture.Height));
        AssertClose([1f, 0.4f, 0f], picture.Pixel(0, 0), 0);
        AssertClose([0.2f], picture.Alpha!, 0);
    }

    [Theory]
    [InlineData(".gif")]
    [InlineData(".tif")]
    [InlineData(".webp")]
    public void Of_several_pages_the_first_is_read(string extension)
    {
        using Image first = FlatRgb(255, 0, 0);
        using Image second = FlatRgb(0, 0, 255);
        using Image pages = first.Join(second, Enums.Direction.Vertical).With("page-height", first.Height);

        Picture picture = Decode(pages.WriteToBuffer(extension));

        Assert.Equal((4, 3), (picture.Width, picture.Height));
        AssertClose([1f, 0, 0], picture.Pixel(2, 2), 0.02);
    }

    [Fact]
    public void Path_and_bytes_read_the_same_and_brackets_in_a_name_mean_nothing()
    {
        using Image image = FlatRgb(1, 2, 3, 4);
        byte[] bytes = image.PngsaveBuffer();
        using var folder = new TemporaryFolder();

        Picture fromFile = PictureFile.Read(folder.File("a picture[page=2] é.png", bytes));
        Picture fromBytes = Decode(bytes);

        Assert.Equal(fromBytes.Planes, fromFile.Planes);
        Assert.Equal(fromBytes.Alpha, fromFile.Alpha);
    }

    [Fact]
    public void Many_threads_may_read_and_write()
    {
        using var folder = new TemporaryFolder();
        Picture picture = Smooth(61, 47, hasAlpha: true, TestProfiles.BuiltIn("p3"));
        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            string path = folder.File(i + ((string[])[".png", ".jpg", ".tif", ".webp"])[i % 4]);
            PictureFile.Write(picture, path);
            Assert.Equal(61, PictureFile.Read(path).Width);
        });
        Assert.Equal(48, folder.Entries.Length);
    }
}
