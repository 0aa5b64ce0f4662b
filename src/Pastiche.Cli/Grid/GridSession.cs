using Pastiche.Cli.Displays;
using Pastiche.Grids;

namespace Pastiche.Cli.Grid;

/// <summary>A grid's run as the user sees it.</summary>
/// <param name="console">Where progress and notes go.</param>
/// <param name="isQuiet">Whether there are none.</param>
internal sealed class GridSession(CommandConsole console, bool isQuiet)
{
    /// <summary>Paints a grid and tells how it goes on.</summary>
    /// <param name="plan">The grid.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public int Run(GridPlan plan, string folder, CancellationToken cancellation)
    {
        GridResult result = Display(cancellation).Show(report => GridRun.Run(plan, folder, new ImmediateProgress<GridProgress>(report), cancellation));
        if (!isQuiet)
        {
            if (!result.Completed)
                console.Complain($"stopped after {result.Painted + result.Kept} of {result.Pictures} pictures; the same command goes on from there");
            console.Output.WriteLine(result.Page);
        }
        return result.Completed ? ExitCode.Success : ExitCode.Cancelled;
    }

    private IGridDisplay Display(CancellationToken cancellation) =>
        isQuiet ? new SilentGridDisplay()
        : console.Terminal is { } terminal ? new GridBarDisplay(terminal, cancellation)
        : new GridLineDisplay(console.Error);
}
