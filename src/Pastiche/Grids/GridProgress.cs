namespace Pastiche.Grids;

/// <summary>How far a grid has come.</summary>
/// <param name="Done">Pictures that are there, those of earlier runs included.</param>
/// <param name="Pictures">Pictures of the grid; cells that have all in common that their engine reads share one.</param>
/// <param name="Kept">Pictures of earlier runs.</param>
/// <param name="Cell">The cell that is being painted or, when <paramref name="Step"/> is <c>null</c>, was finished; <c>null</c> at first.</param>
/// <param name="Step">How far this cell has come.</param>
/// <param name="Remaining">Estimated time to the end; <c>null</c> before there is ground for an estimate.</param>
public sealed record GridProgress(int Done, int Pictures, int Kept, GridCell? Cell, StyleProgress? Step, TimeSpan? Remaining);

/// <summary>A cell and its file.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="File">The picture's name in the folder; <c>null</c> when it is not painted yet.</param>
public sealed record GridCellResult(GridCell Cell, string? File);

/// <summary>What a grid has become.</summary>
/// <param name="Cells">The cells, row by row.</param>
/// <param name="Pictures">Pictures of the whole grid.</param>
/// <param name="Painted">Pictures that this run painted.</param>
/// <param name="Kept">Pictures of earlier runs.</param>
/// <param name="Sheet">The contact sheet's file.</param>
/// <param name="Page">The page's file.</param>
public sealed record GridResult(
    IReadOnlyList<GridCellResult> Cells, int Pictures, int Painted, int Kept, string Sheet, string Page)
{
    /// <summary>False when the run was cancelled before all was painted.</summary>
    public bool Completed => Painted + Kept == Pictures;
}
