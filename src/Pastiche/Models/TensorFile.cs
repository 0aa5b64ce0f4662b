namespace Pastiche.Models;

/// <summary>What a file says about one of its tensors.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its extents, outermost first.</param>
internal sealed record TensorInfo(string Name, ElementType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The number of elements.</summary>
    public long Elements => Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>The shape for messages: <c>[64, 3, 3, 3]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>
/// A file of named tensors. Opening reads the directory and checks it against the file; numbers are read on demand, so that
/// a file of half a gigabyte costs only the tensors that are asked for.
/// </summary>
internal abstract class TensorFile : IDisposable
{
    private readonly Stream _stream;

    /// <summary>Takes over an open file.</summary>
    protected TensorFile(Stream stream, string path) => (_stream, Path) = (stream, path);

    /// <summary>The file's absolute path, or what to call in messages what is no file.</summary>
    public string Path { get; }

    /// <summary>Text that the file carries beside its tensors; empty when its format has none.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name.</summary>
    public abstract IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>Opens a weights file, whose format is recognised by its first bytes and not by its name.</summary>
    /// <param name="path">A safetensors file, or a PyTorch file of <c>torch.save</c> in the zip or the legacy format.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, is none of these or is damaged.</exception>
    public static TensorFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidInputException($"{path}: is a folder, not a weights file");
        if (!File.Exists(path))
            throw new InvalidInputException($"{path}: there is no such file");

        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Open(stream, stream.Name);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException or InvalidDataException)
        {
            throw new InvalidInputException($"{path}: cannot be read: {FirstLine(problem)}", problem);
        }
    }

    /// <summary>Opens the bytes of a weights file.</summary>
    /// <param name="stream">The bytes; they can be sought in, and belong to the result from now on.</param>
    /// <param name="path">What messages call them.</param>
    /// <exception cref="InvalidInputException">They are none of the formats that can be read, or damaged.</exception>
    public static TensorFile Open(Stream stream, string path)
    {
        try
        {
            return Recognise(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor as contiguous floats, outermost extent first.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <exception cref="InvalidInputException">The tensor is not of floating-point numbers, or its data is damaged.</exception>
    public float[] Read(string name)
    {
        TensorInfo tensor = Tensors[name];
        if (!tensor.Type.IsReadable)
            throw new InvalidInputException($"{Path}: tensor {name} is {tensor.Type.Name}; F32, F16 and BF16 can be read");
        if (tensor.Elements > Array.MaxLength)
            throw new InvalidInputException($"{Path}: tensor {name} has {tensor.Elements} elements; at most {Array.MaxLength} can be read");
        try
        {
            var values = new float[tensor.Elements];
            ReadInto(tensor, values);
            return values;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException)
        {
            throw new InvalidInputException($"{Path}: tensor {name} cannot be read: {FirstLine(problem)}", problem);
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _stream.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads a readable tensor into an array of its size.</summary>
    protected abstract void ReadInto(TensorInfo tensor, float[] values);

    private static TensorFile Recognise(Stream stream, string path)
    {
        // Nine bytes tell the formats apart: a zip's signature, a safetensors header's length and opening brace,
        // a pickle's protocol mark.
        Span<byte> start = stackalloc byte[9];
        stream.Position = 0;
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK\x03\x04"u8))
            return new PyTorchFile(stream, path, new PyTorchZipArchive(stream, path));
        if (start.Length == 9 && start[8] == '{')
            return new SafetensorsFile(stream, path);
        if (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            return new PyTorchFile(stream, path, new PyTorchLegacyArchive(stream, path));
        throw new InvalidInputException(
            $"{path}: is no weights file; safetensors and PyTorch's .pth (zip and legacy) can be read");
    }

    private static string FirstLine(Exception problem) => problem.Message.Split('\r', '\n')[0];
}
