namespace Pastiche.Cli.Options;

/// <summary>The files of a run by what they are for, so that none is written over another.</summary>
internal sealed class TakenFiles
{
    private readonly Dictionary<string, string> _roles = new(CanonicalPath.Comparer);

    /// <summary>Notes a file that is read.</summary>
    /// <param name="file">The file; blank when the command line names none.</param>
    /// <param name="role">What it is: <c>a painting</c>.</param>
    public void AddInput(string? file, string role)
    {
        if (!string.IsNullOrWhiteSpace(file))
            _roles.TryAdd(CanonicalPath.Of(file), role);
    }

    /// <summary>Notes a file that is written; the problem when it is taken, else <c>null</c>.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="file">The file.</param>
    /// <param name="role">What it is: <c>the result</c>.</param>
    public string? Clash(string option, string file, string role)
    {
        string path = CanonicalPath.Of(file);
        return _roles.TryAdd(path, role) ? null : $"{option} would write '{file}', which is {_roles[path]}";
    }
}
