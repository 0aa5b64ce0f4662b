using System.IO.Compression;
using System.Net;
using System.Text;
using Pastiche.Imaging;

namespace Pastiche.Studio.Tests;

/// <summary>Files that are no pictures, or not what they seem: they are refused with a problem, and nothing else happens.</summary>
public sealed class HostileUploadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> BadFiles => [.. Bad.Keys];

    private static Dictionary<string, Func<byte[]>> Bad { get; } = new()
    {
        ["empty"] = () => [],
        ["one byte"] = () => [0x89],
        ["text"] = () => "not a picture"u8.ToArray(),
        ["svg"] = () => "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(),
        ["svg with a file of the server's"] = () =>
            "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&e;</text></svg>"u8.ToArray(),
        ["pdf"] = () => "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"u8.ToArray(),
        ["zip"] = Zip,
        ["html"] = () => "<html><script>alert(1)</script></html>"u8.ToArray(),
        ["vips format"] = () => [0xb6, 0xa6, 0xf2, 0x08, .. new byte[100]],
        ["png signature alone"] = () => Pictures.Png()[..8],
        ["truncated png"] = () => Pictures.Png()[..^40],
        ["png with a wrong checksum"] = () => Flip(Pictures.Png(), 40),
        ["truncated jpeg"] = () => PictureFile.Encode(Pictures.Draw(96, 72), ".jpg")[..800],
        ["truncated avif"] = () => PictureFile.Encode(Pictures.Draw(96, 72), ".avif")[..300],
        ["png of 60000 x 60000"] = () => PngBomb(60_000, 60_000),
        ["png of 30000 x 30000"] = () => PngBomb(30_000, 30_000),
        ["png of 8000 x 8000, above the limit of pixels"] = () => PngBomb(8_000, 8_000),
        ["gif of 65535 x 65535"] = () => [.. "GIF89a"u8, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 0, 0x3b],
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Bad_file_is_refused_as_content_style_and_mask(string name)
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        byte[] file = Bad[name]();
        (string, object)[][] requests =
        [
            [("content", file), ("style", "swirls")],
            [("content", Pictures.Png()), ("style", file)],
            [("content", Pictures.Png()), ("style", "swirls"), ("mask", file)],
        ];
        foreach ((string, object)[] parts in requests)
        {
            using HttpResponseMessage response = await studio.PostAsync(parts);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
        Assert.Equal("[]", await studio.Client.GetStringAsync("/api/jobs", Cancellation));
        Assert.Empty(studio.Strays());
    }

    [Fact]
    public async Task Picture_that_is_a_script_as_well_is_served_as_a_picture_alone()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        byte[] polyglot = [.. Pictures.Png(), .. "<script>alert(1)</script>"u8];
        string id = await studio.CreateAsync(("content", polyglot), ("style", "swirls"), ("settings", """{ "engine": "universal", "size": 32, "levels": "1" }"""));
        await studio.WaitAsync(id);
        using HttpResponseMessage result = await studio.Client.GetAsync($"/api/jobs/{id}/result", Cancellation);
        byte[] bytes = await result.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal("image/png", result.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<script>", Encoding.Latin1.GetString(bytes));
    }

    [Fact]
    public async Task File_above_the_limit_is_not_read_to_its_end()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { MaxUploadMegabytes = 1 });
        using HttpResponseMessage response = await studio.PostAsync(("content", Pictures.Noise(900, 900, 1)), ("style", "swirls"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("../../../../tmp/evil.png")]
    [InlineData("C:\\windows\\evil.png")]
    [InlineData("a\0b.png")]
    [InlineData("")]
    public async Task Name_of_a_file_is_a_label_and_no_path(string fileName)
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { Workers = 0 });
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{fileName}\"\r\n\r\n"), .. Pictures.Png(),
            .. "\r\n--b\r\nContent-Disposition: form-data; name=\"style\"\r\n\r\nswirls\r\n--b--\r\n"u8,
        ];
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using HttpResponseMessage response = await studio.Client.PostAsync("/api/jobs", content, Cancellation);

        Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest, response.StatusCode.ToString());
        Assert.DoesNotContain("..", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(studio.Strays());
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Bodies_that_are_no_forms_are_refused(string type)
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await studio.Client.PostAsync("/api/jobs", content, Cancellation);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType, response.StatusCode.ToString());
    }

    [Fact]
    public async Task Damaged_pictures_are_taken_or_refused_and_never_an_error_of_the_server()
    {
        await using StudioStage studio = await StudioStage.OpenAsync(options => options with { Workers = 0, MaxQueuePerClient = 10_000, RequestsPerMinute = 1_000_000 });
        var random = new Random(7);
        string[] extensions = [".png", ".jpg", ".webp", ".tiff", ".avif"];
        byte[][] originals = [.. extensions.Select(extension => PictureFile.Encode(Pictures.Draw(24, 18), extension))];
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = [.. originals[i % originals.Length]];
            for (int change = random.Next(1, 8); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using HttpResponseMessage response = await studio.PostAsync(("content", bytes), ("style", "swirls"));
            Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest, $"number {i}: {response.StatusCode}");
        }
        Assert.Empty(studio.Strays());
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0xff;
        return bytes;
    }

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("a.png");
        return bytes.ToArray();
    }

    // A header that promises far more than there is.
    private static byte[] PngBomb(int width, int height)
    {
        byte[] header = [(byte)'I', (byte)'H', (byte)'D', (byte)'R', .. Big(width), .. Big(height), 8, 0, 0, 0, 0];
        using var data = new MemoryStream();
        data.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Chunk(data, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(new byte[1 << 20]);
        Chunk(data, [.. "IDAT"u8, .. packed.ToArray()]);
        Chunk(data, [.. "IEND"u8]);
        return data.ToArray();
    }

    private static void Chunk(MemoryStream to, byte[] typed)
    {
        to.Write(Big(typed.Length - 4));
        to.Write(typed);
        to.Write(Big(unchecked((int)Checksum(typed))));
    }

    // CRC-32 as PNG has it, bit by bit.
    private static uint Checksum(byte[] bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
        }
        return ~sum;
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
