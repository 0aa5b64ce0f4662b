using Pastiche.Imaging;

namespace Pastiche.Cli;

/// <summary>Finds out, before minutes of work, whether a file can be written.</summary>
internal static class WritableFile
{
    /// <summary>Why it cannot, without the file's name; <c>null</c> when it can.</summary>
    public static string? WhyNot(string path)
    {
        path = AtomicFile.FollowLinks(Path.GetFullPath(path));
        string folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
            return "it is a folder";
        if (!Directory.Exists(folder))
            return $"the folder {folder} does not exist";
        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            return "the existing file is write-protected"; // the rename would replace it all the same
        try
        {
            AtomicFile.Probe(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the folder {folder} cannot be written to";
        }
    }
}
