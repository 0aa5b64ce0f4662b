using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Pastiche.Tests.Models;

/// <summary>A view into a storage, with the storage's bytes.</summary>
internal sealed record TorchTensor(string Name, string StorageType, string Key, byte[] Storage, long StorageElements, long Offset, long[] Shape, long[] Strides)
{
    public static TorchTensor Contiguous(string name, string type, float[] values, params long[] shape) =>
        View(name, type, values, 0, shape, [.. shape.Select((_, k) => shape.Skip(k + 1).Aggregate(1L, (product, extent) => product * extent))]);

    public static TorchTensor View(string name, string type, float[] storage, long offset, long[] shape, long[] strides) =>
        new(name, type, name, Encode(type, storage), storage.Length, offset, shape, strides);

    private static byte[] Encode(string type, float[] values) => type switch
    {
        "FloatStorage" => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
        "HalfStorage" => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()).ToArray(),
        "BFloat16Storage" => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).AsSpan()).ToArray(),
        "LongStorage" => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (long)value).AsSpan()).ToArray(),
        _ => throw new ArgumentException(type, nameof(type)),
    };
}

/// <summary>Writes the two formats of <c>torch.save</c>.</summary>
internal static class TorchWriter
{
    private static readonly byte[] Magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public static byte[] Zip(IReadOnlyList<TorchTensor> tensors, bool nested = false) => Zip(StateDictionary(tensors, nested, legacy: false), tensors);

    public static byte[] Zip(
        byte[] pickle,
        IEnumerable<TorchTensor>? tensors = null,
        CompressionLevel level = CompressionLevel.NoCompression,
        CompressionLevel pickleLevel = CompressionLevel.NoCompression,
        string byteOrder = "little")
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Add(zip, "archive/data.pkl", pickle, pickleLevel);
            foreach (TorchTensor tensor in (tensors ?? []).DistinctBy(tensor => tensor.Key))
                Add(zip, $"archive/data/{tensor.Key}", tensor.Storage, level);
            Add(zip, "archive/byteorder", System.Text.Encoding.ASCII.GetBytes(byteOrder), CompressionLevel.NoCompression);
            Add(zip, "archive/version", "3\n"u8.ToArray(), CompressionLevel.NoCompression);
        }
        return stream.ToArray();
    }

    public static byte[] Legacy(IReadOnlyList<TorchTensor> tensors, bool nested = false) => Legacy(StateDictionary(tensors, nested, legacy: true), tensors);

    public static byte[] Legacy(byte[] pickle, IReadOnlyList<TorchTensor> tensors)
    {
        using var stream = new MemoryStream();
        stream.Write(Magic);
        stream.Write(new PickleWriter().Protocol().Integer(1001).Stop().ToArray());
        stream.Write(new PickleWriter().Protocol().EmptyDictionary().Mark().Text("little_endian").Raw(0x88).SetItems().Stop().ToArray());
        stream.Write(pickle);
        TorchTensor[] storages = [.. tensors.DistinctBy(tensor => tensor.Key).Reverse()];
        PickleWriter keys = new PickleWriter().Protocol().Raw("](");
        foreach (TorchTensor tensor in storages)
            keys.Text(tensor.Key);
        stream.Write(keys.Raw("e").Stop().ToArray());
        var count = new byte[8];
        foreach (TorchTensor tensor in storages)
        {
            BinaryPrimitives.WriteInt64LittleEndian(count, tensor.StorageElements);
            stream.Write(count);
            stream.Write(tensor.Storage);
        }
        return stream.ToArray();
    }

    private static byte[] StateDictionary(IReadOnlyList<TorchTensor> tensors, bool nested, bool legacy)
    {
        PickleWriter writer = new PickleWriter().Protocol();
        if (nested)
            writer.EmptyDictionary().Mark().Text("epoch").Integer(3).Text("state_dict");
        writer.Global("collections", "OrderedDict").EmptyTuple().Reduce().Mark();
        foreach (TorchTensor tensor in tensors)
            writer.Text(tensor.Name).Tensor(tensor, legacy);
        writer.SetItems();
        // The attributes of an OrderedDict, as nn.Module.state_dict leaves them.
        writer.EmptyDictionary().Text("_metadata").EmptyDictionary().Raw("s").Raw("b");
        if (nested)
            writer.SetItems();
        return writer.Stop().ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes, CompressionLevel level)
    {
        using Stream entry = zip.CreateEntry(name, level).Open();
        entry.Write(bytes);
    }
}
