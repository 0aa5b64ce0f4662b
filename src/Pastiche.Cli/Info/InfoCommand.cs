using System.CommandLine;

namespace Pastiche.Cli.Info;

/// <summary><c>pastiche info</c>: how a picture was made, as its metadata tell.</summary>
internal static class InfoCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">Where the answer goes.</param>
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<string>("RESULT") { Description = "A picture that pastiche made." };
        var json = new Option<bool>("--json") { Description = "The settings alone, as a file of settings." };
        var command = new Command("info", "Tell how a picture was made: settings, paintings, model.") { file, json };
        command.SetAction(parsed =>
        {
            Recipe recipe = Recipe.Read(parsed.GetRequiredValue(file));
            if (parsed.GetValue(json))
                console.Output.Write(SettingsFile.Format(recipe.Settings));
            else
                Write(recipe, console.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(Recipe recipe, TextWriter output)
    {
        int width = SettingTable.All.Max(setting => setting.Key.Length);
        Line("pastiche", recipe.Version);
        foreach (RecipeStyle style in recipe.Styles)
            Line("style", $"{style.File ?? "(no file)"} (share {SettingText.Format(style.Weight)})");
        foreach (string mask in recipe.Masks)
            Line("mask", mask);
        if (recipe.InitFile is not null)
            Line("init", recipe.InitFile);
        foreach (Setting setting in recipe.Settings.Given)
            Line(setting.Key, recipe.Settings[setting.Key]!);
        Line("model-sha256", recipe.ModelSha256);
        if (recipe.StoppedAfter is { } steps)
            Line("stopped", $"after {steps} steps");

        void Line(string name, string value) => output.WriteLine($"{name.PadRight(width)} {value}".TrimEnd());
    }
}
