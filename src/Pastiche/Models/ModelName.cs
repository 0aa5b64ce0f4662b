using System.Text.RegularExpressions;

namespace Pastiche.Models;

/// <summary>Names of models, which become file names: nothing in them may lead out of the folder.</summary>
internal static partial class ModelName
{
    /// <summary>The extensions of weights files, in the order in which a folder is searched.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".safetensors", ".pth", ".pt"];

    /// <summary>Whether the text is a name.</summary>
    public static bool IsValid(string name) => Pattern().IsMatch(name) && !HasExtension(name);

    /// <summary>Whether the text ends as weights files do.</summary>
    public static bool HasExtension(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The name, if it is one.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static string Check(string name) => IsValid(name)
        ? name
        : throw new InvalidInputException(
            $"model name {Printable.Shorten(name)} is not allowed; 1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit, without a file's extension");

    /// <summary>A name made from a file's.</summary>
    public static string FromFile(string path) => Check(Path.GetFileNameWithoutExtension(path).ToLowerInvariant());

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Pattern();
}
