using System.Buffers.Binary;
using System.Text.Json;

namespace Pastiche.Models;

/// <summary>Where a tensor lies in a safetensors file.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsEntry(TensorInfo Tensor, long Begin, long End);

/// <summary>
/// The directory of a safetensors file: eight bytes with the length of a JSON object, then the object. It is believed only
/// after every number in it has been checked against the file: the tensors must fill the data exactly, without gap or overlap.
/// </summary>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, SafetensorsEntry> Entries, long DataStart)
{
    /// <summary>The key under which the JSON object holds the metadata.</summary>
    public const string MetadataKey = "__metadata__";

    private const int LengthBytes = 8;
    private const int MaximumLength = 16 << 20;
    private const int MaximumRank = 16;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads and checks the header of a file.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="InvalidInputException">The header is damaged.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        if (stream.Length < LengthBytes)
            throw Damaged(file, $"it has {stream.Length} bytes; a header alone has more");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.Position = 0;
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong most = (ulong)Math.Min(MaximumLength, stream.Length - LengthBytes);
        if (length < 2 || length > most)
            throw Damaged(file, $"its header claims {length} bytes; 2 to {most} are possible");

        var text = new byte[length];
        stream.ReadExactly(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Json);
            return Check(file, document.RootElement, LengthBytes + (long)length, stream.Length);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidInputException($"{file}: damaged safetensors file: its header is not valid: {problem.Message.Split('\r', '\n')[0]}", problem);
        }
    }

    private static SafetensorsHeader Check(string file, JsonElement root, long dataStart, long end)
    {
        var metadata = new Dictionary<string, string>();
        var entries = new Dictionary<string, SafetensorsEntry>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name != MetadataKey)
            {
                entries.Add(property.Name, ReadEntry(file, property.Name, property.Value));
                continue;
            }
            foreach (JsonProperty pair in property.Value.EnumerateObject())
                metadata.Add(pair.Name, pair.Value.GetString() ?? throw Damaged(file, $"metadata {Shorten(pair.Name)} is null"));
        }
        CheckLayout(file, entries.Values, end - dataStart);
        return new SafetensorsHeader(metadata, entries, dataStart);
    }

    private static SafetensorsEntry ReadEntry(string file, string name, JsonElement json)
    {
        string label = $"tensor {Shorten(name)}";
        string? typeName = json.TryGetProperty("dtype", out JsonElement dtype) ? dtype.GetString() : null;
        ElementType type = ElementType.Find(typeName) ?? throw Damaged(file, $"{label} has the unknown dtype {Shorten(typeName ?? "(none)")}");
        long[] shape = ReadNumbers(file, label, json, "shape");
        long[] offsets = ReadNumbers(file, label, json, "data_offsets");
        if (offsets.Length != 2 || offsets[1] < offsets[0])
            throw Damaged(file, $"{label} has the data_offsets [{string.Join(", ", offsets)}]; [begin, end] are needed");

        var tensor = new TensorInfo(name, type, shape);
        if (checked(tensor.Elements * type.Bytes) != offsets[1] - offsets[0])
            throw Damaged(file, $"{label} of shape {tensor.ShapeText} and type {type.Name} cannot fill {offsets[1] - offsets[0]} bytes");
        return new SafetensorsEntry(tensor, offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(string file, string label, JsonElement json, string key)
    {
        if (!json.TryGetProperty(key, out JsonElement array) || array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > MaximumRank)
            throw Damaged(file, $"{label} has no {key} of at most {MaximumRank} numbers");
        long[] numbers = [.. array.EnumerateArray().Select(number => number.GetInt64())];
        return numbers.All(number => number >= 0) ? numbers : throw Damaged(file, $"{label} has a negative number in {key}");
    }

    private static void CheckLayout(string file, IEnumerable<SafetensorsEntry> entries, long dataLength)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position)
                throw Damaged(file, $"tensor {Shorten(entry.Tensor.Name)} begins at byte {entry.Begin}; the one before it ends at {position}");
            position = entry.End;
        }
        if (position != dataLength)
            throw Damaged(file, $"its tensors need {position} bytes of data; it has {dataLength}");
    }

    private static string Shorten(string text) => Printable.Shorten(text);

    private static InvalidInputException Damaged(string file, string problem) =>
        new($"{file}: damaged safetensors file: {problem}");
}
