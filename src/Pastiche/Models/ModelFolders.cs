namespace Pastiche.Models;

/// <summary>The folders in which models are looked for. The first that has a name counts; the last is written to.</summary>
internal sealed class ModelFolders(IReadOnlyList<string> folders)
{
    /// <summary>The folders in order.</summary>
    public IReadOnlyList<string> All => folders;

    /// <summary>The folder that models are stored in.</summary>
    public string Home => folders[^1];

    /// <summary>The file of a model, or <c>null</c>.</summary>
    public string? Find(string name) =>
        (from folder in folders
         from extension in ModelName.Extensions
         let path = Path.Combine(folder, name + extension)
         where File.Exists(path)
         select path).FirstOrDefault();

    /// <summary>The models by name, without those that an earlier folder hides.</summary>
    public IEnumerable<(string Name, string Path)> Models() =>
        folders.Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Where(ModelName.HasExtension)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(ModelName.IsValid)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Find(name)!));

    /// <summary>The records whose model is gone.</summary>
    public IEnumerable<(string Name, string Path)> Orphans() =>
        from folder in folders.Where(Directory.Exists)
        from record in Directory.EnumerateFiles(folder, "*.json")
        let model = Path.ChangeExtension(record, ModelName.Extensions[0])
        let name = Path.GetFileNameWithoutExtension(record)
        where ModelName.IsValid(name) && !File.Exists(model) && ModelRecord.Read(model) is not null
        select (name, model);
}
