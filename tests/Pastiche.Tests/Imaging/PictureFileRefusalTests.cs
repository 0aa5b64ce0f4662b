using System.Runtime.InteropServices;
using System.Text;
using NetVips;
using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>What is not read, and what is said about it: one line that names the file.</summary>
public sealed class PictureFileRefusalTests
{
    [Fact]
    public void Missing_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("missing.png");
        Assert.Equal($"cannot read {path}: the file does not exist", Refusal(() => PictureFile.Read(path)));
    }

    [Fact]
    public void Folder()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"cannot read {folder.Root}: it is a folder, not a file", Refusal(() => PictureFile.Read(folder.Root)));
    }

    [Fact]
    public void Empty_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("empty.jpg", []);
        Assert.Equal($"cannot read {path}: it is empty (0 bytes)", Refusal(() => PictureFile.Read(path)));
    }

    [Theory]
    [InlineData("hello.png", "Hello, I am no picture at all, whatever my name may say.")]
    [InlineData("x.jpg", "x")]
    [InlineData("drawing.png", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='5' height='5'/></svg>")]
    [InlineData("drawing.svg", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'></svg>")]
    [InlineData("paper.pdf", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")]
    [InlineData("table.csv", "1,2,3\n4,5,6\n")]
    [InlineData("bitmap.bmp", "BM\u0001\u0002 and so on, and so on, and so on")]
    [InlineData("film.mp4", "\0\0\0\u0018ftypisom\0\0\0\0isommp42")]
    [InlineData("sound.webp", "RIFF\u0001\0\0\0WAVEfmt ")]
    public void Whatever_is_no_picture_of_a_listed_format(string name, string content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name, Encoding.Latin1.GetBytes(content));
        Assert.Equal(
            $"cannot read {path}: it is not a picture in a supported format (PNG, JPEG, WebP, TIFF, AVIF or GIF)",
            Refusal(() => PictureFile.Read(path)));
    }

    [Theory]
    [InlineData("ftypheic\0\0\0\0mif1heic")]
    [InlineData("ftypmif1\0\0\0\0mif1heic")]
    public void Heic_is_refused_by_name(string content)
    {
        byte[] bytes = Encoding.Latin1.GetBytes("\0\0\0\u0018" + content + new string('\0', 80));
        Assert.Contains("photo.heic: HEIC pictures are not supported", Refusal(() => PictureFile.Read(bytes, "photo.heic")));
    }

    public static TheoryData<string, double> Truncations()
    {
        var cases = new TheoryData<string, double>();
        foreach (string extension in (string[])[".png", ".jpg", ".webp", ".tif", ".avif", ".gif"])
        {
            foreach (double share in (double[])[0.1, 0.5, 0.95])
                cases.Add(extension, share);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Truncations))]
    public void Truncated_picture(string extension, double share)
    {
        byte[] whole = Noise().WriteToBuffer(extension);
        using var folder = new TemporaryFolder();
        string path = folder.File("cut" + extension, whole[..(int)(share * whole.Length)]);

        string line = Refusal(() => PictureFile.Read(path));

        Assert.StartsWith($"cannot read {path}: the ", line);
        Assert.Matches("truncated(,| or) corrupt", line);
    }

    [Fact]
    public void Corrupt_png()
    {
        byte[] png = Noise().PngsaveBuffer();
        png.AsSpan(png.Length / 2, 16).Clear();
        Assert.Equal("cannot read test: the PNG data is truncated or corrupt", Refusal(() => PictureFile.Read(png, "test")));
    }

    [Fact]
    public void Header_that_promises_too_many_pixels()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("bomb.png", PngHeader(30_000, 30_000));
        Assert.Equal(
            $"cannot read {path}: 30000 x 30000 = 900000000 pixels exceed the limit of 268435456 pixels",
            Refusal(() => PictureFile.Read(path)));
    }

    [Fact]
    public void Header_that_promises_too_long_a_side() => Assert.Equal(
        "cannot read test: 40000 x 10 pixels exceed the limit of 32768 pixels a side",
        Refusal(() => PictureFile.Read(PngHeader(40_000, 10), "test")));

    [Fact]
    public void Header_within_the_limits_and_no_pixels() =>
        Assert.Contains("truncated or corrupt", Refusal(() => PictureFile.Read(PngHeader(100, 100), "test")));

    [Fact]
    public void File_without_permission()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "permissions do not stop a privileged user");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix permissions");
            return;
        }

        using var folder = new TemporaryFolder();
        string path = folder.File("secret.png", PngHeader(1, 1));
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal($"cannot read {path}: permission denied", Refusal(() => PictureFile.Read(path)));
    }

    [Fact]
    public void File_that_cannot_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        Assert.StartsWith("cannot read /proc/self/mem: ", Refusal(() => PictureFile.Read("/proc/self/mem")));
    }

    [Fact]
    public void Loaders_of_other_formats_are_blocked_for_the_whole_process()
    {
        VipsRuntime.EnsureReady();
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'></svg>"u8.ToArray();
        Assert.Throws<VipsException>(() => Image.NewFromBuffer(svg));
        Assert.Contains("blocked", Assert.Throws<VipsException>(() => Image.SvgloadBuffer(svg)).Message);
        Assert.Equal(0, Cache.Size);
    }

    [Fact]
    public void Libvips_prints_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "redirects a file descriptor");
        byte[] png = Noise().PngsaveBuffer();
        using var folder = new TemporaryFolder();
        string capture = folder.File("stderr.txt");

        int saved = dup(2);
        try
        {
            using (FileStream stream = File.Create(capture))
                Assert.NotEqual(-1, dup2((int)stream.SafeFileHandle.DangerousGetHandle(), 2));
            Refusal(() => PictureFile.Read(png.AsMemory(0, png.Length / 2), "test")); // libvips warns: "not enough data"
        }
        finally
        {
            _ = dup2(saved, 2);
            _ = close(saved);
        }

        Assert.DoesNotContain("VIPS", File.ReadAllText(capture));
    }

    private static Image Noise()
    {
        var random = new Random(1);
        var pixels = new byte[3 * 96 * 80];
        random.NextBytes(pixels);
        return FromBytes(pixels, 96, 80);
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // three plain calls of the C library
    [DllImport("libc")]
    private static extern int dup(int descriptor);

    [DllImport("libc")]
    private static extern int dup2(int from, int to);

    [DllImport("libc")]
    private static extern int close(int descriptor);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
