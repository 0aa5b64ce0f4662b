namespace Pastiche.Models;

/// <summary>Tells what a stored model is and whether it is still what was stored.</summary>
internal static class ModelInspector
{
    /// <summary>Describes a file by its record, or, when it has none, by what it says of itself.</summary>
    public static ModelListing Describe(string name, string path)
    {
        long size = new FileInfo(path).Length;
        if (ModelRecord.Read(path) is { } record)
            return new ModelListing(name, path, size, record.Input, record.Licence, record.Sha256, record.Origin) { Attribution = record.Attribution };
        try
        {
            using TensorFile file = TensorFile.Open(path);
            return new ModelListing(
                name, path, size, InputDetection.FromMetadata(file)?.Name, file.Metadata.GetValueOrDefault(ModelRecord.LicenceKey), null, null)
            {
                Attribution = file.Metadata.GetValueOrDefault(ModelRecord.AttributionKey),
            };
        }
        catch (InvalidInputException)
        {
            return new ModelListing(name, path, size, null, null, null, null);
        }
    }

    /// <summary>Compares a model's hash with the one that was recorded.</summary>
    public static ModelCheck Compare(string name, string? path, string hash, string recorded) => hash == recorded
        ? new ModelCheck(name, path, ModelHealth.Intact, $"SHA-256 {hash}")
        : new ModelCheck(name, path, ModelHealth.Damaged, $"SHA-256 is {hash}, stored was {recorded}");

    /// <summary>Compares a file with its record; a file without one must at least open.</summary>
    public static ModelCheck Check(string name, string path)
    {
        if (ModelRecord.Read(path) is { } record)
            return Compare(name, path, FileHash.Sha256(path), record.Sha256);
        try
        {
            TensorFile.Open(path).Dispose();
            return new ModelCheck(name, path, ModelHealth.Unrecorded, "no SHA-256 was recorded; the file can be opened");
        }
        catch (InvalidInputException problem)
        {
            return new ModelCheck(name, path, ModelHealth.Damaged, problem.Message);
        }
    }
}
