namespace Pastiche.Models;

/// <summary>Reads safetensors files: a JSON header, then the tensors' bytes one after the other.</summary>
internal sealed class SafetensorsFile : TensorFile
{
    private readonly FileStream stream;
    private readonly SafetensorsHeader header;

    /// <summary>Takes over an open file and checks its header.</summary>
    /// <exception cref="InvalidInputException">The header is damaged.</exception>
    public SafetensorsFile(FileStream stream)
        : base(stream)
    {
        this.stream = stream;
        header = SafetensorsHeader.Read(stream);
        Tensors = header.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Tensor);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <inheritdoc/>
    protected override void ReadInto(TensorInfo tensor, float[] values)
    {
        stream.Position = header.DataStart + header.Entries[tensor.Name].Begin;
        FloatDecoder.Read(stream, tensor.Type, values);
    }
}
