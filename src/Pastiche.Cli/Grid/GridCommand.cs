using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Cli.Paint;
using Pastiche.Engines;
using Pastiche.Grids;
using Pastiche.Imaging;

namespace Pastiche.Cli.Grid;

/// <summary>The command <c>pastiche grid</c>: every combination of photographs, paintings and settings.</summary>
internal sealed class GridCommand
{
    private const string Summary =
        "Repaint photographs in the style of paintings with every combination of some settings, side by side on a sheet and a page.";

    private static readonly string[] Epilogue =
    [
        "Rows are photographs, columns are paintings; each --vary goes, in its turn, to the side that is shorter so far (to the",
        $"columns when both are equal). A grid has up to {GridRequest.MaxCells} cells. Ctrl-C keeps the cells that are done (exit code 130); the same",
        "command again goes on from there. The path of the page goes to standard output, progress to standard error.",
        "",
        "Examples:",
        "  pastiche grid --content dogs.jpg --style wave.jpg mosaic.jpg --vary style-weight=1,10,100 --size 256 -o grid",
        "  pastiche grid --content *.jpg --style wave.jpg --engine universal --vary alpha=0.3,0.6,1 --vary transform=wct,ot -o grid",
    ];

    private readonly CommandServices<StyleTransferRequest> _services;
    private readonly CommandConsole _console;
    private readonly GridOptions _options;

    private GridCommand(CommandServices<StyleTransferRequest> services, CommandConsole console)
    {
        _services = services;
        _console = console;
        _options = new GridOptions(new PaintOptions(services.WritableExtensions));
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">Reads pictures.</param>
    /// <param name="console">Where results and progress go.</param>
    public static CommandEntry Create(CommandServices<StyleTransferRequest> services, CommandConsole console)
    {
        var grid = new GridCommand(services, console);
        var command = new Command("grid", Summary);
        command.Arguments.Add(grid._options.Rest);
        foreach (Option option in grid._options.Groups.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(grid.Run(parsed, cancellation)));
        return new CommandEntry(command, new HelpPage(
            Summary,
            ["pastiche grid --content FILE... --style FILE... [--vary NAME=VALUE,... ...] -o FOLDER [options]"],
            grid._options.Groups.Help(),
            Epilogue));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> problems = [];
        var read = new ArgumentReader(parsed, problems);
        string[] rest = parsed.GetValue(_options.Rest) ?? [];
        if (!_options.Groups.HasUnknownOptions(rest, problems))
            problems.AddRange(rest.Select(word => $"unexpected argument '{word}'; photographs follow --content, paintings --style"));
        List<GridAxis> axes = Axes(parsed.GetValue(_options.Vary) ?? [], problems);
        problems.AddRange(_options.Cells.Given(read).Intersect(axes.Select(axis => axis.Key)).Select(key => $"--{key} is given and varied"));
        StyleSettings settings = _options.Cells.Settings(read, problems);
        (StyleTransferRequest template, string? init) = _options.Cells.Template(read, file => _services.TryRead(file, problems));

        var pictures = new GridPictures(_services, problems);
        IReadOnlyList<GridPicture> contents = pictures.Read(parsed.GetValue(_options.Content) ?? [], "--content");
        IReadOnlyList<GridPicture> styles = pictures.Read(parsed.GetValue(_options.Style) ?? [], "--style");
        if (_options.Cells.UsesPresets(read))
            styles = pictures.WithSettings(styles);
        problems.AddRange(_options.Cells.ForeignOptions(read, Engines(axes, settings, styles)));
        string? folder = read.FileName(_options.Output);
        if (folder is null)
            problems.Add("no folder for the grid; give -o FOLDER");
        else
            problems.AddRange(GridFolder.Problems(folder, [.. pictures.Files, .. init is null ? Array.Empty<string>() : [init]]));
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        GridPlan plan = GridPlan.Of(new GridRequest
        {
            Contents = contents,
            Styles = styles,
            Axes = axes,
            Settings = settings,
            Template = template,
            InitFile = init,
        });
        return new GridSession(_console, _options.Cells.IsQuiet(read)).Run(
            plan with { HasMetadata = _options.Cells.HasMetadata(read) }, folder!, cancellation);
    }

    private static List<GridAxis> Axes(string[] words, List<string> problems) =>
        [.. words.Select(word => Attempt.At(() => GridAxis.Parse(word, "--vary"), problems)).OfType<GridAxis>()];

    private static HashSet<EngineKind> Engines(IReadOnlyList<GridAxis> axes, StyleSettings settings, IReadOnlyList<GridPicture> styles)
    {
        IEnumerable<StyleSettings> varied = axes.FirstOrDefault(axis => axis.Key == "engine") is { } engines
            ? engines.Values.Select(value => settings.Set("engine", value))
            : [settings];
        IEnumerable<StyleSettings> own = styles.Select(style => style.Settings).DefaultIfEmpty(StyleSettings.Empty);
        return [.. varied.SelectMany(cell => own.Select(style => cell.Over(style).ApplyTo(PaintOptions.Defaults).Engine))];
    }
}
