using System.IO.Compression;

namespace Pastiche.Models;

/// <summary>
/// The format of <c>torch.save</c> since PyTorch 1.6: an uncompressed zip with <c>NAME/data.pkl</c>, one entry
/// <c>NAME/data/KEY</c> a storage, and perhaps <c>NAME/byteorder</c>.
/// </summary>
internal sealed class PyTorchZipArchive : PyTorchArchive
{
    private const string PickleName = "data.pkl";
    private const int MaximumPickle = 16 << 20;

    private readonly string _file;
    private readonly ZipArchive _zip;
    private readonly string _prefix;

    /// <summary>Reads the pickle and checks that every storage has its bytes.</summary>
    /// <exception cref="InvalidInputException">The file is damaged, or its pickle is refused.</exception>
    public PyTorchZipArchive(Stream stream, string file)
    {
        _file = file;
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry pickle = FindPickle();
            _prefix = pickle.FullName[..^PickleName.Length];
            if (ReadAll($"{_prefix}byteorder", 16) is [(byte)'b', ..])
                throw new InvalidInputException($"{_file}: was written on a big-endian machine; only little-endian files can be read");
            byte[] program = ReadAll(pickle.FullName, MaximumPickle)!;
            (Root, IReadOnlyDictionary<string, PickleStorage> storages) = PickleMachine.Run(new MemoryStream(program, writable: false), _file);
            foreach (PickleStorage storage in storages.Values)
                Check(storage, stream.Length);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException or OverflowException)
        {
            // What ZipArchive throws, besides InvalidDataException and IOException, on a directory that lies.
            throw new InvalidInputException($"{_file}: damaged zip file: {problem.Message.Split('\r', '\n')[0]}", problem);
        }
    }

    /// <inheritdoc/>
    public override object? Root { get; }

    /// <inheritdoc/>
    public override void Read(PickleStorage storage, long first, Span<float> values)
    {
        using Stream stream = _zip.GetEntry($"{_prefix}data/{storage.Key}")!.Open();
        Skip(stream, first * storage.Type.Bytes);
        FloatDecoder.Read(stream, storage.Type, values);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _zip.Dispose();
        base.Dispose();
    }

    private ZipArchiveEntry FindPickle()
    {
        ZipArchiveEntry[] pickles = [.. _zip.Entries.Where(entry => entry.FullName == PickleName || entry.FullName.EndsWith($"/{PickleName}", StringComparison.Ordinal))];
        return pickles.Length == 1
            ? pickles[0]
            : throw new InvalidInputException($"{_file}: is a zip file with {pickles.Length} entries {PickleName}; a PyTorch file has one");
    }

    private byte[]? ReadAll(string name, int maximum)
    {
        if (_zip.GetEntry(name) is not { } entry)
            return null;
        if (entry.Length > maximum || IsCompressed(entry))
            throw new InvalidInputException($"{_file}: {Printable.Shorten(name)} has {entry.Length} bytes; at most {maximum} uncompressed ones are read");
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Check(PickleStorage storage, long fileLength)
    {
        string name = $"{_prefix}data/{storage.Key}";
        ZipArchiveEntry entry = _zip.GetEntry(name) ?? throw new InvalidInputException($"{_file}: the storage {Printable.Shorten(name)} is missing");
        // torch never compresses, and without compression no storage can have more bytes than the file.
        if (IsCompressed(entry))
            throw new InvalidInputException($"{_file}: the storage {Printable.Shorten(name)} is compressed; torch.save stores it as it is");
        if (entry.Length > fileLength || entry.Length % storage.Type.Bytes != 0 || entry.Length / storage.Type.Bytes != storage.Elements)
            throw new InvalidInputException($"{_file}: the storage {Printable.Shorten(name)} has {entry.Length} bytes; {storage.Elements} elements of {storage.Type.Name} were announced");
    }

    private static bool IsCompressed(ZipArchiveEntry entry) => entry.CompressedLength != entry.Length;

    private static void Skip(Stream stream, long count)
    {
        var buffer = new byte[Math.Min(count, 1 << 16)];
        for (; count > 0; count -= Math.Min(count, buffer.Length))
            stream.ReadExactly(buffer, 0, (int)Math.Min(count, buffer.Length));
    }
}
