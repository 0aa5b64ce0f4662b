using System.Text.Json;
using System.Text.Json.Serialization;
using Pastiche.Imaging;

namespace Pastiche.Models;

/// <summary>What is known of a stored model, kept beside it as <c>NAME.json</c>.</summary>
/// <param name="Sha256">The stored file's SHA-256, lower-case hex.</param>
/// <param name="Input">The input convention's name.</param>
/// <param name="Origin">Where it came from: an address or a file's name.</param>
/// <param name="OriginSha256">The SHA-256 of the file that it was made from.</param>
/// <param name="Licence">The licence, when it is known.</param>
/// <param name="Attribution">Whom to name, when it is known.</param>
internal sealed record ModelRecord(
    string Sha256, string Input, string Origin, string OriginSha256, string? Licence, string? Attribution)
{
    /// <summary>The metadata key of the licence.</summary>
    public const string LicenceKey = "pastiche.licence";

    /// <summary>The metadata key of the attribution.</summary>
    public const string AttributionKey = "pastiche.attribution";

    /// <summary>The record's path for a model's.</summary>
    public static string PathFor(string model) => Path.ChangeExtension(model, ".json");

    /// <summary>Reads the record beside a model; <c>null</c> when there is none, or none that can be read.</summary>
    public static ModelRecord? Read(string model)
    {
        string path = PathFor(model);
        try
        {
            if (!File.Exists(path))
                return null;
            // Any JSON object deserialises; only one with a hash is a record.
            ModelRecord? record = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelRecordJson.Default.ModelRecord);
            return record is { Sha256: not null, Input: not null, Origin: not null } ? record : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the record beside a model.</summary>
    public void Write(string model) => AtomicFile.Write(PathFor(model), stream => JsonSerializer.Serialize(stream, this, ModelRecordJson.Default.ModelRecord));

    /// <summary>The same as metadata of the weights file, so that a file that is passed on still tells.</summary>
    public Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["pastiche.origin"] = Origin,
            ["pastiche.origin_sha256"] = OriginSha256,
        };
        if (Licence is not null)
            metadata[LicenceKey] = Licence;
        if (Attribution is not null)
            metadata[AttributionKey] = Attribution;
        return metadata;
    }
}

/// <summary>Serialises records without reflection, so that trimmed programs can use the library.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ModelRecord))]
internal sealed partial class ModelRecordJson : JsonSerializerContext;
