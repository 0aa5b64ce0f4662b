using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>What one types to paint a cell again. Settings have the names of the command's options.</summary>
internal static class PaintCommandLine
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=+%@";

    /// <summary>The command; what is a default is left out.</summary>
    public static string Of(GridCell cell)
    {
        List<string> words = ["pastiche", "paint", File(cell.Content.Name), "--style", File(cell.Style.Name)];
        StyleSettings settings = Changed(cell.Request);
        foreach (Setting setting in settings.Given)
            words.AddRange(["--" + setting.Key, settings[setting.Key]!]);
        if (cell.Request.Init == InitKind.Picture && cell.InitFile is { } init)
            words.AddRange(["--init", File(init)]);
        // All is said here; what lies beside the painting is not to be asked.
        if (System.IO.File.Exists(Preset.FileBeside(cell.Style.Name)))
            words.Add("--no-preset");
        words.AddRange(["-o", "out.png"]);
        return string.Join(' ', words.Select(Quote));
    }

    /// <summary>The settings of a request that are no defaults: <c>size=256 model=compact</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="without">The settings that are not to be told.</param>
    public static string Settings(StyleTransferRequest request, IEnumerable<string> without) => Changed(request).Without(without).ToString();

    private static StyleSettings Changed(StyleTransferRequest request)
    {
        var defaults = new StyleTransferRequest { Content = null, Styles = [] };
        StyleSettings standard = StyleSettings.Of(defaults with { Engine = request.Engine });
        if (request.Engine != defaults.Engine)
            standard = standard.Without("engine");
        StyleSettings settings = StyleSettings.Of(request);
        return settings.Without(settings.Given.Select(setting => setting.Key).Where(key => settings[key] == standard[key]));
    }

    // A file whose name looks like an option needs its folder.
    private static string File(string name) => name.StartsWith('-') ? "./" + name : name;

    private static string Quote(string word)
    {
        if (word.Length > 0 && word.All(character => Plain.Contains(character)))
            return word;
        return OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"")}\"" : $"'{word.Replace("'", "'\\''")}'";
    }
}
