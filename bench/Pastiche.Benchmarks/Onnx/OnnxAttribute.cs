namespace Pastiche.Benchmarks.Onnx;

/// <summary>An attribute of an ONNX node: a number, a text or a list of whole numbers.</summary>
internal sealed record OnnxAttribute(string Name, object Value)
{
    /// <summary>The AttributeProto; field and type numbers are those of onnx.proto.</summary>
    public ProtoMessage ToMessage()
    {
        ProtoMessage message = new ProtoMessage().Text(1, Name);
        return Value switch
        {
            float single => message.Single(2, single).Integer(20, 1),
            long integer => message.Integer(3, integer).Integer(20, 2),
            string text => message.Text(4, text).Integer(20, 3),
            long[] integers => message.Integers(8, integers).Integer(20, 7),
            _ => throw new ArgumentException($"no ONNX attribute holds a {Value.GetType().Name}"),
        };
    }
}
