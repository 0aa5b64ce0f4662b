using System.Text;
using NetVips;
using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>What is written: formats, rounding, transparency; and that an old file outlives a failure.</summary>
public sealed class PictureFileWriteTests
{
    [Theory]
    [InlineData("a.png", 0.0012)]
    [InlineData("a.tif", 0.0012)]
    [InlineData("a.TIFF", 0.0012)]
    [InlineData("a.jpg", 0.006)]
    [InlineData("a.JPEG", 0.006)]
    [InlineData("a.webp", 0.012)]
    [InlineData("a.avif", 0.012)]
    public void Round_trip(string name, double tolerance)
    {
        using var folder = new TemporaryFolder();
        Picture picture = Smooth(67, 45);

        PictureFile.Write(picture, folder.File(name));

        Picture copy = PictureFile.Read(folder.File(name));
        double rms = Rms(picture, copy);
        Assert.True(rms < tolerance, $"RMS difference {rms}");
        Assert.Null(copy.Alpha);
        Assert.Equal([name], folder.Entries);
    }

    [Theory]
    [InlineData("a.png", "89504E47")]
    [InlineData("a.tif", "49492A00")]
    [InlineData("a.jpg", "FFD8FF")]
    [InlineData("a.webp", "52494646")]
    [InlineData("a.avif", "0000002066747970")]
    public void The_extension_decides_the_format(string name, string signature)
    {
        using var folder = new TemporaryFolder();
        PictureFile.Write(Smooth(8, 8), folder.File(name));
        string head = Convert.ToHexString(File.ReadAllBytes(folder.File(name)))[..signature.Length];
        Assert.Equal(name == "a.avif" ? signature[8..] : signature, name == "a.avif" ? head[8..] : head);
    }

    [Theory]
    [InlineData("a.png", 0.002)]
    [InlineData("a.tif", 0.002)]
    [InlineData("a.webp", 0.002)]
    [InlineData("a.avif", 0.03)]
    public void Alpha_is_kept_where_the_format_can(string name, double tolerance)
    {
        using var folder = new TemporaryFolder();
        Picture picture = Smooth(67, 45, hasAlpha: true, name == "a.png" ? TestProfiles.BuiltIn("p3") : null);

        PictureFile.Write(picture, folder.File(name));

        Picture copy = PictureFile.Read(folder.File(name));
        AssertClose(picture.Alpha!, copy.Alpha!, tolerance);
        Assert.True(Rms(picture, copy) < 0.02);
    }

    [Fact]
    public void Jpeg_lies_over_white()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.jpg");
        float[] planes = [.. Enumerable.Repeat(0.2f, 256), .. Enumerable.Repeat(0.4f, 256), .. Enumerable.Repeat(0.6f, 256)];
        PictureFile.Write(new Picture(16, 16, planes, [.. Enumerable.Repeat(0.25f, 256)]), path);
        Picture copy = PictureFile.Read(path);
        Assert.Null(copy.Alpha);
        AssertClose([0.8f, 0.85f, 0.9f], copy.Pixel(8, 8), 0.01);
    }

    [Fact]
    public void Values_are_rounded_to_the_nearest_step()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png");
        float[] values = [.. Enumerable.Range(0, 256).SelectMany(i => (float[])[(i - 0.49f) / 255, i / 255f, (i + 0.49f) / 255])];
        PictureFile.Write(new Picture(768, 1, [.. values, .. values, .. values]), path);

        using Image image = Image.NewFromBuffer(File.ReadAllBytes(path));
        byte[] pixels = image.WriteToMemory<byte>();
        for (int i = 0; i < 768; i++)
            Assert.Equal(i / 3, pixels[3 * i]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_out_of_range_are_clamped_and_nan_is_zero(bool hasProfile)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png");
        float[] values = [-1, 2, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0];
        float[] alpha = [2, float.PositiveInfinity, 1, 0.5f, float.NaN, -3];
        byte[]? profile = hasProfile ? TestProfiles.BuiltIn("p3") : null;

        PictureFile.Write(new Picture(6, 1, [.. values, .. values, .. values], alpha, profile), path);

        Picture copy = PictureFile.Read(path);
        AssertClose([0, 1, 0, 1, 0, 0], copy.Planes[..6], 0.001);
        AssertClose([1, 1, 1, 128 / 255f, 0, 0], copy.Alpha!, 1e-6);
    }

    [Fact]
    public void One_pixel_in_every_format()
    {
        using var folder = new TemporaryFolder();
        foreach (string extension in PictureFile.WritableExtensions)
        {
            string path = folder.File("a" + extension);
            PictureFile.Write(new Picture(1, 1, [0.2f, 0.4f, 0.6f]), path);
            AssertClose([0.2f, 0.4f, 0.6f], PictureFile.Read(path).Planes, 0.04);
        }
    }

    [Fact]
    public void No_metadata_but_the_profile_is_written()
    {
        using var folder = new TemporaryFolder();
        foreach (string extension in PictureFile.WritableExtensions)
        {
            PictureFile.Write(Smooth(8, 8), folder.File("a" + extension));
            string content = Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("a" + extension)));
            Assert.DoesNotContain("ICC_PROFILE", content);
            Assert.DoesNotContain("Exif", content);
        }
    }

    [Fact]
    public void An_existing_file_is_replaced()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png", [1, 2, 3]);
        PictureFile.Write(Smooth(8, 8), path);
        Assert.Equal(8, PictureFile.Read(path).Width);
        Assert.Equal(["a.png"], folder.Entries);
    }

    [Fact]
    public void The_target_of_a_link_is_replaced_and_the_link_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var folder = new TemporaryFolder();
        string target = folder.File("target.png", [1, 2, 3]);
        File.CreateSymbolicLink(folder.File("link.png"), target);
        PictureFile.Write(Smooth(8, 8), folder.File("link.png"));
        Assert.Equal(8, PictureFile.Read(target).Width);
        Assert.Equal(target, new FileInfo(folder.File("link.png")).LinkTarget);
    }

    [Fact]
    public void A_profile_that_is_none_is_refused_and_the_old_file_stays()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png", [1, 2, 3]);
        foreach (byte[] profile in (byte[][])[[1, 2, 3], TestProfiles.LinearGrey(), TestProfiles.InputOnly()])
        {
            Assert.Equal(
                $"cannot write {path}: the picture's colour profile is not a usable RGB profile",
                Refusal(() => PictureFile.Write(Smooth(8, 8, iccProfile: profile), path)));
        }
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["a.png"], folder.Entries);
    }

    [Fact]
    public void A_size_that_the_format_cannot_hold_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.webp");
        string expected = $"cannot write {path}: 16384 x 2 pixels exceed WebP's limit of 16383 pixels a side";
        Assert.Equal(expected, Refusal(() => PictureFile.Write(Smooth(16_384, 2), path)));
        Assert.Equal(expected, Refusal(() => PictureFile.CheckWritable(path, 16_384, 2)));
        PictureFile.CheckWritable(path, 16_383, 2);
        Assert.Empty(folder.Entries);
    }

    [Theory]
    [InlineData(".png", 32_768)]
    [InlineData(".jpg", 32_768)]
    [InlineData(".tif", 32_768)]
    [InlineData(".webp", 16_383)]
    [InlineData(".avif", 16_384)]
    public void The_longest_side_of_each_format_works(string extension, int side)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a" + extension);
        PictureFile.Write(Smooth(side, 2), path);
        Assert.Equal(side, PictureFile.Read(path).Width);
    }
}
