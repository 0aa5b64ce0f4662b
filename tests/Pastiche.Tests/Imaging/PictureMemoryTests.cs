using Pastiche.Imaging;

namespace Pastiche.Tests.Imaging;

/// <summary>Pictures that are files in memory alone.</summary>
public sealed class PictureMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => [.. PictureFile.WritableExtensions];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Encoded_picture_is_the_file_that_would_be_written(string extension)
    {
        Picture picture = TestImages.Smooth(40, 30, hasAlpha: true).WithNote("a note");
        string path = _folder.File("picture" + extension);
        PictureFile.Write(picture, path);
        byte[] bytes = PictureFile.Encode(picture, extension);

        Assert.Equal(File.ReadAllBytes(path), bytes);
        Assert.Equal("a note", PictureFile.ReadNote(bytes, "memory"));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Header_tells_format_and_size(string extension)
    {
        PictureHeader header = PictureFile.ReadHeader(PictureFile.Encode(TestImages.Smooth(40, 30), extension), "memory");
        Assert.Equal((40, 30, 1200L), (header.Width, header.Height, header.Pixels));
        Assert.Contains(header.Format, "PNG JPEG WebP TIFF AVIF", StringComparison.Ordinal);
    }

    [Fact]
    public void Header_is_read_without_the_pixels()
    {
        byte[] png = PictureFile.Encode(TestImages.Smooth(400, 300), ".png");
        PictureHeader header = PictureFile.ReadHeader(png.AsMemory(0, png.Length / 2), "half");
        Assert.Equal(400, header.Width);
        Assert.Throws<InvalidInputException>(() => PictureFile.Read(png.AsMemory(0, png.Length / 2), "half"));
    }

    [Theory]
    [InlineData("not a picture")]
    [InlineData("")]
    public void What_is_no_picture_has_no_header(string text) => Assert.Contains(
        "cannot read upload", Assert.Throws<InvalidInputException>(() => PictureFile.ReadHeader(System.Text.Encoding.UTF8.GetBytes(text), "upload")).Message);

    [Fact]
    public void Formats_that_cannot_be_written_are_refused()
    {
        Assert.Contains("extension '.bmp'", Assert.Throws<InvalidInputException>(() => PictureFile.Encode(TestImages.Smooth(4, 4), ".bmp")).Message);
        Assert.Contains("16383", Assert.Throws<InvalidInputException>(() => PictureFile.Encode(new Picture(16_384, 1, new float[3 * 16_384]), ".webp")).Message);
    }
}
