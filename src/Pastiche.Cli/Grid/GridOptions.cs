using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Cli.Paint;
using Pastiche.Grids;

namespace Pastiche.Cli.Grid;

/// <summary>The options of <c>pastiche grid</c>.</summary>
internal sealed class GridOptions
{
    /// <summary>Describes the options.</summary>
    /// <param name="paint">The options of <c>pastiche paint</c>, which are those of the cells.</param>
    public GridOptions(PaintOptions paint)
    {
        Cells = new CellOptions(paint);
        Groups = new OptionGroups([("Grid", [Content, Style, Vary, Output]), .. Cells.Groups]);
    }

    /// <summary>The photographs.</summary>
    public Option<string[]> Content { get; } = new("--content", "-c")
    {
        HelpName = "FILE...",
        AllowMultipleArgumentsPerToken = true,
        Description = "The photographs to repaint, one or more.",
    };

    /// <summary>The paintings.</summary>
    public Option<string[]> Style { get; } = new("--style", "-s")
    {
        HelpName = "FILE...",
        AllowMultipleArgumentsPerToken = true,
        Description = "The paintings, one or more; each has cells of its own.",
    };

    /// <summary>What is varied.</summary>
    public Option<string[]> Vary { get; } = new("--vary")
    {
        HelpName = "NAME=VALUE,...",
        Description = "An option and the values that it is to have: style-weight=1,10,100. Repeat it to vary several; there is a cell for every "
            + "combination. Where the option is a list itself, slashes stand between its values: levels=5,4,3/2,1.",
    };

    /// <summary>The folder.</summary>
    public Option<string?> Output { get; } = new("--output", "-o")
    {
        HelpName = "FOLDER",
        Description = $"Where pictures go, each with its settings as JSON, the contact sheet {GridRun.SheetName} and the page {GridRun.PageName}. "
            + "What is there already is not painted again unless it is damaged or made of something else.",
    };

    /// <summary>Whatever should not be there.</summary>
    public Argument<string[]> Rest { get; } = new("REST") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };

    /// <summary>What all cells have in common.</summary>
    public CellOptions Cells { get; }

    /// <summary>The options by topic.</summary>
    public OptionGroups Groups { get; }
}
