using Pastiche.Cli.Options;
using Pastiche.Engines;

namespace Pastiche.Cli.Paint;

/// <summary>
/// Settings that a command line does not give itself but refers to. The order, later winning over earlier: the file beside the
/// painting, or the result that is to be repeated instead; the preset that is named. Options of the command line win over all.
/// </summary>
internal sealed class BorrowedSettings
{
    private readonly string? _likeFile;
    private readonly Recipe? _like;
    private readonly Preset? _preset;

    private BorrowedSettings(string? likeFile, Recipe? like, Preset? preset, StyleSettings settings) =>
        (_likeFile, _like, _preset, Settings) = (likeFile, like, preset, settings);

    /// <summary>The settings.</summary>
    public StyleSettings Settings { get; }

    /// <summary>The paintings of the result that is repeated; empty when none is.</summary>
    public IReadOnlyList<StyleArgument> Styles { get; private init; } = [];

    /// <summary>The picture that the result that is repeated started from; <c>null</c>: none.</summary>
    public string? InitFile { get; private init; }

    /// <summary>The file of settings beside the painting; <c>null</c>: there is none, or it is left out.</summary>
    public string? Sidecar { get; private init; }

    /// <summary>Collects what a command line refers to.</summary>
    /// <param name="styles">The paintings that it names.</param>
    /// <param name="likeFile">The result to repeat; <c>null</c>: none.</param>
    /// <param name="presetName">The preset; <c>null</c>: none.</param>
    /// <param name="hasRegions">Whether it names regions.</param>
    /// <param name="useSidecar">Whether the file beside the painting counts.</param>
    /// <param name="presets">The presets that there are.</param>
    /// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
    public static BorrowedSettings Read(
        IReadOnlyList<StyleArgument> styles, string? likeFile, string? presetName, bool hasRegions, bool useSidecar, PresetStore presets, List<string> problems)
    {
        Preset? preset = presetName is null ? null : Attempt.At(() => presets.Get(presetName, "--preset"), problems);
        StyleSettings named = preset?.Settings ?? StyleSettings.Empty;
        if (likeFile is not null)
        {
            Recipe? like = Attempt.At(() => Recipe.Read(likeFile), problems);
            bool isOpen = like is not null && styles.Count == 0;
            bool needsMasks = isOpen && !hasRegions && like!.Masks.Count > 0;
            if (needsMasks)
                problems.Add($"{likeFile} was painted with masks, which it does not hold ({string.Join(", ", like!.Masks)}); say which painting goes where: --style FILE, --region MASK=STYLE");
            return new BorrowedSettings(likeFile, like, preset, named.Over(like is null ? StyleSettings.Empty : SettingsOf(like, likeFile)))
            {
                Styles = isOpen && !needsMasks ? FindStyles(like!, likeFile, problems) : [],
                InitFile = like?.InitFile is { } init ? FindBeside(likeFile, init) : null,
            };
        }

        string? sidecar = useSidecar ? SidecarOf(styles) : null;
        StyleSettings beside = sidecar is null ? StyleSettings.Empty : Attempt.At(() => SettingsFile.Read(sidecar), problems) ?? StyleSettings.Empty;
        return new BorrowedSettings(null, null, preset, named.Over(beside)) { Sidecar = sidecar };
    }

    /// <summary>One line when the preset that is named is for another engine than the one that will run and has nothing for that one.</summary>
    public IEnumerable<string> EngineProblems(EngineKind engine) =>
        _preset?.Settings["engine"] is { } its && its != SettingText.Format(engine) && _preset.Settings.Given.All(setting => setting.Engine != engine)
            ? [$"--preset {_preset.Name} is for --engine {its}, not for --engine {SettingText.Format(engine)}"]
            : [];

    /// <summary>Why the result that was repeated had to come out otherwise; <c>null</c>: nothing is known that speaks against it.</summary>
    public string? Difference(StyleResult result)
    {
        if (_like is null || _like.Model != result.Run.Model || _like.ModelSha256 == result.Run.ModelSha256)
            return null;
        return $"model {result.Run.Model} is not the one that made {_likeFile}: its file has another SHA-256";
    }

    // The painting with the largest share; of equal ones the first.
    private static string? SidecarOf(IReadOnlyList<StyleArgument> styles) =>
        styles.Where(style => !string.IsNullOrWhiteSpace(style.File)).MaxBy(style => style.Weight) is { } main
        && Preset.FileBeside(main.File) is var file && File.Exists(file)
            ? file
            : null;

    // A palette, and a model that was a file, are looked for as the paintings are.
    private static StyleSettings SettingsOf(Recipe like, string likeFile)
    {
        StyleSettings settings = like.Settings.WithPalette(file => FindBeside(likeFile, file));
        return settings["model"] is { } model && Path.HasExtension(model) && FindBeside(likeFile, model) is var file && File.Exists(file)
            ? settings.Set("model", file)
            : settings;
    }

    private static List<StyleArgument> FindStyles(Recipe like, string likeFile, List<string> problems)
    {
        List<StyleArgument> found = [];
        foreach (RecipeStyle style in like.Styles)
        {
            string? file = style.File is null ? null : FindBeside(likeFile, style.File);
            if (file is not null && File.Exists(file))
                found.Add(new StyleArgument(file, style.Weight));
            else
                problems.Add($"the painting '{style.File}' of {likeFile} is neither beside it nor in the current folder; give --style FILE");
        }
        return found;
    }

    // A file's name from a picture's metadata: nothing in it may lead to another folder.
    private static string FindBeside(string likeFile, string name)
    {
        string plain = Path.GetFileName(name);
        string beside = Path.Combine(Path.GetDirectoryName(likeFile) ?? "", plain);
        return File.Exists(beside) ? beside : plain;
    }
}
