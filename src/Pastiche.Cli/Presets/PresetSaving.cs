using System.CommandLine;
using Pastiche.Cli.Options;

namespace Pastiche.Cli.Presets;

/// <summary><c>pastiche preset save</c>: settings of options, of another preset or of a result, under a name or beside a painting.</summary>
internal static class PresetSaving
{
    // About one picture, not about a look.
    private static readonly string[] NotKept = ["seed", "model"];

    /// <summary>Makes the command.</summary>
    /// <param name="presets">Where presets are kept.</param>
    /// <param name="console">Where results go.</param>
    public static Command Create(PresetStore presets, CommandConsole console)
    {
        var target = new PresetTarget(presets);
        var like = new Option<string?>("--like") { HelpName = "RESULT", Description = "Take the settings of a picture that pastiche made, without seed and model." };
        var preset = new Option<string?>("--preset") { HelpName = "NAME", Description = "Take the settings of another preset." };
        Option[] settings = [.. SettingTable.All.Select(setting => SettingOption.Create(setting.Key, "as without the preset"))];
        var command = new Command("save", "Saves settings: those of --like, of --preset over them, and of the options over both.");
        foreach (Option option in (IEnumerable<Option>)[.. target.Options, like, preset, .. settings])
            command.Options.Add(option);
        command.Arguments.Add(target.Name);
        command.SetAction(parsed =>
        {
            List<string> problems = [];
            var read = new ArgumentReader(parsed, problems);
            StyleSettings saved = read.Settings(settings);
            if (parsed.GetValue(preset) is { } name)
                saved = saved.Over(presets.Get(name, "--preset").Settings);
            if (parsed.GetValue(like) is { } result)
                saved = saved.Over(Recipe.Read(result).Settings.Without(NotKept));
            saved = saved.WithPalette(file => File.Exists(file) ? Path.GetFullPath(file) : file);
            if (!saved.Given.Any())
                problems.Add("nothing to save; give options such as --style-weight, or --like RESULT");
            target.AddProblems(parsed, problems);
            if (problems.Count > 0)
                throw new InvalidInputException(problems);
            console.Output.WriteLine(target.Save(parsed, saved));
            return ExitCode.Success;
        });
        return command;
    }
}
