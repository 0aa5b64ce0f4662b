using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>A model in memory.</summary>
/// <param name="Name">Its name, or its file's name.</param>
/// <param name="Path">Its file.</param>
/// <param name="Sha256">The file's SHA-256, lower-case hex.</param>
/// <param name="Weights">The network.</param>
internal sealed record LoadedModel(string Name, string Path, string Sha256, NetworkWeights Weights);

/// <summary>
/// Where weights files live. A model is given as a path or as a name; a name is looked for in the folders of the environment
/// variable <c>PASTICHE_MODELS</c> (separated as in <c>PATH</c>), then in the user's data folder, where models are also stored.
/// </summary>
public sealed class ModelStore
{
    /// <summary>The environment variable with more folders to search.</summary>
    public const string FoldersVariable = "PASTICHE_MODELS";

    private readonly ModelFolders _folders;

    /// <summary>Makes a store.</summary>
    /// <param name="folders">The folders to search in order, at least one; models are stored in the last, which is created when needed.</param>
    /// <param name="sources">The models that can be pulled; <c>null</c>: <see cref="ModelSource.Known"/>.</param>
    public ModelStore(IReadOnlyList<string> folders, IReadOnlyList<ModelSource>? sources = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentOutOfRangeException.ThrowIfZero(folders.Count, nameof(folders));
        _folders = new ModelFolders(folders);
        Sources = sources ?? ModelSource.Known;
    }

    /// <summary>The store of this user and this environment.</summary>
    public static ModelStore Default { get; } = new(
    [
        .. (Environment.GetEnvironmentVariable(FoldersVariable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pastiche", "models"),
    ])
    {
        MeasureActivations = MeasureWithAllProcessors,
    };

    /// <summary>The names of the input conventions that a model can have: <c>caffe</c>, <c>torchvision</c>.</summary>
    public static IReadOnlyList<string> InputConventions { get; } = [.. InputConvention.All.Select(convention => convention.Name)];

    /// <summary>The models that can be pulled.</summary>
    public IReadOnlyList<ModelSource> Sources { get; }

    /// <summary>The folder that models are stored in.</summary>
    public string Folder => _folders.Home;

    /// <summary>
    /// Measures the mean activations of a network that is about to be stored (by convolution name, as in
    /// <see cref="NetworkWeights.MeanActivations"/>); they are stored with it. <c>null</c> leaves them out.
    /// </summary>
    internal Func<NetworkWeights, IReadOnlyDictionary<string, float[]>>? MeasureActivations { get; init; }

    /// <summary>Fetches files.</summary>
    internal ModelDownloader Downloader { get; init; } = new();

    /// <summary>Finds a model's file.</summary>
    /// <param name="nameOrPath">
    /// A name, or a path: whatever has a folder in it, ends as weights files do (<c>.safetensors</c>, <c>.pth</c>, <c>.pt</c>) or
    /// is the name of an existing file.
    /// </param>
    /// <returns>The model's name and its file.</returns>
    /// <exception cref="InvalidInputException">There is no such model; the message tells where it was looked for and what brings it.</exception>
    public (string Name, string Path) Resolve(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (IsPath(nameOrPath))
        {
            RequireFile(nameOrPath);
            return (Path.GetFileNameWithoutExtension(nameOrPath), nameOrPath);
        }
        string name = ModelName.Check(nameOrPath);
        return _folders.Find(name) is { } path ? (name, path) : throw new InvalidInputException(
            $"model {name} was not found in {string.Join(", ", _folders.All)}; this command brings it: {CommandThatBrings(name)}");
    }

    /// <summary>Reads a model and the hash of its file.</summary>
    /// <exception cref="InvalidInputException">There is no such model, or its file cannot be read.</exception>
    internal LoadedModel Load(string nameOrPath)
    {
        (string name, string path) = Resolve(nameOrPath);
        NetworkWeights weights = ModelFile.Read(path);
        return new LoadedModel(name, path, FileHash.Sha256(path), weights);
    }

    /// <summary>The stored models, then those that can be pulled.</summary>
    public IReadOnlyList<ModelListing> List()
    {
        List<ModelListing> stored = [.. _folders.Models().Select(model => ModelInspector.Describe(model.Name, model.Path))];
        IEnumerable<ModelListing> available =
            from source in Sources
            where stored.TrueForAll(model => model.Name != source.Name)
            select new ModelListing(source.Name, null, source.Downloads is [{ } download, ..] ? download.Size : null, source.Input, source.Licence, null, source.Description);
        return [.. stored, .. available];
    }

    /// <summary>Computes each stored file's hash anew and compares it with the one that was recorded.</summary>
    public IReadOnlyList<ModelCheck> Verify() =>
    [
        .. _folders.Models().Select(model => ModelInspector.Check(model.Name, model.Path)),
        .. _folders.Orphans().Select(model => new ModelCheck(model.Name, model.Path, ModelHealth.Damaged, "the file is gone")),
    ];

    /// <summary>
    /// Fetches a model and stores it. Sources are tried in order; a download that was interrupted goes on where it stopped. The
    /// file's hash is checked before anything is made of it. A model that is there already is left as it is.
    /// </summary>
    /// <param name="name">The name of one of <see cref="Sources"/>.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops it; what has arrived is kept for the next time.</param>
    /// <exception cref="InvalidInputException">No source has that name.</exception>
    /// <exception cref="ModelDownloadException">No source gave the file; the message has one line for each.</exception>
    public async Task<ModelListing> PullAsync(
        string name, IProgress<ModelProgress>? progress = null, CancellationToken cancellation = default)
    {
        ModelName.Check(name);
        ModelSource source = Sources.FirstOrDefault(source => source.Name == name) ?? throw new InvalidInputException(
            $"model {name} cannot be pulled; known are {string.Join(", ", Sources.Select(source => source.Name))}");
        if (_folders.Find(name) is { } present)
            return ModelInspector.Describe(name, present);

        Directory.CreateDirectory(Folder);
        using FileStream guard = Guard(name);
        var problems = new List<string>();
        foreach (ModelDownload download in source.Downloads)
        {
            var part = new PartialFile(Path.Combine(Folder, $"{name}-{download.Sha256[..8]}.part"));
            try
            {
                string hash = await Downloader.FetchAsync(download, part, progress, cancellation).ConfigureAwait(false);
                ModelListing listing = Store(part.Path, name, InputDetection.Parse(source.Input), download.Url.ToString(), hash, source, progress);
                part.Delete();
                return listing;
            }
            catch (ModelDownloadException problem)
            {
                problems.Add(problem.Message);
            }
        }
        throw new ModelDownloadException($"model {name} could not be pulled:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }

    /// <summary>Stores a model of a local file; one of the same name that was stored before is replaced.</summary>
    /// <param name="file">A safetensors or PyTorch file.</param>
    /// <param name="name">The name to give it; <c>null</c>: the file's, in lower case.</param>
    /// <param name="input">Its input convention, <c>caffe</c> or <c>torchvision</c>; <c>null</c>: as the file tells.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidInputException">The file or the name is not acceptable.</exception>
    public ModelListing Import(
        string file, string? name = null, string? input = null, IProgress<ModelProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        name = name is null ? ModelName.FromFile(file) : ModelName.Check(name);
        InputConvention? convention = input is null ? null : InputDetection.Parse(input);
        RequireFile(file);
        if (_folders.Find(name) is { } other && Path.GetDirectoryName(Path.GetFullPath(other)) != Path.GetFullPath(Folder))
            throw new InvalidInputException($"model {name} would be hidden by {other}; choose another name");

        // Opening tells a damaged file before half a gigabyte is hashed.
        TensorFile.Open(file).Dispose();
        long size = new FileInfo(file).Length;
        string hash = FileHash.Sha256(file, done => progress?.Report(new ModelProgress(ModelStep.Verifying, file, done, size)), cancellation);
        ModelSource? known = Sources.FirstOrDefault(source => source.Downloads.Any(download => hash.StartsWith(download.Sha256, StringComparison.OrdinalIgnoreCase)));
        convention ??= known is null ? null : InputDetection.Parse(known.Input);

        Directory.CreateDirectory(Folder);
        using FileStream guard = Guard(name);
        return Store(file, name, convention, Path.GetFileName(file), hash, known, progress);
    }

    private static bool IsPath(string text) =>
        text.Contains(Path.DirectorySeparatorChar) || text.Contains(Path.AltDirectorySeparatorChar)
        || ModelName.HasExtension(text) || File.Exists(text);

    private static void RequireFile(string path)
    {
        if (!File.Exists(path))
            throw new InvalidInputException($"model file {path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}");
    }

    private string CommandThatBrings(string name) => Sources.Any(source => source.Name == name)
        ? $"pastiche models pull {name}"
        : $"pastiche models import FILE --name {name}";

    private FileStream Guard(string name)
    {
        string path = Path.Combine(Folder, $"{name}.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new IOException($"{path} is in use; another process is storing the same model", problem);
        }
    }

    private ModelListing Store(
        string file, string name, InputConvention? input, string origin, string originHash, ModelSource? source, IProgress<ModelProgress>? progress)
    {
        progress?.Report(new ModelProgress(ModelStep.Converting, file, 0, null));
        NetworkWeights weights = ModelFile.Read(file, input);
        if (weights.MeanActivations is null && MeasureActivations is { } measure)
            weights = weights with { MeanActivations = measure(weights) };

        string path = Path.Combine(Folder, name + ModelName.Extensions[0]);
        var record = new ModelRecord("", weights.Input.Name, origin, originHash, source?.Licence, source?.Attribution);
        // Between the two files' changes there is no record, which verification tells; a wrong one would cry wolf.
        File.Delete(ModelRecord.PathFor(path));
        ModelFile.Write(weights, path, record.ToMetadata());
        (record with { Sha256 = FileHash.Sha256(path) }).Write(path);
        return ModelInspector.Describe(name, path);
    }

    private static IReadOnlyDictionary<string, float[]> MeasureWithAllProcessors(NetworkWeights weights)
    {
        using var compute = new NetworkCompute();
        return MeanActivations.Of(weights, compute);
    }
}
