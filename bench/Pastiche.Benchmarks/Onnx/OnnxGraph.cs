using System.Runtime.InteropServices;

namespace Pastiche.Benchmarks.Onnx;

/// <summary>
/// A graph of ONNX operators in the making. A value has the name of the node that makes it, so that the profile of
/// ONNX Runtime can be read. Field numbers are those of onnx.proto.
/// </summary>
internal sealed class OnnxGraph
{
    // The newest set of which ONNX Runtime's blocked-layout optimiser knows every operator used here.
    private const int OperatorSet = 13;
    private const int IrVersion = 8;
    private const int TypeFloat = 1;

    private readonly ProtoMessage _graph = new ProtoMessage().Text(2, "chain");

    public string Input(string name, params long[] shape) => Value(field: 11, name, shape);

    public string Output(string name, params long[] shape) => Value(field: 12, name, shape);

    /// <summary>A constant tensor.</summary>
    public string Constant(string name, float[] values, params long[] shape)
    {
        _graph.Message(5, new ProtoMessage()
            .Integers(1, shape)
            .Integer(2, TypeFloat)
            .Text(8, name)
            .Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
        return name;
    }

    /// <summary>A node with one output, which gets the node's name. An empty input is an optional one left out.</summary>
    public string Node(string operation, string name, string[] inputs, params OnnxAttribute[] attributes)
    {
        var node = new ProtoMessage();
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, name).Text(3, name).Text(4, operation);
        foreach (OnnxAttribute attribute in attributes)
            node.Message(5, attribute.ToMessage());
        _graph.Message(1, node);
        return name;
    }

    /// <summary>The finished ModelProto.</summary>
    public byte[] ToModel() => new ProtoMessage()
        .Integer(1, IrVersion)
        .Text(2, "Pastiche.Benchmarks")
        .Message(7, _graph)
        .Message(8, new ProtoMessage().Text(1, "").Integer(2, OperatorSet))
        .ToArray();

    private string Value(int field, string name, long[] shape)
    {
        var dimensions = new ProtoMessage();
        foreach (long dimension in shape)
            dimensions.Message(1, new ProtoMessage().Integer(1, dimension));
        ProtoMessage tensor = new ProtoMessage().Integer(1, TypeFloat).Message(2, dimensions);
        _graph.Message(field, new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor)));
        return name;
    }
}
