using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>A setting that a grid varies.</summary>
/// <param name="Key">The setting's name: <c>style-weight</c>.</param>
/// <param name="Values">Its values as people type them.</param>
/// <seealso cref="SettingTable"/>
public sealed record GridAxis(string Key, IReadOnlyList<string> Values)
{
    /// <summary>
    /// Reads <c>NAME=VALUE,VALUE,...</c>. A setting that is a list itself (<c>levels</c>, <c>style-layers</c>) has its values between
    /// slashes: <c>levels=5,4,3/2,1</c>.
    /// </summary>
    /// <param name="text">The axis as people type it.</param>
    /// <param name="source">What a message begins with, e.g. <c>--vary</c>; <c>null</c>: nothing.</param>
    /// <exception cref="InvalidInputException">There is no such setting, or a value is not allowed or named twice; all problems are listed.</exception>
    public static GridAxis Parse(string text, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string prefix = source is null ? "" : source + " ";
        int equals = text.IndexOf('=');
        if (equals <= 0)
            throw new InvalidInputException($"{prefix}'{text}' is no NAME=VALUE,VALUE,...");
        string key = text[..equals].Trim();
        char separator = SettingTable.Find(key) is { Form.Arity: SettingArity.Many } ? '/' : ',';
        string[] values = text[(equals + 1)..].Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var axis = new GridAxis(key, values);
        List<string> problems = [.. axis.Problems(prefix)];
        return problems.Count == 0 ? axis.Normalise() : throw new InvalidInputException(problems);
    }

    /// <summary>What is wrong with name or values; one line each.</summary>
    internal IEnumerable<string> Problems(string prefix)
    {
        if (SettingTable.Find(Key) is null)
            return ReadProblems(Values.Take(1).DefaultIfEmpty(""), prefix);
        if (Values.Count == 0)
            return [$"{prefix}{Key} has no values; give {Key}=VALUE,VALUE,..."];
        List<string> problems = [.. ReadProblems(Values, prefix)];
        if (problems.Count == 0)
        {
            problems.AddRange(Normalise().Values.GroupBy(value => value).Where(group => group.Count() > 1)
                .Select(group => $"{prefix}{Key} has the value {group.Key} more than once"));
        }
        return problems;
    }

    /// <summary>The settings of each value.</summary>
    internal IEnumerable<StyleSettings> Steps() => Values.Select(value => StyleSettings.Empty.Set(Key, value));

    private GridAxis Normalise() => this with { Values = [.. Steps().Select(settings => settings[Key]!)] };

    private List<string> ReadProblems(IEnumerable<string> values, string prefix)
    {
        List<string> problems = [];
        foreach (string value in values)
            StyleSettings.Empty.Set(Key, value, prefix, problems);
        return problems;
    }
}
