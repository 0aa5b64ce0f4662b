using System.Globalization;
using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>A level of the universal engine as people write it: <c>LEVEL[:ALPHA]</c>.</summary>
internal static class LevelText
{
    private static readonly Bounds Levels = Bounds.Of<UniversalLevel>(nameof(UniversalLevel.Level));
    private static readonly Bounds Alphas = Bounds.Of<UniversalLevel>(nameof(UniversalLevel.Alpha));

    /// <summary>What is allowed, for messages and help.</summary>
    public static string Allowed => $"LEVEL is a whole number from {Levels}, ALPHA a number from {Alphas}";

    /// <summary>Reads <c>4</c> or <c>4:0.8</c>; <c>null</c> when it is neither or out of range.</summary>
    public static UniversalLevel? Parse(string text)
    {
        string[] parts = text.Split(':');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int level) || !Levels.Contain(level))
            return null;
        if (parts.Length == 1)
            return new UniversalLevel(level);
        bool isStrength = double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double alpha) && Alphas.Contain(alpha);
        return parts.Length == 2 && isStrength ? new UniversalLevel(level, alpha) : null;
    }

    /// <summary>Writes what <see cref="Parse"/> reads.</summary>
    public static string Format(UniversalLevel level) => level.Alpha == 1
        ? SettingText.Format(level.Level)
        : $"{SettingText.Format(level.Level)}:{SettingText.Format(level.Alpha)}";
}
