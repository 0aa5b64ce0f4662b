using System.Buffers.Binary;
using System.Text;

namespace Pastiche.Tests.Models;

/// <summary>Writes pickles opcode by opcode, good ones and evil ones.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _output = [];

    public byte[] ToArray() => _output.ToArray();

    public PickleWriter Raw(params byte[] bytes)
    {
        _output.AddRange(bytes);
        return this;
    }

    public PickleWriter Raw(string ascii) => Raw(Encoding.ASCII.GetBytes(ascii));

    public PickleWriter Protocol(byte version = 2) => Raw(0x80, version);

    public PickleWriter Stop() => Raw(".");

    public PickleWriter Mark() => Raw("(");

    public PickleWriter Tuple() => Raw("t");

    public PickleWriter EmptyTuple() => Raw(")");

    public PickleWriter EmptyDictionary() => Raw("}");

    public PickleWriter SetItems() => Raw("u");

    public PickleWriter Reduce() => Raw("R");

    public PickleWriter Global(string module, string name) => Raw($"c{module}\n{name}\n");

    public PickleWriter Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Raw("X").Raw(length).Raw(bytes);
    }

    public PickleWriter Integer(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return value is >= 0 and < 256 ? Raw((byte)'K', (byte)value) : Raw(0x8a, 8).Raw(bytes);
    }

    public PickleWriter Integers(IEnumerable<long> values)
    {
        Mark();
        foreach (long value in values)
            Integer(value);
        return Tuple();
    }

    /// <summary>A call that rebuilds a tensor, as torch writes it.</summary>
    public PickleWriter Tensor(TorchTensor tensor, bool legacy)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Mark();
        Mark().Text("storage").Global("torch", tensor.StorageType).Text(tensor.Key).Text("cpu").Integer(tensor.StorageElements);
        if (legacy)
            Raw("N");
        Tuple().Raw("Q");
        Integer(tensor.Offset).Integers(tensor.Shape).Integers(tensor.Strides).Raw(0x89);
        return Global("collections", "OrderedDict").EmptyTuple().Reduce().Tuple().Reduce();
    }
}
