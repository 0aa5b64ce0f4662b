using System.CommandLine;
using System.Globalization;

namespace Pastiche.Cli.Options;

/// <summary>The options that say which painting goes where.</summary>
internal sealed class RegionOptions
{
    private const string Auto = "auto:";

    // A map in which colours are blurred is none.
    private static readonly string[] LosslessExtensions = [".png", ".tif", ".tiff"];

    /// <summary>The regions.</summary>
    public Option<string[]> Region { get; } = new("--region")
    {
        HelpName = "MASK=STYLE[,STYLE...]",
        Description = "Paint a part of the picture after paintings of its own; repeat it for more parts. MASK is a grey picture of the same "
            + "shape (white: in the region, grey: in part), FILE#RRGGBB (one colour of a label map) or '#RRGGBB' (of --region-map). STYLE is "
            + "FILE[:WEIGHT], and FILE[mask=MASK] takes that part of the painting alone. Overlaps are shared.",
    };

    /// <summary>The label map whose colours regions name.</summary>
    public Option<string?> Map { get; } = new("--region-map")
    {
        HelpName = "FILE",
        Description = "A label map, lossless, in which each colour is a region: --region-map map.png --region '#ff0000=wave.jpg'.",
    };

    /// <summary>Regions to find.</summary>
    public Option<string?> Find { get; } = new("--regions")
    {
        HelpName = "auto:N",
        Description = "Find N regions that photograph and paintings have in common, and paint each after its like: sky after sky. "
            + $"N from {RegionFinder.Fewest} to {RegionFinder.Most}.",
    };

    /// <summary>The file for what was found.</summary>
    public Option<string?> Save { get; } = new("--save-regions")
    {
        HelpName = "FILE",
        Description = $"Write the label map that --regions found ({string.Join(' ', LosslessExtensions)}), and the paintings' beside it: map-style1.png, ...",
    };

    /// <summary>The strength map.</summary>
    public Option<string?> Strength { get; } = new("--strength")
    {
        HelpName = "FILE",
        Description = "A grey picture of the photograph's shape that scales the style's strength pixel by pixel: white leaves it, black keeps the photograph.",
    };

    /// <summary>All of them, for a photograph.</summary>
    public IReadOnlyList<Option> ForPhotographs => [Region, Map, Find, Save, Strength];

    /// <summary>Those that make sense without a photograph.</summary>
    public IReadOnlyList<Option> ForTextures => [Region, Map];

    /// <summary>Reads a command line.</summary>
    /// <param name="parsed">What the parser made of it.</param>
    /// <param name="read">Its values.</param>
    /// <param name="problems">Receives one line for each thing that is wrong.</param>
    public RegionArguments Read(ParseResult parsed, ArgumentReader read, List<string> problems)
    {
        string? map = read.FileName(Map);
        var regions = new List<RegionArgument>();
        foreach (string text in parsed.GetValue(Region) ?? [])
        {
            if (RegionArgument.Parse(text, File.Exists) is not { } region)
                problems.Add($"--region '{text}' is no MASK=STYLE");
            else if (region.Mask.File.Length == 0 && map is null)
                problems.Add($"--region '{text}' names a colour of a label map; give --region-map FILE");
            else
                regions.Add(region.Mask.File.Length == 0 ? region with { Mask = region.Mask with { File = map! } } : region);
        }
        if (map is not null && !regions.Any(region => region.Mask.File == map))
            problems.Add($"--region-map '{map}' is used by no --region '#RRGGBB=STYLE'");
        problems.AddRange(regions.SelectMany(region => StyleArgument.Problems(region.Styles, "--region")));

        int? count = ReadCount(read.FileName(Find), problems);
        string? save = read.FileName(Save);
        if (count is not null && regions.Count > 0)
            problems.Add("--regions finds regions, --region names them; give one of both");
        if (save is not null && count is null)
            problems.Add("--save-regions belongs to --regions auto:N");
        if (save is not null && !LosslessExtensions.Contains(Path.GetExtension(save), StringComparer.OrdinalIgnoreCase))
            problems.Add($"--save-regions '{save}' would blur the colours; allowed: {string.Join(' ', LosslessExtensions)}");
        return new RegionArguments(regions, count, save, read.FileName(Strength));
    }

    private static int? ReadCount(string? text, List<string> problems)
    {
        if (text is null)
            return null;
        if (text.StartsWith(Auto, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Auto.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= RegionFinder.Fewest and <= RegionFinder.Most)
        {
            return count;
        }
        problems.Add($"--regions '{text}' is no auto:N; N is a whole number from {RegionFinder.Fewest} to {RegionFinder.Most}");
        return null;
    }
}
