using System.Security.Cryptography;

namespace Pastiche.Models;

/// <summary>SHA-256 of files.</summary>
internal static class FileHash
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Computes a file's SHA-256 in lower-case hex.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">Hears how many bytes are done.</param>
    /// <param name="cancellation">Stops it.</param>
    public static string Sha256(string path, Action<long>? report = null, CancellationToken cancellation = default)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Sha256(stream, report, cancellation);
    }

    /// <summary>Computes the SHA-256 of what is left of a stream in lower-case hex.</summary>
    /// <inheritdoc cref="Sha256(string, Action{long}?, CancellationToken)"/>
    public static string Sha256(Stream stream, Action<long>? report = null, CancellationToken cancellation = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long done = 0;
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            report?.Invoke(done += count);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
