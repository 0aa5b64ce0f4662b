using System.CommandLine;
using System.Globalization;

namespace Pastiche.Cli.Options;

/// <summary>Reads values off a parsed command line; what is wrong is added to a list, and the fallback stands in.</summary>
internal sealed class ArgumentReader(ParseResult parsed, ICollection<string> problems)
{
    /// <summary>A number, or the fallback when the option is not given.</summary>
    public double Number(NumberOption option, double fallback)
    {
        if (parsed.GetValue(option) is not { } text)
            return fallback;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && option.Bounds.Contain(value))
            return value;
        problems.Add($"{option.Name} '{text}' is not a number from {option.Bounds}");
        return fallback;
    }

    /// <summary>A whole number, or the fallback when the option is not given.</summary>
    public int Whole(NumberOption option, int fallback) => Whole(option) ?? fallback;

    /// <summary>A whole number, or null when the option is not given.</summary>
    public int? Whole(NumberOption option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && option.Bounds.Contain(value))
            return value;
        problems.Add($"{option.Name} '{text}' is not a whole number from {option.Bounds}");
        return null;
    }

    /// <summary>A size, or the fallback when the option is not given.</summary>
    /// <param name="option">The option.</param>
    /// <param name="bounds">What a side may be.</param>
    /// <param name="fallback">What holds otherwise.</param>
    public (int Width, int Height) Size(Option<string?> option, Bounds bounds, (int Width, int Height) fallback)
    {
        if (parsed.GetValue(option) is not { } text)
            return fallback;
        if (SizeArgument.Parse(text, bounds) is { } size)
            return size;
        problems.Add($"{option.Name} '{text}' is no WIDTHxHEIGHT; each is a whole number from {bounds}");
        return fallback;
    }

    /// <summary>One of a few words, or the fallback when the option is not given.</summary>
    public T Choice<T>(ChoiceOption<T> option, T fallback)
    {
        if (parsed.GetValue(option) is not { } text)
            return fallback;
        if (option.Choices.TryGetValue(text, out T? value))
            return value;
        problems.Add($"{option.Name} '{text}' is none of {string.Join(", ", option.Choices.Keys)}");
        return fallback;
    }

    /// <summary>The settings that a command line gives.</summary>
    /// <param name="options">The command's options; those that are no setting's are passed over.</param>
    public StyleSettings Settings(IEnumerable<Option> options)
    {
        StyleSettings settings = StyleSettings.Empty;
        foreach (Option option in options.Where(IsGiven))
        {
            if (option is ISettingOption setting)
                settings = settings.Set(setting.Setting.Key, setting.TextIn(parsed), "--", problems);
        }
        return settings;
    }

    /// <summary>A switch, or the fallback when the option is not given.</summary>
    public bool Flag(Option<bool> option, bool fallback) => IsGiven(option) ? parsed.GetValue(option) : fallback;

    /// <summary>A file's name, or null when the option is not given.</summary>
    public string? FileName(Option<string?> option)
    {
        string? text = parsed.GetValue(option);
        if (text is not null && string.IsNullOrWhiteSpace(text))
            problems.Add($"{option.Name} '{text}' names no file");
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Whether the command line has the option; the parser makes up a result for a switch that is not there.</summary>
    public bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
}
