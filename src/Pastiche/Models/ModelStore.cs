using System.Text;
using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>A model in memory.</summary>
/// <param name="Name">Its name, or its file's name.</param>
/// <param name="Path">Its file; <c>null</c> when it is built in.</param>
/// <param name="Sha256">The file's SHA-256, lower-case hex.</param>
/// <param name="Weights">The network.</param>
internal sealed record LoadedModel(string Name, string? Path, string Sha256, NetworkWeights Weights);

/// <summary>
/// Where weights files live. A model is given as a path or as a name. <c>compact</c> is built in; any other name is looked for in
/// the folders of the environment variable <c>PASTICHE_MODELS</c> (separated as in <c>PATH</c>), then in the user's data folder, where
/// models are also stored.
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

    /// <summary>The name of the model that is built in.</summary>
    public static string BuiltInName => BuiltInModel.Compact.Name;

    /// <summary>The model for whoever names none: <c>vgg19</c> where it is stored, else <c>compact</c>, which is built in.</summary>
    public string DefaultModel() => _folders.Find(ModelSource.Vgg19.Name) is null ? BuiltInName : ModelSource.Vgg19.Name;

    /// <summary>Finds a model's file.</summary>
    /// <param name="nameOrPath">
    /// A name, or a path: whatever has a folder in it, ends as weights files do (<c>.safetensors</c>, <c>.pth</c>, <c>.pt</c>) or
    /// is the name of an existing file.
    /// </param>
    /// <returns>The model's name and its file, <c>null</c> for one that is built in; no file can take its name.</returns>
    /// <exception cref="InvalidInputException">There is no such model; the message tells where it was looked for and what brings it.</exception>
    public (string Name, string? Path) Resolve(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (BuiltInModel.Find(nameOrPath) is not null)
            return (nameOrPath, null);
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
        (string name, string? path) = Resolve(nameOrPath);
        if (path is null)
            return BuiltInModel.Find(name)!.Load();
        NetworkWeights weights = ModelFile.Read(path);
        return new LoadedModel(name, path, FileHash.Sha256(path), weights);
    }

    /// <summary>The models that are built in, those that are stored, then those that can be pulled.</summary>
    public IReadOnlyList<ModelListing> List()
    {
        List<ModelListing> present =
        [
            .. BuiltInModel.All.Select(model => model.Describe()),
            .. _folders.Models().Where(model => BuiltInModel.Find(model.Name) is null).Select(model => ModelInspector.Describe(model.Name, model.Path)),
        ];
        IEnumerable<ModelListing> available =
            from source in Sources
            where present.TrueForAll(model => model.Name != source.Name)
            select new ModelListing(source.Name, null, source.Downloads is [{ } download, ..] ? download.Size : null, source.Input, source.Licence, null, source.Description)
            {
                Attribution = source.Attribution,
            };
        return [.. present, .. available];
    }

    /// <summary>Computes each model's hash anew and compares it with the one that was recorded.</summary>
    public IReadOnlyList<ModelCheck> Verify() =>
    [
        .. BuiltInModel.All.Select(model => model.Check()),
        .. _folders.Models().Select(model => ModelInspector.Check(model.Name, model.Path)),
        .. _folders.Orphans().Select(model => new ModelCheck(model.Name, model.Path, ModelHealth.Damaged, "the file is gone")),
    ];

    /// <summary>
    /// Fetches a model and stores it. Sources are tried in order; a download that was interrupted goes on where it stopped. The
    /// file's hash is checked before anything is made of it. A model that is there already, stored or built in, is left as it is.
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
        if (BuiltInModel.Find(name) is { } builtIn)
            return builtIn.Describe();
        ModelSource source = Sources.FirstOrDefault(source => source.Name == name) ?? throw new InvalidInputException(
            $"model {name} cannot be pulled; known are {string.Join(", ", Sources.Select(source => source.Name))}");
        if (_folders.Find(name) is { } present)
            return ModelInspector.Describe(name, present);

        using ModelWriter writer = Writer(name);
        var problems = new List<string>();
        foreach (ModelDownload download in source.Downloads)
        {
            var part = new PartialFile(Path.Combine(Folder, $"{name}-{download.Sha256[..8]}.part"));
            try
            {
                string hash = await Downloader.FetchAsync(download, part, progress, cancellation).ConfigureAwait(false);
                ModelListing listing = writer.Store(part.Path, InputDetection.Parse(source.Input), download.Url.ToString(), hash, source, progress);
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
    /// <param name="file">
    /// A safetensors or PyTorch file, or a folder with the published encoders and decoders of universal style transfer.
    /// </param>
    /// <param name="name">The name to give it; <c>null</c>: the file's, in lower case.</param>
    /// <param name="input">Its input convention, <c>caffe</c> or <c>torchvision</c>; <c>null</c>: as the file tells.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidInputException">The file or the name is not acceptable.</exception>
    public ModelListing Import(
        string file, string? name = null, string? input = null, IProgress<ModelProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        file = Path.TrimEndingDirectorySeparator(file);
        name = name is null ? ModelName.FromFile(file) : ModelName.Check(name);
        if (BuiltInModel.Find(name) is not null)
            throw new InvalidInputException($"model name {name} is taken by the model that is built in; choose another name");
        InputConvention? convention = input is null ? null : InputDetection.Parse(input);
        bool isFolder = Directory.Exists(file);
        if (!isFolder)
            RequireFile(file);
        if (_folders.Find(name) is { } other && Path.GetDirectoryName(Path.GetFullPath(other)) != Path.GetFullPath(Folder))
            throw new InvalidInputException($"model {name} would be hidden by {other}; choose another name");

        if (isFolder)
            return ImportFolder(file, name, convention, progress, cancellation);
        // Opening tells a damaged file before half a gigabyte is hashed.
        TensorFile.Open(file).Dispose();
        long size = new FileInfo(file).Length;
        string hash = FileHash.Sha256(file, done => progress?.Report(new ModelProgress(ModelStep.Verifying, file, done, size)), cancellation);
        ModelSource? known = Sources.FirstOrDefault(source => source.Downloads.Any(download => hash.StartsWith(download.Sha256, StringComparison.OrdinalIgnoreCase)));
        convention ??= known is null ? null : InputDetection.Parse(known.Input);

        using ModelWriter writer = Writer(name);
        return writer.Store(file, convention, Path.GetFileName(file), hash, known, progress);
    }

    private ModelListing ImportFolder(
        string folder, string name, InputConvention? input, IProgress<ModelProgress>? progress, CancellationToken cancellation)
    {
        if (input is not null)
            throw new InvalidInputException($"{folder}: the networks in a folder begin with a conversion of their own; no input convention is needed");
        var hashes = new StringBuilder();
        foreach (string file in PairFolder.Files(folder))
        {
            long size = new FileInfo(file).Length;
            string hash = FileHash.Sha256(file, done => progress?.Report(new ModelProgress(ModelStep.Verifying, file, done, size)), cancellation);
            hashes.Append(hash).Append("  ").Append(Path.GetFileName(file)).Append('\n');
        }
        progress?.Report(new ModelProgress(ModelStep.Converting, folder, 0, null));
        NetworkWeights weights = PairFolder.Read(folder);
        using ModelWriter writer = Writer(name);
        // The hash of a list of hashes, as sha256sum prints it.
        using var list = new MemoryStream(Encoding.UTF8.GetBytes(hashes.ToString()));
        return writer.Store(weights, Path.GetFileName(folder), FileHash.Sha256(list, cancellation: cancellation), null);
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

    private ModelWriter Writer(string name) => new(Folder, name, MeasureActivations);

    private static IReadOnlyDictionary<string, float[]> MeasureWithAllProcessors(NetworkWeights weights)
    {
        using var compute = new NetworkCompute();
        return MeanActivations.Of(weights, compute);
    }
}
