using System.Text.Json.Serialization;

namespace Pastiche.Cli.Options;

/// <summary>What a command line says of regions.</summary>
/// <param name="Regions">The regions in the order of the command line.</param>
/// <param name="Auto">Regions to find; <c>null</c>: none.</param>
/// <param name="Save">The file for the label map of what was found.</param>
/// <param name="Strength">The file of the strength map.</param>
internal sealed record RegionArguments(IReadOnlyList<RegionArgument> Regions, int? Auto, string? Save, string? Strength)
{
    /// <summary>Itself for the trace; <c>null</c> when the command line says nothing of regions.</summary>
    [JsonIgnore]
    public RegionArguments? Traced => Regions.Count == 0 && Auto is null && Strength is null ? null : this;

    /// <summary>The files that are read, and what they are.</summary>
    [JsonIgnore]
    public IEnumerable<(string File, string Role)> Inputs =>
    [
        .. Regions.Select(region => (region.Mask.File, "a mask")),
        .. Regions.SelectMany(region => region.Styles).SelectMany(InputsOf),
        .. Strength is null ? Array.Empty<(string, string)>() : [(Strength, "the strength map")],
    ];

    /// <summary>The files of a painting.</summary>
    public static IEnumerable<(string File, string Role)> InputsOf(StyleArgument style) =>
        style.Mask is null ? [(style.File, "a painting")] : [(style.File, "a painting"), (style.Mask.File, "a mask")];

    /// <summary>The files to which the label maps of what was found are written: the photograph's, then one for each painting.</summary>
    /// <param name="styles">Paintings.</param>
    public IEnumerable<string> Maps(int styles)
    {
        if (Save is null)
            yield break;
        yield return Save;
        for (int i = 1; i <= styles; i++)
            yield return Path.Combine(Path.GetDirectoryName(Save) ?? "", $"{Path.GetFileNameWithoutExtension(Save)}-style{i}{Path.GetExtension(Save)}");
    }
}
