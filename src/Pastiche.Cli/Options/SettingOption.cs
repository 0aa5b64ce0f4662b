using System.CommandLine;

namespace Pastiche.Cli.Options;

/// <summary>An option that gives a setting its value; name, values and text are those of the setting.</summary>
internal interface ISettingOption
{
    /// <summary>The setting.</summary>
    Setting Setting { get; }

    /// <summary>What the command line gives it, as text; the option must be there.</summary>
    string TextIn(ParseResult parsed);
}

/// <summary>Makes options of settings.</summary>
internal static class SettingOption
{
    /// <summary>Describes an option.</summary>
    /// <param name="key">The setting's name.</param>
    /// <param name="standard">Its default in words.</param>
    /// <param name="text">What it is, where the setting's own description does not do.</param>
    public static Option Create(string key, string standard, string? text = null)
    {
        Setting setting = SettingTable.Find(key) ?? throw new ArgumentException($"'{key}' is no setting", nameof(key));
        string range = setting.Form.Range is { } bounds && bounds.Minimum > int.MinValue ? $"Range {bounds}, default" : "Default";
        string description = $"{text ?? setting.Description} {range} {standard}.";
        return setting.Form.Arity switch
        {
            SettingArity.Switch => new Switch(setting, description),
            SettingArity.Many => new List(setting, description),
            _ => new Word(setting, description),
        };
    }

    private sealed class Switch : Option<bool>, ISettingOption
    {
        public Switch(Setting setting, string description) : base("--" + setting.Key) =>
            (Setting, Description, HelpName) = (setting, description, setting.Form.Placeholder);

        public Setting Setting { get; }

        public string TextIn(ParseResult parsed) => SettingText.Format(parsed.GetValue(this));
    }

    private sealed class List : Option<string[]>, ISettingOption
    {
        public List(Setting setting, string description) : base("--" + setting.Key) =>
            (Setting, Description, HelpName) = (setting, description, setting.Form.Placeholder);

        public Setting Setting { get; }

        public string TextIn(ParseResult parsed) => string.Join(',', parsed.GetValue(this) ?? []);
    }

    private sealed class Word : Option<string?>, ISettingOption
    {
        public Word(Setting setting, string description) : base("--" + setting.Key)
        {
            (Setting, Description, HelpName) = (setting, description, setting.Form.Placeholder);
            CompletionSources.Add([.. setting.Form.Choices]);
        }

        public Setting Setting { get; }

        public string TextIn(ParseResult parsed) => parsed.GetValue(this) ?? "";
    }
}
