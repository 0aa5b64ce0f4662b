using System.Text.Json;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>
/// A folder of painted cells. Beside each picture lies a JSON file that tells how it was made and the hash of its bytes; it is
/// written last, so that a cell without it, or whose picture is not the one that it tells of, is not finished.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="hasMetadata">Whether pictures tell how they were made.</param>
internal sealed class CellStore(string folder, bool hasMetadata)
{
    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Whether a cell's picture is there, whole, and made as the cell asks for.</summary>
    public bool Has(CellFile cell)
    {
        try
        {
            using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(PathOf(cell.Record)));
            return record.RootElement.GetProperty("fingerprint").GetString() == cell.Fingerprint
                && record.RootElement.GetProperty("sha256").GetString() == FileHash.Sha256(PathOf(cell.Picture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            return false; // missing or damaged: it is painted again, and if the disk is at fault, writing will say so
        }
    }

    /// <summary>Writes a cell's picture, then its record.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(CellFile cell, StyleResult result)
    {
        string picture = PathOf(cell.Picture);
        Recipe recipe = Recipe.Of(cell.Cell.Request, result, cell.Cell.InitFile);
        PictureFile.Write(hasMetadata ? recipe.Attach(result.Picture) : result.Picture, picture);
        AtomicFile.Write(PathOf(cell.Record), stream => Write(stream, cell, result, FileHash.Sha256(picture)));
    }

    private static void Write(Stream stream, CellFile cell, StyleResult result, string sha256)
    {
        using var writer = new Utf8JsonWriter(stream, SettingsJson.Readable);
        writer.WriteStartObject();
        writer.WriteString("picture", cell.Picture);
        writer.WriteString("content", cell.Cell.Content.Name);
        writer.WriteString("style", cell.Cell.Style.Name);
        writer.WriteString("command", cell.Cell.Command);
        writer.WritePropertyName("settings");
        SettingsJson.Write(writer, StyleSettings.Of(cell.Cell.Request));
        writer.WriteString("model", result.Run.Model);
        writer.WriteString("modelSha256", result.Run.ModelSha256);
        writer.WriteString("version", result.Run.Version);
        writer.WriteString("instructionSet", result.Run.InstructionSet);
        writer.WriteNumber("seconds", Math.Round(result.Run.Elapsed.TotalSeconds, 3));
        writer.WriteString("fingerprint", cell.Fingerprint);
        writer.WriteString("sha256", sha256);
        writer.WriteEndObject();
    }
}
