using System.CommandLine;
using Pastiche.Engines;

namespace Pastiche.Cli.Options;

/// <summary>A command's options by topic, in the order of the help page.</summary>
/// <param name="groups">Options that only one engine has are in groups whose title ends in <c>engine NAME</c>.</param>
internal sealed class OptionGroups(params IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> groups)
{
    /// <summary>All options.</summary>
    public IEnumerable<Option> All => groups.SelectMany(group => group.Options);

    /// <summary>The groups with some of their options; groups that have none of them are left out.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Where(Func<Option, bool> isWanted) =>
    [
        .. groups.Select(group => (group.Title, (IReadOnlyList<Option>)[.. group.Options.Where(isWanted)])).Where(group => group.Item2.Count > 0),
    ];

    /// <summary>One line for each option of another engine than the one that is asked for.</summary>
    public IEnumerable<string> ForeignOptions(EngineKind engine, ArgumentReader read)
    {
        EngineKind other = engine == EngineKind.Universal ? EngineKind.Gatys : EngineKind.Universal;
        return groups.Where(group => group.Title.EndsWith($"engine {SettingText.Format(other)}", StringComparison.Ordinal))
            .SelectMany(group => group.Options)
            .Where(read.IsGiven)
            .Select(option => $"{option.Name} belongs to --engine {SettingText.Format(other)}, not to --engine {SettingText.Format(engine)}");
    }

    /// <summary>The words among a command's arguments that look like options and are no files.</summary>
    /// <param name="words">What the parser took for arguments.</param>
    /// <param name="problems">Receives one line for each of them.</param>
    /// <returns>Whether there are any.</returns>
    public bool HasUnknownOptions(IEnumerable<string> words, List<string> problems)
    {
        string[] unknown = [.. words.Where(word => word.StartsWith('-') && !File.Exists(word))];
        problems.AddRange(unknown.Select(word => $"unknown option '{word}'{Suggest(word)}"));
        return unknown.Length > 0;
    }

    /// <summary>The sections of the help page.</summary>
    /// <param name="arguments">The arguments, which come first.</param>
    public IReadOnlyList<HelpSection> Help(params IReadOnlyList<Argument> arguments) =>
    [
        .. groups.Select((group, index) => new HelpSection(
            group.Title,
            [
                .. (index == 0 ? arguments : []).Select(argument => new HelpEntry(argument.Name, argument.Description!)),
                .. group.Options.Select(Entry),
            ])),
    ];

    private static HelpEntry Entry(Option option) => new(
        string.Join(", ", [.. option.Aliases, option.Name]) + (option.HelpName is null ? "" : $" {option.HelpName}"),
        option.Description!);

    private string Suggest(string word)
    {
        string stem = word.TrimStart('-');
        string[] similar = [.. All.Select(option => option.Name).Where(name => stem.Length > 2 && (name.Contains(stem) || word.Contains(name)))];
        return similar.Length == 0 ? "" : $"; did you mean {string.Join(" or ", similar)}?";
    }
}
