namespace Pastiche.Imaging;

/// <summary>Where a picture will be written, checked.</summary>
/// <param name="Path">The full path, symbolic links followed.</param>
/// <param name="Format">What its extension stands for.</param>
internal sealed record OutputTarget(string Path, OutputFormat Format)
{
    /// <summary>Finds out whether a picture can be written to a path, and changes nothing.</summary>
    /// <param name="path">The path, as the user gave it.</param>
    /// <returns>The target.</returns>
    /// <exception cref="InvalidInputException">It cannot; one line says why.</exception>
    public static OutputTarget Check(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            throw new InvalidInputException($"cannot write '{path?.Replace("\0", "\\0")}': it is not a file name");
        if (Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path))
            throw Refusal("it is a folder");

        string extension = System.IO.Path.GetExtension(path);
        OutputFormat format = OutputFormat.ForExtension(extension) ?? throw Refusal(
            (extension.Length == 0 ? "it has no extension" : $"extension '{extension}' is not supported")
            + $"; use one of {string.Join(", ", OutputFormat.AllExtensions)}");

        string target = AtomicFile.FollowLinks(System.IO.Path.GetFullPath(path));
        string folder = System.IO.Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw Refusal(File.Exists(folder) ? $"'{folder}' is a file, not a folder" : $"folder '{folder}' does not exist");

        CheckExistingFile(target);
        try
        {
            AtomicFile.Probe(target);
        }
        catch (PathTooLongException e)
        {
            throw Refusal("its name is too long", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal($"folder '{folder}' is not writable", e);
        }
        return new OutputTarget(target, format);

        InvalidInputException Refusal(string reason, Exception? cause = null) => new($"cannot write {path}: {reason}", cause);

        // A rename would replace even a file that its owner protected.
        void CheckExistingFile(string file)
        {
            if (!File.Exists(file))
                return;
            if (File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly))
                throw Refusal("the existing file is write-protected");
            try
            {
                using FileStream stream = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Refusal("the existing file cannot be opened for writing", e);
            }
        }
    }
}
