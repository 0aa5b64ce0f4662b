using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Cli.Paint;
using Pastiche.Grids;
using Pastiche.Models;

namespace Pastiche.Cli.Grid;

/// <summary>The command <c>pastiche explore</c>: one photograph, one painting, many settings.</summary>
internal sealed class ExploreCommand
{
    private const string Summary =
        "Show a photograph in the style of a painting with a spread of quite different settings, each with the command that repeats it.";

    private static readonly string[] Epilogue =
    [
        "Ctrl-C keeps the cells that are done (exit code 130); the same command again goes on from there. The path of the page goes",
        "to standard output, progress to standard error.",
        "",
        "Examples:",
        "  pastiche explore photo.jpg wave.jpg",
        "  pastiche explore photo.jpg wave.jpg --size 384 --seed 7 -o look",
    ];

    private readonly CommandServices<StyleTransferRequest> _services;
    private readonly CommandConsole _console;
    private readonly OptionGroups _groups;
    private readonly Option<bool> _quiet = CommonOptions.Quiet();
    private readonly NumberOption _threads = CommonOptions.Threads();

    private readonly Argument<string[]> _pictures = new("CONTENT STYLE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "The photograph and the painting.",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FOLDER",
        Description = $"Where pictures go, with the contact sheet {GridRun.SheetName} and the page {GridRun.PageName}. Default explore-CONTENT-STYLE.",
    };

    private ExploreCommand(CommandServices<StyleTransferRequest> services, CommandConsole console)
    {
        (_services, _console) = (services, console);
        _groups = new OptionGroups(
            ("Pictures", [_output, SettingOption.Create("size", SettingText.Format(Exploration.Size))]),
            ("Running",
                [
                    SettingOption.Create("seed", SettingText.Format(PaintOptions.Defaults.Seed)),
                    SettingOption.Create("model", $"{ModelStore.BuiltInName}, which is quick"), _threads, _quiet,
                ]));
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">Reads pictures.</param>
    /// <param name="console">Where results and progress go.</param>
    public static CommandEntry Create(CommandServices<StyleTransferRequest> services, CommandConsole console)
    {
        var explore = new ExploreCommand(services, console);
        var command = new Command("explore", Summary);
        command.Arguments.Add(explore._pictures);
        foreach (Option option in explore._groups.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(explore.Run(parsed, cancellation)));
        return new CommandEntry(command, new HelpPage(
            Summary,
            ["pastiche explore CONTENT STYLE [-o FOLDER] [options]"],
            explore._groups.Help(explore._pictures),
            Epilogue));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> problems = [];
        var read = new ArgumentReader(parsed, problems);
        string[] words = parsed.GetValue(_pictures) ?? [];
        if (!_groups.HasUnknownOptions(words, problems) && words.Length != 2)
            problems.Add($"explore takes one photograph and one painting, CONTENT STYLE; given: {words.Length} files");
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        var pictures = new GridPictures(_services, problems);
        GridPicture? content = pictures.Read([words[0]], "CONTENT").SingleOrDefault(), style = pictures.Read([words[1]], "STYLE").SingleOrDefault();
        StyleTransferRequest template = read.Settings(_groups.All).ApplyTo(PaintOptions.Defaults with { Size = Exploration.Size, Model = ModelStore.BuiltInName }) with
        {
            Threads = read.Whole(_threads),
        };
        string folder = read.FileName(_output) ?? $"explore-{Path.GetFileNameWithoutExtension(words[0])}-{Path.GetFileNameWithoutExtension(words[1])}";
        problems.AddRange(GridFolder.Problems(folder, words));
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        return new GridSession(_console, read.Flag(_quiet, false)).Run(Exploration.Plan(content!, style!, template), folder, cancellation);
    }
}
