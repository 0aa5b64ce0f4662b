using System.CommandLine;
using Pastiche.Cli.Options;

namespace Pastiche.Cli.Presets;

/// <summary><c>pastiche preset</c>: which settings have names, and giving them one.</summary>
internal static class PresetCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">Where results go.</param>
    /// <param name="store">The presets; <c>null</c>: the user's.</param>
    public static Command Create(CommandConsole console, PresetStore? store = null)
    {
        PresetStore presets = store ?? PresetStore.Default;
        return new Command(
            "preset",
            $"List, show, save and delete settings with names. Yours are kept in {presets.Folder}; {PresetStore.FolderVariable} names another folder.")
        {
            List(presets, console),
            Show(presets, console),
            PresetSaving.Create(presets, console),
            Delete(presets),
        };
    }

    private static Command List(PresetStore presets, CommandConsole console)
    {
        var command = new Command("list", "Lists the presets that are built in, then yours.");
        command.SetAction(_ =>
        {
            int width = presets.Names.Max(name => name.Length);
            foreach (string name in presets.Names)
                console.Output.WriteLine($"{name.PadRight(width)}  {TextOf(presets, name)}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(PresetStore presets, CommandConsole console)
    {
        var name = new Argument<string>("NAME") { Description = "A preset." };
        var command = new Command("show", "Prints a preset as JSON, as it may stand beside a painting.") { name };
        command.SetAction(parsed =>
        {
            console.Output.Write(SettingsFile.Format(presets.Get(parsed.GetRequiredValue(name)).Settings));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Delete(PresetStore presets)
    {
        var name = new Argument<string>("NAME") { Description = "A preset of yours." };
        var command = new Command("delete", "Deletes a preset of yours.") { name };
        command.SetAction(parsed =>
        {
            presets.Delete(parsed.GetRequiredValue(name));
            return ExitCode.Success;
        });
        return command;
    }

    // One broken file must not hide the others.
    private static string TextOf(PresetStore presets, string name)
    {
        try
        {
            Preset preset = presets.Get(name);
            return preset.File is null ? preset.Description : preset.Settings.ToString();
        }
        catch (InvalidInputException exception)
        {
            return $"not valid: {exception.Problems[0]}";
        }
    }
}
