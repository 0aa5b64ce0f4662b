namespace Pastiche.Cli.Recording;

/// <summary>A file that grows out of a run's steps and is written when it ends.</summary>
/// <param name="option">The option that names it.</param>
/// <param name="path">The file.</param>
/// <param name="role">What it is: <c>the plot</c>.</param>
internal abstract class RunFile(string option, string path, string role)
{
    /// <summary>The option that names it.</summary>
    public string Option => option;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>What it is.</summary>
    public string Role => role;

    /// <summary>Takes a step down.</summary>
    public abstract void Add(StyleProgress progress);

    /// <summary>Writes the file; it is complete or untouched.</summary>
    /// <param name="result">What came out.</param>
    public abstract void Write(StyleResult result);
}
