using System.Globalization;
using Pastiche.Engines;

namespace Pastiche.Studio.Page;

/// <summary>What the page's few sliders mean in terms of settings. Both ways: settings that were loaded move the sliders.</summary>
internal static class Look
{
    /// <summary>The key of the setting of colours, if the library has one.</summary>
    public const string Colours = "colors";

    // Style weights from 0.1 to 200: what is below or above looks like the photograph, or like the painting alone.
    private const double WeakestExponent = -1, Exponents = 3.3, StandardStrength = 0.75;

    private const int StandardSize = 768;

    private static readonly int[] UsualSizes = [384, 512, 768, 1024, 1536, 2048, 3072, 4096];

    private static readonly StyleTransferRequest Defaults = new() { Content = null, Styles = [] };

    /// <summary>The settings with which a page begins.</summary>
    public static StyleSettings Standard { get; } =
        WithStrength(StyleSettings.Empty.Set("engine", "gatys").Set("size", SettingText.Format(StandardSize)), StandardStrength);

    /// <summary>How much time optimisation may take: the word, and what it means.</summary>
    public static IReadOnlyList<(string Word, int Iterations)> Qualities { get; } =
        [.. Enum.GetValues<GatysQuality>().Select(quality => (SettingText.Format(quality), quality.Iterations()))];

    /// <summary>The word for the settings' iterations; <c>null</c> when there is none.</summary>
    public static string? Quality(StyleSettings settings) =>
        Qualities.FirstOrDefault(quality => quality.Iterations == Values(settings).Gatys.Iterations).Word;

    /// <summary>Sizes that are offered.</summary>
    /// <param name="most">The largest that is allowed.</param>
    public static IEnumerable<int> Sizes(int most) => UsualSizes.Where(size => size <= most);

    /// <summary>The request's values with these settings.</summary>
    public static StyleTransferRequest Values(StyleSettings settings) => settings.ApplyTo(Defaults);

    /// <summary>Whether it is painted by optimisation, which takes longer and is finer.</summary>
    public static bool IsFine(StyleSettings settings) => Values(settings).Engine == EngineKind.Gatys;

    /// <summary>Strength of the style, 0 to 1.</summary>
    public static double Strength(StyleSettings settings)
    {
        StyleTransferRequest values = Values(settings);
        double strength = values.Engine == EngineKind.Universal
            ? values.Universal.Alpha
            : (Math.Log10(Math.Max(values.Gatys.StyleWeight, 1e-9)) - WeakestExponent) / Exponents;
        return Math.Clamp(strength, 0, 1);
    }

    /// <summary>Settings of another strength, whichever engine will paint.</summary>
    public static StyleSettings WithStrength(StyleSettings settings, double strength) => settings
        .Set("alpha", strength.ToString("0.##", CultureInfo.InvariantCulture))
        .Set("style-weight", Math.Pow(10, WeakestExponent + Exponents * strength).ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>How large the paintings' patterns are, as a share of their size in the painting: 0.25 to 2.</summary>
    public static double Scale(StyleSettings settings)
    {
        StyleTransferRequest values = Values(settings);
        return Math.Clamp((double)(values.StyleSize ?? values.Size) / values.Size, 0.25, 2);
    }

    /// <summary>Settings of another scale.</summary>
    public static StyleSettings WithScale(StyleSettings settings, double scale) =>
        Math.Abs(scale - 1) < 0.01 ? settings.Without("style-size") : settings.Set("style-size", SettingText.Format((int)Math.Round(Values(settings).Size * scale)));

    /// <summary>Settings of another size; patterns keep their scale.</summary>
    public static StyleSettings WithSize(StyleSettings settings, int size)
    {
        double scale = Scale(settings);
        return WithScale(settings.Set("size", SettingText.Format(size)), scale);
    }
}
