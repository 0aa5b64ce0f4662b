using System.Globalization;
using Pastiche.Cli.Displays;
using Pastiche.Grids;

namespace Pastiche.Cli.Grid;

/// <summary>A grid's progress in words.</summary>
internal static class GridText
{
    /// <summary>
    /// <c>cell 7/24  dogs x swirls, alpha=0.6  40.2 s left</c>; at first which cells are there already, or nothing when none are.
    /// </summary>
    public static string Line(GridProgress progress)
    {
        if (progress.Cell is null)
            return progress.Kept == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{progress.Kept} of {progress.Pictures} cells are there already");
        int number = progress.Step is null ? progress.Done : progress.Done + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"cell {number}/{progress.Pictures}  {progress.Cell.Caption}{ProgressText.Left(progress.Done == progress.Pictures ? null : progress.Remaining)}");
    }
}
