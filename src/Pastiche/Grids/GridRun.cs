namespace Pastiche.Grids;

/// <summary>
/// Paints the cells of a grid into a folder, with a contact sheet (<c>grid.png</c>) and a page (<c>grid.html</c>). Cells that are
/// there already, whole and made of the same pictures with the same settings, model and version, are kept.
/// </summary>
public static class GridRun
{
    /// <summary>The contact sheet's name in the folder.</summary>
    public const string SheetName = "grid.png";

    /// <summary>The page's name in the folder.</summary>
    public const string PageName = "grid.html";

    /// <summary>Paints what is not there yet, then makes sheet and page of all that is.</summary>
    /// <param name="plan">The grid.</param>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    /// <param name="progress">Hears of every step, on the calling thread.</param>
    /// <param name="cancellation">Stops the run; finished cells stay, and sheet and page show what is there.</param>
    /// <returns>What is there now.</returns>
    /// <exception cref="InvalidInputException">A cell cannot be painted as it asks for; all problems are listed and nothing is written.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static GridResult Run(
        GridPlan plan, string folder, IProgress<GridProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(folder);
        var models = new GridModels();
        List<string> problems = [];
        plan = plan with { Cells = new GridPalettes().Load(plan.Cells, problems) };
        problems.AddRange(GridValidation.CellProblems(plan.Cells, models));
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        Directory.CreateDirectory(folder);
        var fingerprints = new CellFingerprint(models, plan.HasMetadata);
        var store = new CellStore(folder, plan.HasMetadata);
        CellFile[] files = [.. plan.Cells.Select(cell => new CellFile(cell, fingerprints.Of(cell)))];
        CellFile[] pictures = [.. files.DistinctBy(file => file.Fingerprint)];
        HashSet<string> there = [.. pictures.Where(store.Has).Select(file => file.Fingerprint)];

        var painter = new GridPainter(pictures, there, store, models, progress);
        int kept = there.Count;
        painter.Paint(fingerprints, cancellation);

        Dictionary<string, string> names = pictures.Where(file => there.Contains(file.Fingerprint)).ToDictionary(file => file.Fingerprint, file => file.Picture);
        GridCellResult[] cells = [.. files.Select(file => new GridCellResult(file.Cell, names.GetValueOrDefault(file.Fingerprint)))];
        string sheet = store.PathOf(SheetName), page = store.PathOf(PageName);
        GridSheet.Write(plan, cells, store, sheet, page);
        return new GridResult(cells, pictures.Length, there.Count - kept, kept, sheet, page);
    }
}
