using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pastiche.Imaging;

namespace Pastiche.Models;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Values">Its numbers, outermost extent first.</param>
/// <param name="Type">The type to store them in: F32, or F16 (rounded to nearest).</param>
internal sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, float[] Values, ElementType Type);

/// <summary>
/// Writes safetensors files. The same tensors give the same bytes whatever their order: wider types first (so that every
/// tensor is aligned to its type), then by name, metadata by key.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes the file beside its name and then gives it its name.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        NamedTensor[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Type.Bytes).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        foreach (NamedTensor tensor in ordered)
            Check(tensor);
        AtomicFile.Write(path, stream => Write(stream, ordered, metadata));
    }

    private static void Check(NamedTensor tensor)
    {
        if (tensor.Shape.Aggregate(1L, (product, extent) => product * extent) != tensor.Values.Length)
            throw new ArgumentException($"{tensor.Name}: {tensor.Values.Length} values do not fill [{string.Join(", ", tensor.Shape)}]", nameof(tensor));
        if (tensor.Type != ElementType.Float32 && tensor.Type != ElementType.Float16)
            throw new ArgumentException($"{tensor.Name}: {tensor.Type.Name} cannot be written; F32 and F16 can", nameof(tensor));
        if (tensor.Type == ElementType.Float16 && tensor.Values.Any(value => float.IsFinite(value) && !Half.IsFinite((Half)value)))
            throw new ArgumentException($"{tensor.Name}: has numbers beyond F16, which ends at {Half.MaxValue}", nameof(tensor));
    }

    private static void Write(Stream stream, NamedTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        byte[] header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (NamedTensor tensor in tensors)
        {
            if (tensor.Type == ElementType.Float32)
                stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            else
                stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(tensor.Values, value => (Half)value).AsSpan()));
        }
    }

    private static byte[] Header(NamedTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            long position = 0;
            foreach (NamedTensor tensor in tensors)
                position = WriteEntry(json, tensor, position);
            json.WriteEndObject();
        }
        // Spaces after the object keep the data aligned.
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, NamedTensor tensor, long begin)
    {
        long end = begin + ((long)tensor.Values.Length * tensor.Type.Bytes);
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name);
        json.WriteStartArray("shape");
        foreach (long extent in tensor.Shape)
            json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
