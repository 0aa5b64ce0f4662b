using System.Globalization;
using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>Values of settings as people type them. Reading such a text gives the same value again, to the bit.</summary>
public static class SettingText
{
    /// <summary>A value as one types it: <c>0.02</c>, <c>1e12</c>, <c>lbfgs</c>, <c>relu1_1,relu2_1</c>, <c>5,4:0.8</c>.</summary>
    public static string Format(object? value) => value switch
    {
        double number => Format(number),
        Enum choice => choice.ToString().ToLowerInvariant(),
        bool flag => flag ? "true" : "false",
        IEnumerable<double> numbers => string.Join(',', numbers.Select(Format)),
        IEnumerable<string> names => string.Join(',', names),
        IEnumerable<UniversalLevel> levels => string.Join(',', levels.Select(LevelText.Format)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The values of an enumeration by the name that users type.</summary>
    public static IReadOnlyDictionary<string, T> Words<T>() where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => Format(value));

    private static string Format(double number)
    {
        bool isPlain = number == 0 || Math.Abs(number) is >= 1e-3 and <= int.MaxValue + 1.0;
        string text = number.ToString(isPlain ? "R" : "0.###e0", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(number) ? text : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
