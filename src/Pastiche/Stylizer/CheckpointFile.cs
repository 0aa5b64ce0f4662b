using System.Globalization;
using System.Runtime.InteropServices;
using Pastiche.Engines;
using Pastiche.Models;
using Pastiche.Optimizers;

namespace Pastiche;

/// <summary>Checkpoints as safetensors files: vectors as tensors, the rest as metadata.</summary>
internal static class CheckpointFile
{
    private const string Kind = "pastiche.checkpoint", KindVersion = "1";
    private const string Fingerprint = "fingerprint", Version = "version", InstructionSet = "instructions", Note = "note";
    private const string Scale = "scale", Smallest = "smallest", Evaluations = "evaluations", Elapsed = "elapsed";
    private const string Best = "best", Losses = "losses", Search = "search.";

    /// <summary>Writes beside the file and gives it its name.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, RunState state, RunOrigin origin)
    {
        SearchState search = state.Gatys.Search;
        Dictionary<string, string> metadata = search.Numbers.ToDictionary(number => Search + number.Key, number => Text(number.Value));
        (metadata[Kind], metadata[Fingerprint], metadata[Version], metadata[InstructionSet]) = (KindVersion, origin.Fingerprint, origin.Version, origin.InstructionSet);
        (metadata[Scale], metadata[Evaluations]) = (Text(state.Scale), Text(search.Evaluations));
        (metadata[Smallest], metadata[Elapsed]) = (Text(state.Gatys.Smallest), Text(state.Elapsed.TotalSeconds));
        if (origin.Note is not null)
            metadata[Note] = origin.Note;
        // Two floats hold the bits of a double.
        float[] losses = MemoryMarshal.Cast<double, float>(state.Losses.ToArray()).ToArray();
        SafetensorsWriter.Write(
            path,
            [Tensor(Best, state.Gatys.Best), Tensor(Losses, losses), .. search.Arrays.Select(array => Tensor(Search + array.Key, array.Value))],
            metadata);
    }

    /// <summary>Reads which run a checkpoint is of, and nothing of its hundreds of megabytes.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, is no checkpoint, or is damaged.</exception>
    public static RunOrigin ReadOrigin(string path) => Read(path, OriginIn);

    /// <summary>Reads what a checkpoint's run reached.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, is no checkpoint, or is damaged.</exception>
    public static RunState ReadState(string path) => Read(path, StateIn);

    private static T Read<T>(string path, Func<TensorFile, T> read)
    {
        using TensorFile file = TensorFile.Open(path);
        if (file.Metadata.GetValueOrDefault(Kind) != KindVersion)
            throw new InvalidInputException($"{path} is no checkpoint of a repainting");
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InvalidInputException($"{path}: damaged checkpoint: {exception.Message}", exception);
        }
    }

    private static RunOrigin OriginIn(TensorFile file) => new(
        file.Metadata[Fingerprint], file.Metadata[Version], file.Metadata[InstructionSet], file.Metadata.GetValueOrDefault(Note));

    private static RunState StateIn(TensorFile file)
    {
        var search = new SearchState(
            int.Parse(file.Metadata[Evaluations], CultureInfo.InvariantCulture),
            InSearch(file.Tensors.Keys).ToDictionary(name => name, name => file.Read(Search + name)),
            InSearch(file.Metadata.Keys).ToDictionary(name => name, name => Number(file.Metadata[Search + name])));
        return new RunState(
            int.Parse(file.Metadata[Scale], CultureInfo.InvariantCulture),
            new GatysState(Number(file.Metadata[Smallest]), file.Read(Best), search),
            MemoryMarshal.Cast<float, double>(file.Read(Losses)).ToArray(),
            TimeSpan.FromSeconds(Number(file.Metadata[Elapsed])));
    }

    private static IEnumerable<string> InSearch(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith(Search, StringComparison.Ordinal)).Select(name => name[Search.Length..]);

    private static NamedTensor Tensor(string name, float[] values) => new(name, [values.Length], values, ElementType.Float32);

    // The shortest text that is read back as the same number.
    private static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
