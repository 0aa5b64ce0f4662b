using System.CommandLine;
using Pastiche.Engines;

namespace Pastiche.Cli.Options;

/// <summary>The options of the engines' settings, with the defaults that hold in a command.</summary>
/// <param name="gatys">The defaults of optimisation.</param>
/// <param name="universal">The defaults of the universal engine.</param>
/// <param name="presets">Further defaults of optimisation by name, which help tells where they differ.</param>
internal sealed class EngineOptions(
    GatysOptions gatys, UniversalOptions universal, IReadOnlyDictionary<string, GatysOptions>? presets = null)
{
    /// <summary>The options of optimisation by name.</summary>
    /// <param name="keys">The settings that a command offers; the others keep their defaults.</param>
    public IEnumerable<Option> Gatys(params IEnumerable<string> keys) => keys.Select(key =>
    {
        Setting<GatysOptions> setting = SettingTable.Gatys.First(setting => setting.Key == key);
        string? standard = Told(setting, gatys);
        IEnumerable<string> others = (presets ?? new Dictionary<string, GatysOptions>())
            .Where(preset => Told(setting, preset.Value) != standard)
            .Select(preset => $"; {preset.Key}: {Told(setting, preset.Value)}");
        return SettingOption.Create(key, standard + string.Concat(others));
    });

    /// <summary>The options of the universal engine by name.</summary>
    /// <param name="keys">The settings that a command offers.</param>
    public IEnumerable<Option> Universal(params IEnumerable<string> keys) => keys.Select(key =>
        SettingOption.Create(key, SettingTable.Universal.First(setting => setting.Key == key).TextIn(universal)!));

    private static string? Told(Setting<GatysOptions> setting, GatysOptions options)
    {
        string? text = setting.TextIn(options);
        return text is "" ? "none" : text;
    }
}
