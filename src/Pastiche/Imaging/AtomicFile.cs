namespace Pastiche.Imaging;

/// <summary>Files that appear whole or not at all: written beside their final name, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Creates or replaces a file.</summary>
    /// <param name="path">Its final name; a symbolic link there is replaced, see <see cref="FollowLinks"/>.</param>
    /// <param name="write">Writes its content. When it throws, nothing has happened to <paramref name="path"/>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = TemporaryName(path);
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Removes what processes have left behind that were killed while they wrote a file. Nobody else may be writing it.
    /// </summary>
    /// <param name="path">The final name.</param>
    public static void RemoveLeftovers(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            return;
        foreach (string leftover in Directory.EnumerateFiles(folder, $".{Path.GetFileName(path)}.*.tmp"))
        {
            if (Path.GetFileName(leftover).Length == Path.GetFileName(TemporaryName(path)).Length)
                TryDelete(leftover);
        }
    }

    /// <summary>Creates and removes the kind of temporary file that <see cref="Write"/> needs; throws as it would.</summary>
    /// <param name="path">The final name.</param>
    public static void Probe(string path)
    {
        using FileStream stream = new(
            TemporaryName(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    /// <summary>The file that a symbolic link names in the end, or the path itself.</summary>
    public static string FollowLinks(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path; // What is done with it next says what is wrong with it.
        }
    }

    private static string TemporaryName(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{Guid.NewGuid().ToString("N")[..8]}.tmp");

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What made the write fail is the news; a temporary file that cannot be removed either is not.
        }
    }
}
