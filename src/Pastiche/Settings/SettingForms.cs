using System.Globalization;
using Pastiche.Colours;
using Pastiche.Engines;
using Pastiche.Networks;

namespace Pastiche.Settings;

/// <summary>A number of some kind.</summary>
/// <param name="bounds">The allowed numbers.</param>
/// <param name="kind">What a message calls one.</param>
internal abstract class NumericForm(Bounds bounds, string kind) : SettingForm
{
    public override Bounds Range => bounds;

    internal override bool IsBare => true;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        if (Parse(text) is { } value && bounds.Contain(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
            return value;
        problems.Add($"{label} '{text}' is not {kind} from {bounds}");
        return null;
    }

    /// <summary>The number, boxed; <c>null</c> when the text is none.</summary>
    private protected abstract object? Parse(string text);
}

/// <summary>A number.</summary>
internal sealed class NumberForm(Bounds bounds) : NumericForm(bounds, "a number")
{
    public override string Placeholder => "X";

    private protected override object? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}

/// <summary>A whole number.</summary>
internal sealed class WholeForm(Bounds bounds) : NumericForm(bounds, "a whole number")
{
    public override string Placeholder => "N";

    private protected override object? Parse(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;
}

/// <summary>One of a few words.</summary>
internal sealed class ChoiceForm<T>(IReadOnlyDictionary<string, T> words) : SettingForm where T : struct
{
    public override string Placeholder => string.Join('|', words.Keys);

    public override IReadOnlyList<string> Choices => [.. words.Keys];

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        if (words.TryGetValue(text, out T value))
            return value;
        problems.Add($"{label} '{text}' is none of {string.Join(", ", words.Keys)}");
        return null;
    }

    internal override string Write(object value) => words.First(pair => pair.Value.Equals(value)).Key;
}

/// <summary>True or false.</summary>
internal sealed class SwitchForm : SettingForm
{
    public override string Placeholder => "true|false";

    public override SettingArity Arity => SettingArity.Switch;

    internal override bool IsBare => true;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        if (text is "true" or "false")
            return text == "true";
        problems.Add($"{label} '{text}' is neither true nor false");
        return null;
    }
}

/// <summary>A name or a file.</summary>
internal sealed class NameForm(string placeholder) : SettingForm
{
    public override string Placeholder => placeholder;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(text))
            return text;
        problems.Add($"{label} '{text}' names no file");
        return null;
    }
}

/// <summary>Whose colours a result has.</summary>
internal sealed class ColoursForm : SettingForm
{
    // All words in one would be wider than a help page.
    public override string Placeholder => "MODE";

    public override IReadOnlyList<string> Choices => ColourMode.Words;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        if (ColourMode.Parse(text) is { } colours)
            return colours;
        problems.Add($"{label} '{text}' is none of {string.Join(", ", ColourMode.Words)}FILE");
        return null;
    }
}

/// <summary>Names of taps, separated by commas.</summary>
/// <param name="mayBeEmpty">Whether there may be none.</param>
internal sealed class LayersForm(bool mayBeEmpty) : SettingForm
{
    public override string Placeholder => "A,B,...";

    public override SettingArity Arity => SettingArity.Many;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        string[] names = Words(text);
        string[] wrong = [.. names.Where(name => !Tap.TryParse(name, out _))];
        foreach (string name in wrong)
            problems.Add($"{label} '{name}' is unknown; allowed: {Tap.AllowedNames}");
        if (names.Length == 0 && !mayBeEmpty)
            problems.Add($"{label} names no layer");
        return wrong.Length > 0 || (names.Length == 0 && !mayBeEmpty) ? null : (IReadOnlyList<string>)names;
    }

    internal static string[] Words(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Weights of layers, separated by commas; there may be none.</summary>
/// <param name="bounds">The allowed numbers.</param>
internal sealed class LayerWeightsForm(Bounds bounds) : SettingForm
{
    private readonly NumberForm _number = new(bounds);

    public override string Placeholder => "X,Y,...";

    public override SettingArity Arity => SettingArity.Many;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        object?[] numbers = [.. LayersForm.Words(text).Select(word => _number.Read(label, word, problems))];
        return numbers.Contains(null) ? null : (IReadOnlyList<double>)[.. numbers.Cast<double>()];
    }
}

/// <summary>Levels of the universal engine, separated by commas.</summary>
internal sealed class LevelsForm : SettingForm
{
    public override string Placeholder => "LEVEL[:ALPHA],...";

    public override SettingArity Arity => SettingArity.Many;

    internal override object? Read(string label, string text, ICollection<string> problems)
    {
        string[] words = LayersForm.Words(text);
        UniversalLevel?[] levels = [.. words.Select(LevelText.Parse)];
        if (words.Length == 0)
            problems.Add($"{label} names no level");
        foreach (string word in words.Where((_, index) => levels[index] is null))
            problems.Add($"{label} '{word}' is no LEVEL or LEVEL:ALPHA; {LevelText.Allowed}");
        return words.Length == 0 || levels.Contains(null) ? null : (IReadOnlyList<UniversalLevel>)levels!;
    }
}
