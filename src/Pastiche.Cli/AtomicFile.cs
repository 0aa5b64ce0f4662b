namespace Pastiche.Cli;

/// <summary>Files that are either the old ones or complete new ones, never half written.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, flushes to the disk, then renames.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = Beside(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Finds out, before hours of work, whether a file can be written.</summary>
    /// <returns>Why it cannot, without the file's name; <c>null</c> when it can.</returns>
    public static string? WhyUnwritable(string path)
    {
        if (Directory.Exists(path))
            return "it is a folder";
        if (!Directory.Exists(Folder(path)))
            return $"the folder {Folder(path)} does not exist";
        try
        {
            File.Create(Beside(path), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the folder {Folder(path)} cannot be written to";
        }
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path);

    private static string Beside(string path) =>
        Path.Combine(Folder(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
}
