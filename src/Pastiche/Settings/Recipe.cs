using System.Text.Json;
using Pastiche.Imaging;

namespace Pastiche.Settings;

/// <summary>A painting that a result was made with.</summary>
/// <param name="File">Its file's name, without folder; <c>null</c> when it came from no file.</param>
/// <param name="Weight">Its share.</param>
public sealed record RecipeStyle(string? File, double Weight);

/// <summary>
/// How a result was made: all settings of its engine, the names of the paintings, the model and the library's version. No folders, no
/// photograph. It travels in the result's metadata.
/// </summary>
/// <param name="Version">The library's version.</param>
/// <param name="Model">The model's name.</param>
/// <param name="ModelSha256">The SHA-256 of its weights file, lower-case hex.</param>
/// <param name="Styles">The paintings.</param>
/// <param name="Settings">All settings; the model among them is the one that painted.</param>
public sealed record Recipe(string Version, string Model, string ModelSha256, IReadOnlyList<RecipeStyle> Styles, StyleSettings Settings)
{
    /// <summary>The name of the picture that the run started from; <c>null</c>: none, or it came from no file.</summary>
    public string? InitFile { get; init; }

    /// <summary>
    /// The masks that said where what is painted, in words without folders: <c>region sky.png</c>, <c>part of wave.jpg</c>, <c>strength</c>. They
    /// are drawn for one photograph, and not a part of the recipe.
    /// </summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>Steps after which the run was cancelled; <c>null</c>: it was not.</summary>
    public int? StoppedAfter { get; init; }

    /// <summary>Tells how a result was made.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="initFile">The name of the picture that the run started from.</param>
    public static Recipe Of(StyleTransferRequest request, StyleResult result, string? initFile = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(result);
        StyleTransferRequest told = request with { Model = Path.GetFileName(request.Model ?? result.Run.Model) };
        return new Recipe(
            result.Run.Version,
            result.Run.Model,
            result.Run.ModelSha256,
            [.. request.Styles.Select(style => new RecipeStyle(Path.GetFileName(style.Name), style.Weight))],
            StyleSettings.Of(told).WithPalette(file => Path.GetFileName(file)))
        {
            InitFile = Path.GetFileName(initFile),
            Masks = [.. MasksOf(request)],
            StoppedAfter = result.Completed ? null : result.Iterations,
        };
    }

    /// <summary>Reads how a picture was made from its metadata.</summary>
    /// <param name="path">The picture.</param>
    /// <exception cref="InvalidInputException">It cannot be read or does not tell; or a setting is unknown or not allowed.</exception>
    public static Recipe Read(string path) => PictureFile.ReadNote(path) is { } note
        ? Parse(note, path)
        : throw new InvalidInputException($"{path} does not tell how it was made; only pictures that pastiche wrote without --no-metadata do");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="InvalidInputException">It is no recipe.</exception>
    public static Recipe Parse(string json, string source)
    {
        try
        {
            RecipeDocument document = JsonSerializer.Deserialize(json, SettingsJson.Default.RecipeDocument) ?? throw new JsonException("it is null");
            return new Recipe(
                document.Pastiche, document.Model, document.ModelSha256, document.Styles, SettingsJson.Parse(document.Settings, source))
            {
                InitFile = document.InitFile,
                Masks = document.Masks ?? [],
                StoppedAfter = document.StoppedAfter,
            };
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException($"{source} does not tell how it was made: {exception.Message}", exception);
        }
    }

    /// <summary>The recipe as JSON on one line.</summary>
    public string ToJson()
    {
        using JsonDocument settings = JsonDocument.Parse(SettingsJson.Write(Settings));
        var document = new RecipeDocument
        {
            Pastiche = Version,
            Model = Model,
            ModelSha256 = ModelSha256,
            Styles = [.. Styles],
            InitFile = InitFile,
            Masks = Masks.Count == 0 ? null : [.. Masks],
            StoppedAfter = StoppedAfter,
            Settings = settings.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value),
        };
        return JsonSerializer.Serialize(document, SettingsJson.Default.RecipeDocument);
    }

    /// <summary>A picture that carries the recipe into its file.</summary>
    public Picture Attach(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.WithNote(ToJson());
    }

    private static IEnumerable<string> MasksOf(StyleTransferRequest request) =>
    [
        .. request.Regions.Select((region, index) => $"region {Path.GetFileName(RegionLayout.NameOf(region, index))}"),
        .. request.Styles.Where(style => style.Mask is not null).Select(style => $"part of {Path.GetFileName(style.Name) ?? "a painting"}"),
        .. request.Strength is null ? [] : new[] { "strength" },
    ];
}

/// <summary>A recipe's JSON.</summary>
internal sealed class RecipeDocument
{
    public required string Pastiche { get; init; }

    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required RecipeStyle[] Styles { get; init; }

    public string? InitFile { get; init; }

    public string[]? Masks { get; init; }

    public int? StoppedAfter { get; init; }

    public required Dictionary<string, JsonElement> Settings { get; init; }
}
