using Pastiche.Models;

namespace Pastiche.Studio.Store;

/// <summary>What settings may be when they come from a client. On the command line some are paths of files; here none ever is.</summary>
internal static class ClientSettings
{
    /// <summary>Everything that is wrong with settings, one line each; the library checks the rest when it has the pictures.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="options">The limits.</param>
    public static IReadOnlyList<string> Problems(StyleSettings settings, StudioOptions options)
    {
        List<string> problems = [];
        StyleTransferRequest request = settings.ApplyTo(new StyleTransferRequest { Content = null, Styles = [] });
        if (request.Size > options.MaxSize)
            problems.Add($"size is {request.Size}; allowed here: up to {options.MaxSize}");
        if (request.StyleSize > options.MaxSize)
            problems.Add($"style-size is {request.StyleSize}; allowed here: up to {options.MaxSize}");
        IReadOnlyList<string> models = Models();
        if (request.Model is { } model && !models.Contains(model))
            problems.Add($"model '{model}' is none of {string.Join(", ", models)}");
        if (request.Colours.PaletteFile is not null)
            problems.Add($"colors are '{settings["colors"]}'; allowed here: {string.Join(", ", Colours())}");
        return problems;
    }

    /// <summary>The models that may be named.</summary>
    public static IReadOnlyList<string> Models() =>
        [.. ModelStore.Default.List().Where(model => model.IsInstalled).Select(model => model.Name)];

    /// <summary>The values of the setting of colours that name no file.</summary>
    public static IReadOnlyList<string> Colours() => [.. SettingTable.Find("colors")!.Form.Choices.Where(choice => !choice.EndsWith(':'))];
}
