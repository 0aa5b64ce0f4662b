using System.Text.RegularExpressions;

namespace Pastiche.Settings;

/// <summary>Presets by name: those that are built in, and the user's own in a folder of JSON files that may be edited by hand.</summary>
/// <param name="folder">The folder of the user's presets; it is created when one is saved.</param>
public sealed partial class PresetStore(string folder)
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string FolderVariable = "PASTICHE_PRESETS";

    /// <summary>
    /// The store of this user: <see cref="FolderVariable"/>, else <c>pastiche/presets</c> in <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c>,
    /// on Windows in <c>%APPDATA%</c>.
    /// </summary>
    public static PresetStore Default => new(
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pastiche", "presets"));

    /// <summary>The presets that are built in.</summary>
    public static IReadOnlyList<Preset> BuiltIn => BuiltInPresets.All;

    /// <summary>The folder of the user's presets.</summary>
    public string Folder => folder;

    /// <summary>All names: built in first, then the user's, each sorted.</summary>
    public IReadOnlyList<string> Names => [.. BuiltInPresets.All.Select(preset => preset.Name), .. UserNames()];

    /// <summary>Finds a preset.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="label">What a message calls the option that names it.</param>
    /// <exception cref="InvalidInputException">There is none of that name, or its file is not valid.</exception>
    public Preset Get(string name, string label = "preset")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (BuiltInPresets.Find(name) is { } preset)
            return preset;
        if (IsName(name) && FileOf(name) is var file && File.Exists(file))
            return new Preset(name, SettingsFile.Read(file), File: file);
        throw new InvalidInputException($"{label} '{name}' is none of {string.Join(", ", Names)}");
    }

    /// <summary>Whether a preset of the user's has that name.</summary>
    public bool Contains(string name) => IsName(name) && File.Exists(FileOf(name));

    /// <summary>Says why a preset cannot be saved under a name; <c>null</c> when it can.</summary>
    /// <param name="name">The name.</param>
    /// <param name="force">Whether a preset of that name may be replaced.</param>
    public string? WhyNotSave(string name, bool force)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name))
            return $"preset name '{name}' is not allowed; 1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit";
        if (BuiltInPresets.Find(name) is not null)
            return $"preset name '{name}' is taken by one that is built in; choose another name";
        return Contains(name) && !force ? $"preset '{name}' exists ({FileOf(name)}); --force replaces it" : null;
    }

    /// <summary>Saves a preset; its file is complete or untouched.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">What it says.</param>
    /// <param name="force">Whether to replace one of the same name.</param>
    /// <returns>The preset with its file.</returns>
    /// <exception cref="InvalidInputException">The name is not allowed or taken.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Preset Save(string name, StyleSettings settings, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (WhyNotSave(name, force) is { } reason)
            throw new InvalidInputException(reason);
        Directory.CreateDirectory(folder);
        SettingsFile.Write(settings, FileOf(name));
        return new Preset(name, settings, File: FileOf(name));
    }

    /// <summary>Deletes a preset of the user's.</summary>
    /// <exception cref="InvalidInputException">There is none of that name; those that are built in stay.</exception>
    public void Delete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Contains(name))
        {
            throw new InvalidInputException(BuiltInPresets.Find(name) is null
                ? $"preset '{name}' is not in {folder}"
                : $"preset '{name}' is built in and cannot be deleted");
        }
        File.Delete(FileOf(name));
    }

    private IEnumerable<string> UserNames() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + Preset.Extension)
            .Select(file => Path.GetFileName(file)[..^Preset.Extension.Length])
            .Where(name => IsName(name) && BuiltInPresets.Find(name) is null)
            .Order(StringComparer.Ordinal)
        : [];

    private string FileOf(string name) => Path.Combine(folder, name + Preset.Extension);

    private static bool IsName(string name) => Pattern().IsMatch(name);

    // Names become file names: nothing in them may lead out of the folder.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Pattern();
}
