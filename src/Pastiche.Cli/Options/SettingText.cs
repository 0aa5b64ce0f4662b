using System.Globalization;
using Pastiche.Engines;

namespace Pastiche.Cli.Options;

/// <summary>Settings and their defaults as people type them.</summary>
internal static class SettingText
{
    /// <summary>A value as one types it: <c>0.02</c>, <c>1e12</c>, <c>lbfgs</c>, <c>relu1_1,relu2_1</c>.</summary>
    public static string Format(object? value) => value switch
    {
        double number when number != Math.Floor(number) || Math.Abs(number) > int.MaxValue + 1.0 => Scientific(number),
        double number => number.ToString("0", CultureInfo.InvariantCulture),
        Enum choice => choice.ToString().ToLowerInvariant(),
        bool flag => flag ? "true" : "false",
        IEnumerable<string> names => string.Join(',', names),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The default of an engine setting, and the presets that differ: <c>100; slides: 10000</c>.</summary>
    /// <param name="property">A property of <see cref="GatysOptions"/>.</param>
    public static string PresetDefaults(string property)
    {
        string standard = Value(GatysOptions.Gatys);
        IEnumerable<string> others = GatysOptions.Presets
            .Where(preset => Value(preset.Value) != standard)
            .Select(preset => $"; {preset.Key}: {Value(preset.Value)}");
        return standard + string.Concat(others);

        string Value(GatysOptions options) => ValueOf(options, property);
    }

    /// <summary>The values of an enumeration by the name that users type.</summary>
    public static IReadOnlyDictionary<string, T> Words<T>() where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => Format(value));

    /// <summary>The value of a setting in words.</summary>
    /// <param name="options">The options record.</param>
    /// <param name="property">One of its properties.</param>
    public static string ValueOf(object options, string property) => Format(options.GetType().GetProperty(property)!.GetValue(options));

    private static string Scientific(double number) =>
        Math.Abs(number) is >= 1e-3 and < 1e6
            ? number.ToString("0.######", CultureInfo.InvariantCulture)
            : number.ToString("0.###e0", CultureInfo.InvariantCulture);
}
