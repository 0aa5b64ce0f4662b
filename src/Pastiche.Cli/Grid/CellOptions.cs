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
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups { get; } = paint.Groups.Where(option =>
        option is ISettingOption || option == paint.Preset || option == paint.Init || option == paint.Threads || option == paint.Quiet);

    /// <summary>Whether nothing but errors is printed.</summary>
    public bool IsQuiet(ArgumentReader read) => read.Flag(paint.Quiet, false);

    /// <summary>Reads what all cells have in common.</summary>
    /// <param name="read">The command line.</param>
    /// <param name="standard">The defaults.</param>
    /// <param name="readPicture">Reads the picture to start from.</param>
    /// <returns>A request without pictures, and the file to start from, if there is one.</returns>
    public (StyleTransferRequest Template, string? InitFile) Read(
        ArgumentReader read, StyleTransferRequest standard, Func<string, Picture?> readPicture)
    {
        GatysOptions preset = read.Choice(paint.Preset, standard.Gatys);
        StyleTransferRequest request = read.Settings(paint.Groups.All).ApplyTo(standard with { Gatys = preset });
        string? init = read.FileName(paint.Init);
        request = init switch
        {
            null => request,
            "content" => request with { Init = InitKind.Content },
            "noise" => request with { Init = InitKind.Noise },
            _ => request with { Init = InitKind.Picture, InitPicture = readPicture(init) },
        };
        request = request with { Threads = read.Whole(paint.Threads) ?? standard.Threads };
        return (request, request.Init == InitKind.Picture ? init : null);
    }

    /// <summary>The settings, besides the engine's, that the command line gives.</summary>
    public IEnumerable<string> Given(ArgumentReader read) =>
        read.Settings(paint.Groups.All).Given.Select(setting => setting.Key).Concat(read.IsGiven(paint.Init) ? ["init"] : []).Distinct();

    /// <summary>One line for each option that only an engine reads which no cell has.</summary>
    public IEnumerable<string> ForeignOptions(ArgumentReader read, IReadOnlyCollection<EngineKind> engines) =>
        engines.Count > 1 ? [] : paint.Groups.ForeignOptions(engines.Single(), read);
}
