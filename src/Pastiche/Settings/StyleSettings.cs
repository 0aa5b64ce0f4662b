using Pastiche.Colours;
using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>
/// Some or all hyper-parameters of a repainting: what of a <see cref="StyleTransferRequest"/> is not a picture. A setting that is not
/// given leaves what was there. Names, values and messages are those of the command line's options (<see cref="SettingTable"/>).
/// Immutable.
/// </summary>
/// <example>
/// <code>
/// StyleSettings settings = SettingsFile.Read("starry_night.pastiche.json").Set("style-weight", "1e2");
/// StyleResult result = Stylizer.Run(settings.ApplyTo(new StyleTransferRequest { Content = photograph, Styles = [new(painting)] }));
/// </code>
/// </example>
public sealed class StyleSettings
{
    private readonly Dictionary<string, object> _values;

    private StyleSettings(Dictionary<string, object> values) => _values = values;

    /// <summary>Nothing is given.</summary>
    public static StyleSettings Empty { get; } = new([]);

    /// <summary>The settings that are given, in the order of the table.</summary>
    public IEnumerable<Setting> Given => SettingTable.All.Where(setting => _values.ContainsKey(setting.Key));

    /// <summary>The value of a setting as people type it; <c>null</c> when it is not given.</summary>
    /// <param name="key">The setting's name.</param>
    public string? this[string key] => _values.TryGetValue(key, out object? value) ? SettingTable.Find(key)!.Form.Write(value) : null;

    /// <summary>All that a request says: the settings of its engine and those that engines have in common.</summary>
    /// <param name="request">The request; it may be without pictures.</param>
    public static StyleSettings Of(StyleTransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Dictionary<string, object> values = [];
        Collect(SettingTable.Request, request, values);
        if (request.Engine == EngineKind.Universal)
            Collect(SettingTable.Universal, request.Universal, values);
        else
            Collect(SettingTable.Gatys, request.Gatys, values);
        return new StyleSettings(values);
    }

    /// <summary>Gives a setting another value.</summary>
    /// <param name="key">Its name: <c>style-weight</c>.</param>
    /// <param name="value">The value as people type it: <c>1e2</c>, <c>lbfgs</c>, <c>relu1_1,relu2_1</c>, <c>true</c>.</param>
    /// <param name="source">What a message begins with, e.g. <c>--vary</c>; <c>null</c>: the name alone.</param>
    /// <exception cref="InvalidInputException">There is no such setting, or the value is not allowed; the message says what is.</exception>
    public StyleSettings Set(string key, string value, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        List<string> problems = [];
        StyleSettings result = Set(key, value, source is null ? "" : source + " ", problems);
        return problems.Count == 0 ? result : throw new InvalidInputException(problems);
    }

    /// <summary>Gives a setting another value, or says why not.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The value as people type it.</param>
    /// <param name="prefix">What a message puts before the name: <c>--</c>.</param>
    /// <param name="problems">Receives one line for each thing that is wrong; the settings are then returned as they are.</param>
    public StyleSettings Set(string key, string value, string prefix, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (SettingTable.Find(key) is not { } setting)
        {
            problems.Add($"{prefix}{key} is no setting; allowed: {string.Join(", ", SettingTable.All.Select(known => known.Key))}");
            return this;
        }
        return setting.Form.Read(prefix + key, value, problems) is { } read
            ? new StyleSettings(new(_values) { [setting.ShorthandFor ?? key] = setting.Expand(read) })
            : this;
    }

    /// <summary>For people: <c>style-weight=10 alpha=0.5</c>.</summary>
    public override string ToString() => string.Join(' ', Given.Select(setting => $"{setting.Key}={this[setting.Key]}"));

    /// <summary>Reads what <see cref="ToString"/> gives.</summary>
    internal static StyleSettings OfWords(string words) =>
        words.Split(' ').Select(word => word.Split('=', 2)).Aggregate(Empty, (settings, pair) => settings.Set(pair[0], pair[1]));

    /// <summary>These settings, and where they say nothing, others.</summary>
    /// <param name="others">What these win over.</param>
    public StyleSettings Over(StyleSettings others)
    {
        ArgumentNullException.ThrowIfNull(others);
        Dictionary<string, object> values = new(others._values);
        foreach ((string key, object value) in _values)
            values[key] = value;
        return new StyleSettings(values);
    }

    /// <summary>These settings without some.</summary>
    public StyleSettings Without(params IEnumerable<string> keys)
    {
        Dictionary<string, object> values = new(_values);
        foreach (string key in keys)
            values.Remove(key);
        return new StyleSettings(values);
    }

    /// <summary>These settings with another file for a palette (<c>colors</c>), if they name one.</summary>
    /// <param name="locate">Gets the file that they name and gives the one that is meant.</param>
    public StyleSettings WithPalette(Func<string, string> locate)
    {
        ArgumentNullException.ThrowIfNull(locate);
        return _values.TryGetValue("colors", out object? value) && value is ColourMode { PaletteFile: { } file } colours
            ? new StyleSettings(new(_values) { ["colors"] = colours with { PaletteFile = locate(file) } })
            : this;
    }

    /// <summary>A request with these settings; its pictures and whatever is not given stay.</summary>
    public StyleTransferRequest ApplyTo(StyleTransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Apply(SettingTable.Request, request) with { Gatys = ApplyTo(request.Gatys), Universal = ApplyTo(request.Universal) };
    }

    /// <summary>A request for a texture with these settings; size, passes and what else only textures have stay.</summary>
    public TextureRequest ApplyTo(TextureRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            Engine = Get("engine", request.Engine),
            StyleSize = Get("style-size", request.StyleSize),
            Seed = Get("seed", request.Seed),
            Model = Get("model", request.Model),
            Gatys = ApplyTo(request.Gatys),
            Universal = ApplyTo(request.Universal),
        };
    }

    /// <summary>Options of optimisation with these settings.</summary>
    public GatysOptions ApplyTo(GatysOptions options) => Apply(SettingTable.Gatys, options);

    /// <summary>Options of the universal engine with these settings.</summary>
    public UniversalOptions ApplyTo(UniversalOptions options) => Apply(SettingTable.Universal, options);

    private T Get<T>(string key, T fallback) => _values.TryGetValue(key, out object? value) ? (T)value : fallback;

    private T Apply<T>(IReadOnlyList<Setting<T>> settings, T options) where T : class => settings.Aggregate(
        options, (current, setting) => _values.TryGetValue(setting.Key, out object? value) ? setting.Apply(current, value) : current);

    private static void Collect<T>(IReadOnlyList<Setting<T>> settings, T options, Dictionary<string, object> values) where T : class
    {
        foreach (Setting<T> setting in settings.Where(setting => setting.ShorthandFor is null))
        {
            if (setting.ValueIn(options) is { } value)
                values.Add(setting.Key, value);
        }
    }
}
