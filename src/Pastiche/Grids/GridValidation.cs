using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>What has to hold of a grid before any work is done. Every problem is one line.</summary>
internal static class GridValidation
{
    /// <summary>Problems of a request's parts.</summary>
    public static IEnumerable<string> Problems(GridRequest request)
    {
        List<string> problems =
        [
            .. PictureProblems("photograph", request.Contents),
            .. PictureProblems("painting", request.Styles),
            .. request.Axes.SelectMany(axis => axis.Problems("")),
            .. request.Axes.GroupBy(axis => axis.Key).Where(group => group.Count() > 1).Select(group => $"{group.Key} is varied more than once"),
        ];
        long cells = request.Axes.Aggregate((long)request.Contents.Count * request.Styles.Count, (product, axis) => product * axis.Values.Count);
        if (problems.Count == 0 && cells > GridRequest.MaxCells)
        {
            IEnumerable<int> sides = [request.Contents.Count, request.Styles.Count, .. request.Axes.Select(axis => axis.Values.Count)];
            problems.Add($"the grid has {string.Join(" x ", sides)} = {cells} cells; allowed: up to {GridRequest.MaxCells}");
        }
        return problems;
    }

    /// <summary>The axes that no cell's engine reads.</summary>
    public static IEnumerable<string> IdleAxes(GridRequest request, IReadOnlyList<GridCell> cells) => request.Axes
        .Select(axis => SettingTable.Find(axis.Key)!)
        .Where(setting => setting.Engine is { } engine && cells.All(cell => cell.Request.Engine != engine))
        .Select(setting => $"{setting.Key} is varied, but only engine {SettingText.Format(setting.Engine)} reads it, which no cell has");

    /// <summary>Problems of the cells' requests with their models, their sizes and this machine; each with the first cell that has it.</summary>
    public static IEnumerable<string> CellProblems(IEnumerable<GridCell> cells, GridModels models)
    {
        HashSet<string> seen = [];
        foreach (GridCell cell in cells)
        {
            foreach (string problem in Problems(cell.Request, models).Where(seen.Add))
                yield return $"{cell.Caption}: {problem}";
        }
    }

    private static IReadOnlyList<string> Problems(StyleTransferRequest request, GridModels models)
    {
        try
        {
            IReadOnlyList<string> problems = RequestValidation.Problems(request);
            return problems.Count > 0 ? problems : [.. RequestValidation.FitProblems(request, models.Of(request).Weights)];
        }
        catch (InvalidInputException exception)
        {
            return exception.Problems;
        }
    }

    private static IEnumerable<string> PictureProblems(string what, IReadOnlyList<GridPicture> pictures)
    {
        if (pictures.Count == 0)
            yield return $"the grid has no {what}; at least one is needed";
        foreach (IGrouping<string, GridPicture> group in pictures.GroupBy(picture => picture.Name).Where(group => group.Count() > 1))
            yield return $"{what} '{group.Key}' is named more than once";
    }
}
