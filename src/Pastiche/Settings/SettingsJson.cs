using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pastiche.Settings;

/// <summary>
/// Settings as a flat JSON object: <c>{ "engine": "gatys", "style-weight": 1e2, "style-layers": ["relu1_1", "relu2_1"] }</c>. Numbers
/// and switches may have quotes, lists may be one text with commas; comments and trailing commas are read, too.
/// </summary>
[JsonSourceGenerationOptions(
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(RecipeDocument))]
internal sealed partial class SettingsJson : JsonSerializerContext
{
    /// <summary>JSON that people read.</summary>
    public static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads settings.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it: the file.</param>
    /// <exception cref="InvalidInputException">It is no such object; each line names source, setting, value and what is allowed.</exception>
    public static StyleSettings Parse(string json, string source)
    {
        Dictionary<string, JsonElement>? members;
        try
        {
            members = JsonSerializer.Deserialize(json, Default.DictionaryStringJsonElement);
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException($"{source} is no JSON object of settings: {exception.Message}", exception);
        }
        return Parse(members ?? throw new InvalidInputException($"{source} is no JSON object of settings: it is null"), source);
    }

    /// <summary>Reads settings.</summary>
    public static StyleSettings Parse(IEnumerable<KeyValuePair<string, JsonElement>> members, string source)
    {
        List<string> problems = [];
        StyleSettings settings = StyleSettings.Empty;
        foreach ((string key, JsonElement value) in members)
            settings = settings.Set(key, TextOf(value), $"{source}: ", problems);
        return problems.Count == 0 ? settings : throw new InvalidInputException(problems);
    }

    /// <summary>Writes settings, one a line.</summary>
    public static string Write(StyleSettings settings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            Write(writer, settings);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes settings as an object.</summary>
    public static void Write(Utf8JsonWriter writer, StyleSettings settings)
    {
        writer.WriteStartObject();
        foreach (Setting setting in settings.Given)
        {
            writer.WritePropertyName(setting.Key);
            if (setting.Form.IsBare)
                writer.WriteRawValue(settings[setting.Key]!);
            else
                writer.WriteStringValue(settings[setting.Key]);
        }
        writer.WriteEndObject();
    }

    // What one would type; whatever is no value becomes its JSON, which no setting allows.
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(TextOf)),
        _ => value.GetRawText(),
    };
}
