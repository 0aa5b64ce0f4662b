namespace Pastiche.Cli.Paint;

/// <summary>The photographs of a command line and where their results go.</summary>
/// <param name="Targets">Those to repaint, in the order of the command line, of a folder in the order of their names.</param>
/// <param name="IsBatch">Whether results go to a folder and one that fails does not keep the others from being painted.</param>
/// <param name="Skipped">Photographs left out because they have a result.</param>
internal sealed record PhotoPlan(IReadOnlyList<PhotoTarget> Targets, bool IsBatch, int Skipped)
{
    private const string DefaultExtension = ".png";

    // Can be read, or are refused by a message of their own, but not be written.
    private static readonly string[] ReadOnlyExtensions = [".gif", ".heic", ".heif"];

    /// <summary>Makes the plan. It touches no file.</summary>
    /// <param name="arguments">What the command line asks for.</param>
    /// <param name="writableExtensions">The extensions that results may have.</param>
    /// <param name="problems">Receives one line for each thing that is wrong.</param>
    public static PhotoPlan Of(PaintArguments arguments, IReadOnlyList<string> writableExtensions, List<string> problems)
    {
        bool hasFolder = arguments.Contents.Any(Directory.Exists);
        bool isBatch = hasFolder || arguments.Contents.Count > 1 || (arguments.Output is { } named && Path.EndsInDirectorySeparator(named));
        if (arguments.Recursive && !hasFolder && arguments.Contents.Count > 0)
            problems.Add("--recursive is for folders; give one as CONTENT");

        List<PhotoTarget> all = isBatch
            ? Batch(arguments, writableExtensions, problems)
            : [.. arguments.Contents.Select(photo => new PhotoTarget(photo, arguments.Output, arguments.Trace))];
        PhotoTarget[] left = [.. all.Where(target => !(arguments.SkipExisting && File.Exists(target.Output)))];
        return new PhotoPlan(left, isBatch, all.Count - left.Length);
    }

    private static List<PhotoTarget> Batch(PaintArguments arguments, IReadOnlyList<string> writableExtensions, List<string> problems)
    {
        problems.AddRange(FolderProblems("--output", arguments.Output, writableExtensions));
        problems.AddRange(FolderProblems("--trace", arguments.Trace, [".json"]));
        var finder = new PhotoFinder(
            [.. writableExtensions, .. ReadOnlyExtensions], arguments.Recursive, new[] { arguments.Output, arguments.Trace }.OfType<string>());
        List<PhotoTarget> targets = [];
        foreach (string content in arguments.Contents)
        {
            if (Directory.Exists(content))
                targets.AddRange(finder.Find(content, problems).Select(name => Target(Path.Combine(content, name), name)));
            else
                targets.Add(Target(content, Path.GetFileName(content)));
        }
        return targets;

        PhotoTarget Target(string photo, string name)
        {
            string result = writableExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
                ? name
                : Path.ChangeExtension(name, DefaultExtension);
            return new PhotoTarget(
                photo,
                arguments.Output is null ? null : Path.Combine(arguments.Output, result),
                arguments.Trace is null ? null : Path.Combine(arguments.Trace, name + ".json"));
        }
    }

    // A folder is made when it is not there, but not one that looks like a slip.
    private static IEnumerable<string> FolderProblems(string option, string? path, IReadOnlyList<string> extensionsOfFiles)
    {
        if (path is null || Directory.Exists(path))
            yield break;
        if (File.Exists(path))
            yield return $"{option} '{path}' is a file; several photographs need a folder";
        else if (extensionsOfFiles.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            yield return $"{option} '{path}' is named like a file; several photographs need a folder";
        else if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { } above && !Directory.Exists(above))
            yield return $"{option} '{path}' cannot be made: the folder {above} does not exist";
    }
}
