using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pastiche.Studio.Store;

/// <summary>The JSON of jobs' files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(StyleSettingsConverter)])]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(JobProgress))]
[JsonSerializable(typeof(JobOutcome))]
internal sealed partial class JobJson : JsonSerializerContext;

/// <summary>Settings as the flat object of presets: <c>{ "engine": "universal", "alpha": 0.8 }</c>.</summary>
internal sealed class StyleSettingsConverter : JsonConverter<StyleSettings>
{
    public override StyleSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return SettingsFile.Parse(document.RootElement.GetRawText(), "settings");
    }

    public override void Write(Utf8JsonWriter writer, StyleSettings value, JsonSerializerOptions options) =>
        writer.WriteRawValue(SettingsFile.Format(value));
}
