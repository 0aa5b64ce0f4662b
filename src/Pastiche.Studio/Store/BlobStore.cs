using System.Security.Cryptography;
using Pastiche.Imaging;

namespace Pastiche.Studio.Store;

/// <summary>
/// Files by what is in them: a file's name is its SHA-256, so that nothing is kept twice and nothing can be half there. Written beside and
/// renamed; several processes may share the folder.
/// </summary>
internal sealed class BlobStore(StudioOptions options)
{
    private readonly string _folder = Path.Combine(options.DataFolder, "blobs");

    /// <summary>Whether a text can be the id of a file: 64 digits of lower-case hex.</summary>
    public static bool IsId(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Keeps bytes.</summary>
    /// <returns>Their id.</returns>
    public string Add(ReadOnlySpan<byte> bytes)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string path = PathOf(id);
        if (File.Exists(path))
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow); // it is wanted again: not to be swept now
            return id;
        }
        byte[] copy = bytes.ToArray();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, stream => stream.Write(copy));
        return id;
    }

    /// <summary>Whether a file is there.</summary>
    public bool Contains(string id) => IsId(id) && File.Exists(PathOf(id));

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public byte[] Read(string id) => File.ReadAllBytes(PathOf(id));

    /// <summary>All files.</summary>
    public IEnumerable<FileInfo> List() => Directory.Exists(_folder)
        ? new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories)
        : [];

    // No other text ever becomes a path.
    private string PathOf(string id) => IsId(id)
        ? Path.Combine(_folder, id[..2], id)
        : throw new ArgumentException($"'{id}' is no id of a file", nameof(id));
}
