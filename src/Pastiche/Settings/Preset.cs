namespace Pastiche.Settings;

/// <summary>Settings with a name.</summary>
/// <param name="Name">1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit.</param>
/// <param name="Settings">What it says; a setting that it does not give keeps its default.</param>
/// <param name="Description">What it is for; empty for a user's own.</param>
/// <param name="File">Its file; <c>null</c>: it is built in.</param>
public sealed record Preset(string Name, StyleSettings Settings, string Description = "", string? File = null)
{
    /// <summary>What the files of presets end in.</summary>
    public const string Extension = ".pastiche.json";

    /// <summary>
    /// The file beside a painting that has its settings: <c>starry_night.pastiche.json</c> for <c>starry_night.jpg</c>, in the same folder.
    /// </summary>
    /// <param name="style">The painting's file.</param>
    public static string FileBeside(string style)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(style);
        return Path.Combine(Path.GetDirectoryName(style) ?? "", Path.GetFileNameWithoutExtension(style) + Extension);
    }
}
