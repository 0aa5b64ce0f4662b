using System.IO.Enumeration;
using Pastiche.Cli.Options;

namespace Pastiche.Cli.Paint;

/// <summary>The files of a folder that are named like pictures; whether they are will show when they are read.</summary>
/// <param name="extensions">Extensions of pictures, with their dots.</param>
/// <param name="isRecursive">Whether subfolders are searched, too.</param>
/// <param name="own">Folders that results go to, which are not searched.</param>
internal sealed class PhotoFinder(IReadOnlyList<string> extensions, bool isRecursive, IEnumerable<string> own)
{
    private readonly HashSet<string> _own = new(own.Select(CanonicalPath.Of), CanonicalPath.Comparer);

    /// <summary>Searches a folder. Hidden files are not taken, and links to folders not followed, since they can form circles.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problems">Receives why there is nothing.</param>
    /// <returns>Paths relative to the folder, in ordinal order.</returns>
    public IReadOnlyList<string> Find(string folder, List<string> problems)
    {
        try
        {
            var files = new FileSystemEnumerable<string>(
                folder,
                (ref entry) => Path.GetRelativePath(folder, entry.ToFullPath()),
                new EnumerationOptions { RecurseSubdirectories = isRecursive, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && IsPicture(entry.FileName),
                ShouldRecursePredicate = (ref entry) =>
                    !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !_own.Contains(CanonicalPath.Of(entry.ToFullPath())),
            };
            string[] found = [.. files.Order(StringComparer.Ordinal)];
            if (found.Length == 0)
                problems.Add($"no picture in the folder '{folder}'; pictures are named {string.Join(' ', extensions.Select(extension => "*" + extension))}");
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"cannot read the folder '{folder}': {exception.Message}");
            return [];
        }
    }

    private bool IsPicture(ReadOnlySpan<char> name)
    {
        string extension = Path.GetExtension(name).ToString();
        return extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
    }
}
