namespace Pastiche.Models;

/// <summary>A model that is a part of the library and is always there.</summary>
/// <param name="Name">Its name, which no stored model can take.</param>
/// <param name="Sha256">The SHA-256 that its weights file had when it was committed, lower-case hex.</param>
/// <param name="Licence">The licence of the weights.</param>
/// <param name="Attribution">Whom to name.</param>
/// <param name="Description">What it is, in one line.</param>
internal sealed record BuiltInModel(string Name, string Sha256, string Licence, string Attribution, string Description)
{
    /// <summary>Pastiche's own small network.</summary>
    public static BuiltInModel Compact { get; } = new(
        "compact",
        "12a54129fb361350fa5f74b17e2f352d47b6a458a18030d4f3a24be678ff146d",
        "MIT",
        "distilled from VGG-19 by Karen Simonyan and Andrew Zisserman, 2014 (CC BY 4.0)",
        "VGG-19's shape with a quarter of the channels, and decoders");

    /// <summary>The models that are built in.</summary>
    public static IReadOnlyList<BuiltInModel> All { get; } = [Compact];

    // What messages call the file.
    private string Label => $"built-in model {Name}";

    /// <summary>The model of that name, or <c>null</c>.</summary>
    public static BuiltInModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);

    /// <summary>The bytes of its weights file.</summary>
    public Stream OpenBytes() => typeof(BuiltInModel).Assembly.GetManifestResourceStream($"Pastiche.Models.{Name}.safetensors")!;

    /// <summary>Reads it.</summary>
    public LoadedModel Load()
    {
        Stream bytes = OpenBytes();
        string hash = FileHash.Sha256(bytes);
        using TensorFile file = TensorFile.Open(bytes, Label);
        return new LoadedModel(Name, null, hash, ModelFile.Read(file));
    }

    /// <summary>Describes it.</summary>
    public ModelListing Describe()
    {
        Stream bytes = OpenBytes();
        long size = bytes.Length;
        using TensorFile file = TensorFile.Open(bytes, Label);
        return new ModelListing(Name, null, size, InputDetection.FromMetadata(file)?.Name, Licence, Sha256, Description)
        {
            Attribution = Attribution,
            IsBuiltIn = true,
        };
    }

    /// <summary>Compares it with the hash that was recorded.</summary>
    public ModelCheck Check()
    {
        using Stream bytes = OpenBytes();
        return ModelInspector.Compare(Name, null, FileHash.Sha256(bytes), Sha256);
    }
}
