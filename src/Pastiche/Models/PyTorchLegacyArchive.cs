using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Pastiche.Models;

/// <summary>
/// The format of <c>torch.save</c> before PyTorch 1.6: pickles of a magic number, the protocol, facts about the machine, the
/// object and the storages' keys; then each storage as its element count (eight bytes) and its bytes.
/// </summary>
internal sealed class PyTorchLegacyArchive : PyTorchArchive
{
    private const long Protocol = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly Stream _stream;
    private readonly string _file;
    private readonly Dictionary<string, long> _positions = [];

    /// <summary>Reads the pickles and finds the storages.</summary>
    /// <exception cref="InvalidInputException">The file is damaged, or a pickle is refused.</exception>
    public PyTorchLegacyArchive(Stream stream, string file)
    {
        (_stream, _file) = (stream, file);
        if (Next() is not BigInteger magic || magic != Magic)
            throw Damaged("it does not begin with torch.save's magic number");
        if (Next() is not Protocol)
            throw Damaged($"its protocol is not {Protocol}");
        if (Next() is not PickleDictionary machine || machine.Find("little_endian") is not true)
            throw Damaged("it was not written on a little-endian machine");
        (Root, IReadOnlyDictionary<string, PickleStorage> storages) = PickleMachine.Run(stream, _file);
        if (Next() is not List<object?> keys)
            throw Damaged("it has no list of storages");
        FindStorages(keys, storages);
    }

    /// <inheritdoc/>
    public override object? Root { get; }

    /// <inheritdoc/>
    public override void Read(PickleStorage storage, long first, Span<float> values)
    {
        _stream.Position = _positions[storage.Key] + (first * storage.Type.Bytes);
        FloatDecoder.Read(_stream, storage.Type, values);
    }

    private object? Next() => PickleMachine.Run(_stream, _file).Value;

    private void FindStorages(List<object?> keys, IReadOnlyDictionary<string, PickleStorage> storages)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (object? item in keys)
        {
            if (item is not string key || !storages.TryGetValue(key, out PickleStorage? storage))
                throw Damaged("its list of storages has one that no tensor uses");
            if (_stream.Length - _stream.Position < count.Length)
                throw Damaged($"it ends before the storage {Printable.Shorten(key)}");
            _stream.ReadExactly(count);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Elements)
                throw Damaged($"the storage {Printable.Shorten(key)} has {BinaryPrimitives.ReadInt64LittleEndian(count)} elements; {storage.Elements} were announced");
            if (storage.Elements > (_stream.Length - _stream.Position) / storage.Type.Bytes)
                throw Damaged($"it ends within the storage {Printable.Shorten(key)}");
            if (!_positions.TryAdd(key, _stream.Position))
                throw Damaged($"the storage {Printable.Shorten(key)} is there twice");
            _stream.Position += storage.Elements * storage.Type.Bytes;
        }
        if (storages.Keys.FirstOrDefault(key => !_positions.ContainsKey(key)) is { } missing)
            throw Damaged($"the storage {Printable.Shorten(missing)} is missing");
    }

    private InvalidInputException Damaged(string problem) => new($"{_file}: damaged PyTorch file: {problem}");
}
