namespace Pastiche.Models;

/// <summary>Reads safetensors files: a JSON header, then the tensors' bytes one after the other.</summary>
internal sealed class SafetensorsFile : TensorFile
{
    private readonly Stream _stream;
    private readonly SafetensorsHeader _header;

    /// <summary>Takes over an open file and checks its header.</summary>
    /// <exception cref="InvalidInputException">The header is damaged.</exception>
    public SafetensorsFile(Stream stream, string path)
        : base(stream, path)
    {
        _stream = stream;
        _header = SafetensorsHeader.Read(stream, path);
        Tensors = _header.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Tensor);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <inheritdoc/>
    protected override void ReadInto(TensorInfo tensor, float[] values)
    {
        _stream.Position = _header.DataStart + _header.Entries[tensor.Name].Begin;
        FloatDecoder.Read(_stream, tensor.Type, values);
    }
}
