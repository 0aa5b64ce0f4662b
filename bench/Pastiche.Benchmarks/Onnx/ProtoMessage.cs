using Google.Protobuf;

namespace Pastiche.Benchmarks.Onnx;

/// <summary>
/// One protocol buffers message, put together field by field. ONNX needs a dozen fields, so its schema is not compiled in:
/// the callers name the numbers of onnx.proto.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];
    private int _size;

    public ProtoMessage Integer(int field, long value) =>
        Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), output => output.WriteInt64(value));

    public ProtoMessage Integers(int field, IEnumerable<long> values)
    {
        foreach (long value in values)
            Integer(field, value);
        return this;
    }

    public ProtoMessage Single(int field, float value) =>
        Add(field, WireFormat.WireType.Fixed32, CodedOutputStream.ComputeFloatSize(value), output => output.WriteFloat(value));

    public ProtoMessage Text(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), output => output.WriteString(value));

    public ProtoMessage Bytes(int field, byte[] value)
    {
        ByteString bytes = UnsafeByteOperations.UnsafeWrap(value);
        return Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeBytesSize(bytes), output => output.WriteBytes(bytes));
    }

    /// <summary>Adds a message, which must be complete.</summary>
    public ProtoMessage Message(int field, ProtoMessage value)
    {
        int size = value._size;
        return Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(size) + size, output =>
        {
            output.WriteLength(size);
            value.WriteTo(output);
        });
    }

    public byte[] ToArray()
    {
        var bytes = new byte[_size];
        using var output = new CodedOutputStream(bytes);
        WriteTo(output);
        output.CheckNoSpaceLeft();
        return bytes;
    }

    private ProtoMessage Add(int field, WireFormat.WireType type, int size, Action<CodedOutputStream> write)
    {
        _size += CodedOutputStream.ComputeTagSize(field) + size;
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }

    private void WriteTo(CodedOutputStream output)
    {
        foreach (Action<CodedOutputStream> write in _fields)
            write(output);
    }
}
