namespace Pastiche.Cli.Options;

/// <summary>Decides whether two paths are one file.</summary>
internal static class CanonicalPath
{
    /// <summary>Compares canonical paths the way that the system's usual file system does.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The absolute path with symbolic links followed, of the file and of every folder above it.</summary>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        if (folder is null)
            return full;
        string canonical = Path.Combine(Of(folder), Path.GetFileName(full));
        try
        {
            return new FileInfo(canonical).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? canonical;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return canonical; // it does not exist, or the links go round in circles: opening it will tell
        }
    }
}
