using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Cli.Paint;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Cli.Grid;

/// <summary>The options of <c>pastiche paint</c> that hold for all cells of a grid: everything but pictures and what one run writes.</summary>
/// <param name="paint">Paint's options.</param>
internal sealed class CellOptions(PaintOptions paint)
{
    /// <summary>Paint's groups, without the options that a grid cannot have.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups { get; } = paint.Groups.Where(option => option is ISettingOption
        || new Option[] { paint.Preset, paint.NoPreset, paint.Init, paint.Threads, paint.NoMetadata, paint.Quiet }.Contains(option));

    /// <summary>Whether nothing but errors is printed.</summary>
    public bool IsQuiet(ArgumentReader read) => read.Flag(paint.Quiet, false);

    /// <summary>Whether pictures tell how they were made.</summary>
    public bool HasMetadata(ArgumentReader read) => !read.IsGiven(paint.NoMetadata);

    /// <summary>Whether settings beside paintings are read.</summary>
    public bool UsesPresets(ArgumentReader read) => !read.IsGiven(paint.NoPreset);

    /// <summary>The settings that the command line gives: the preset's, and its own, which win.</summary>
    /// <param name="read">The command line.</param>
    /// <param name="problems">Receives what is wrong with the preset.</param>
    public StyleSettings Settings(ArgumentReader read, List<string> problems)
    {
        StyleSettings given = read.Settings(paint.Groups.All);
        if (read.FileName(paint.Init) is "content" or "noise")
            given = given.Set("init", read.FileName(paint.Init)!);
        return read.FileName(paint.Preset) is { } name && Attempt.At(() => PresetStore.Default.Get(name, paint.Preset.Name), problems) is { } preset
            ? given.Over(preset.Settings)
            : given;
    }

    /// <summary>Reads threads and the picture to start from.</summary>
    /// <param name="read">The command line.</param>
    /// <param name="readPicture">Reads the picture to start from.</param>
    /// <returns>A request without pictures, and the file to start from, if there is one.</returns>
    public (StyleTransferRequest Template, string? InitFile) Template(ArgumentReader read, Func<string, Picture?> readPicture)
    {
        StyleTransferRequest template = PaintOptions.Defaults with { Threads = read.Whole(paint.Threads) };
        return read.FileName(paint.Init) switch
        {
            null or "content" or "noise" => (template, null),
            { } file => (template with { Init = InitKind.Picture, InitPicture = readPicture(file) }, file),
        };
    }

    /// <summary>The settings that the command line itself gives.</summary>
    public IEnumerable<string> Given(ArgumentReader read) =>
        read.Settings(paint.Groups.All).Given.Select(setting => setting.Key).Concat(read.IsGiven(paint.Init) ? ["init"] : []);

    /// <summary>One line for each option that only an engine reads which no cell has.</summary>
    public IEnumerable<string> ForeignOptions(ArgumentReader read, IReadOnlyCollection<EngineKind> engines) =>
        engines.Count > 1 ? [] : paint.Groups.ForeignOptions(engines.Single(), read);
}
