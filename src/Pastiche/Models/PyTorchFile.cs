namespace Pastiche.Models;

/// <summary>
/// Reads the tensors of a state dictionary that <c>torch.save</c> wrote, at the top of the file or below the key
/// <c>state_dict</c>. Values that are no tensors are passed over.
/// </summary>
internal sealed class PyTorchFile : TensorFile
{
    private const string NestedKey = "state_dict";

    private readonly PyTorchArchive _archive;
    private readonly Dictionary<string, PickleTensor> _views = [];

    /// <summary>Takes over an open file and the archive in it.</summary>
    /// <exception cref="InvalidInputException">The file holds no state dictionary.</exception>
    public PyTorchFile(Stream stream, string path, PyTorchArchive archive)
        : base(stream, path)
    {
        _archive = archive;
        if (archive.Root is not PickleDictionary root)
            throw new InvalidInputException($"{path}: holds no dictionary of tensors");
        PickleDictionary state = root.Find(NestedKey) as PickleDictionary ?? root;
        foreach ((string name, PickleTensor view) in state.OfType<PickleTensor>())
            _views[name] = view;
        Tensors = _views.ToDictionary(pair => pair.Key, pair => new TensorInfo(pair.Key, pair.Value.Storage.Type, pair.Value.Shape));
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _archive.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void ReadInto(TensorInfo tensor, float[] values)
    {
        PickleTensor view = _views[tensor.Name];
        if (values.Length == 0)
            return;
        if (view.IsContiguous)
        {
            _archive.Read(view.Storage, view.Offset, values);
            return;
        }
        long span = view.Last - view.Offset + 1;
        if (span > Array.MaxLength)
            throw new InvalidDataException($"its elements are spread over {span} elements; at most {Array.MaxLength} can be read");
        var region = new float[span];
        _archive.Read(view.Storage, view.Offset, region);
        Gather(region, view, values);
    }

    private static void Gather(float[] region, PickleTensor view, float[] values)
    {
        var index = new long[view.Shape.Length];
        long position = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = region[position];
            // Counts the index up like an odometer, innermost extent first.
            for (int k = index.Length - 1; k >= 0; k--)
            {
                position += view.Strides[k];
                if (++index[k] < view.Shape[k])
                    break;
                position -= view.Strides[k] * view.Shape[k];
                index[k] = 0;
            }
        }
    }
}
