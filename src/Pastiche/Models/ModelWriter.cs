using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>Stores a model in a folder: the weights file and its record beside it. One process at a time can store a name.</summary>
internal sealed class ModelWriter : IDisposable
{
    private readonly string _folder, _name;
    private readonly Func<NetworkWeights, IReadOnlyDictionary<string, float[]>>? _measureActivations;
    private readonly FileStream _guard;

    /// <summary>Creates the folder when it is not there, and takes the name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="measureActivations">Measures the mean activations of weights that come without; <c>null</c> leaves them out.</param>
    /// <exception cref="IOException">Another process is storing the same name.</exception>
    public ModelWriter(string folder, string name, Func<NetworkWeights, IReadOnlyDictionary<string, float[]>>? measureActivations)
    {
        (_folder, _name, _measureActivations) = (folder, name, measureActivations);
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{name}.lock");
        try
        {
            _guard = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new IOException($"{path} is in use; another process is storing the same model", problem);
        }
    }

    /// <summary>Rewrites a file's network as the stored model.</summary>
    /// <param name="file">A safetensors or PyTorch file.</param>
    /// <param name="input">Its input convention; <c>null</c>: as the file tells.</param>
    /// <param name="origin">Where the file came from.</param>
    /// <param name="originHash">The file's SHA-256.</param>
    /// <param name="source">The source that it is known to come from, if any.</param>
    /// <param name="progress">Hears that it is being converted.</param>
    /// <exception cref="InvalidInputException">The file is not acceptable; nothing is stored.</exception>
    public ModelListing Store(
        string file, InputConvention? input, string origin, string originHash, ModelSource? source, IProgress<ModelProgress>? progress)
    {
        progress?.Report(new ModelProgress(ModelStep.Converting, file, 0, null));
        return Store(ModelFile.Read(file, input), origin, originHash, source);
    }

    /// <summary>Stores a network.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="origin">Where its file or files came from.</param>
    /// <param name="originHash">Their SHA-256.</param>
    /// <param name="source">The source that it is known to come from, if any.</param>
    public ModelListing Store(NetworkWeights weights, string origin, string originHash, ModelSource? source)
    {
        if (weights.MeanActivations is null && _measureActivations is not null)
            weights = weights with { MeanActivations = _measureActivations(weights) };

        string path = Path.Combine(_folder, _name + ModelName.Extensions[0]);
        var record = new ModelRecord("", weights.Input.Name, origin, originHash, source?.Licence, source?.Attribution);
        // Between the two files' changes there is no record, which verification tells; a wrong one would cry wolf.
        File.Delete(ModelRecord.PathFor(path));
        ModelFile.Write(weights, path, record.ToMetadata());
        (record with { Sha256 = FileHash.Sha256(path) }).Write(path);
        return ModelInspector.Describe(_name, path);
    }

    /// <summary>Gives the name free.</summary>
    public void Dispose() => _guard.Dispose();
}
