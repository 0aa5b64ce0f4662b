using Pastiche.Imaging;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Pictures;

/// <summary>An upload has more bytes than are taken.</summary>
internal sealed class UploadTooLargeException(string name, long limit)
    : Exception($"'{name}' is too large; allowed: up to {limit >> 20} MiB");

/// <summary>The folder is full of what must stay.</summary>
internal sealed class StoreFullException() : Exception("there is no room for more pictures; delete results, or try again later");

/// <summary>
/// Where pictures come in. A file is taken when it is what its content says and can be decoded wholly; its name is a label and never
/// becomes a path.
/// </summary>
internal sealed class PictureIntake(BlobStore blobs, DiskQuota quota, StudioOptions options) : IDisposable
{
    private const int LongestName = 100;

    // Decoded pictures are large: few at a time, whoever sends them.
    private readonly SemaphoreSlim _decoders = new(2);

    /// <summary>Takes a file.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="fileName">What the client calls it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidInputException">It is no picture that can be read.</exception>
    /// <exception cref="UploadTooLargeException">It has too many bytes.</exception>
    /// <exception cref="StoreFullException">There is no room.</exception>
    public async Task<StoredPicture> TakeAsync(Stream stream, string? fileName, CancellationToken cancellation)
    {
        string name = Label(fileName);
        if (!quota.HasRoom)
            throw new StoreFullException();
        byte[] bytes = await ReadAsync(stream, name, cancellation);
        PictureHeader header = PictureFile.ReadHeader(bytes, $"'{name}'");
        if (header.Pixels > options.MaxPixels)
        {
            throw new InvalidInputException(
                $"cannot read '{name}': {header.Width} x {header.Height} pixels are too many; allowed: up to {options.MaxMegapixels} million");
        }
        await _decoders.WaitAsync(cancellation);
        try
        {
            Picture picture = PictureFile.Read(bytes, $"'{name}'");
            quota.Count(bytes.Length);
            return new StoredPicture(blobs.Add(bytes), name, picture.Width, picture.Height);
        }
        finally
        {
            _decoders.Release();
        }
    }

    /// <summary>Keeps a picture that was made here.</summary>
    public StoredPicture Keep(Picture picture, string name)
    {
        byte[] png = PictureFile.Encode(picture, ".png");
        quota.Count(png.Length);
        return new StoredPicture(blobs.Add(png), name, picture.Width, picture.Height);
    }

    public void Dispose() => _decoders.Dispose();

    private async Task<byte[]> ReadAsync(Stream stream, string name, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (bytes.Length + count > options.MaxUploadBytes)
                throw new UploadTooLargeException(name, options.MaxUploadBytes);
            bytes.Write(buffer, 0, count);
        }
        return bytes.ToArray();
    }

    private static string Label(string? fileName)
    {
        string last = (fileName ?? "").Split('/', '\\')[^1];
        string plain = new([.. last.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(LongestName)]);
        return string.IsNullOrWhiteSpace(plain) ? "picture" : plain;
    }
}
