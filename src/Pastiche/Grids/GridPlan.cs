using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>What stands above a column or beside a row.</summary>
/// <param name="Lines">The words, one a line.</param>
/// <param name="Picture">The picture that this row or column has and the one before it has not.</param>
public sealed record GridHeading(IReadOnlyList<string> Lines, GridPicture? Picture = null);

/// <summary>The cells of a grid and their order.</summary>
/// <param name="Title">What the grid is, in a line.</param>
/// <param name="Rows">The rows' headings; an explored spread has empty ones.</param>
/// <param name="Columns">The columns' headings.</param>
/// <param name="Cells">The cells, row by row.</param>
public sealed record GridPlan(
    string Title, IReadOnlyList<GridHeading> Rows, IReadOnlyList<GridHeading> Columns, IReadOnlyList<GridCell> Cells)
{
    /// <summary>What all cells have in common and is no default: <c>size=256 model=compact</c>.</summary>
    public string Common { get; init; } = "";

    /// <summary>Whether sheet and page label each cell with its settings and the page with its command; rows and columns say nothing then.</summary>
    public bool ShowsCommands { get; init; }

    /// <summary>Whether each picture tells how it was made (<see cref="Recipe"/>).</summary>
    public bool HasMetadata { get; init; } = true;

    /// <summary>The photographs.</summary>
    public IReadOnlyList<GridPicture> Contents => [.. Cells.Select(cell => cell.Content).Distinct()];

    /// <summary>The paintings.</summary>
    public IReadOnlyList<GridPicture> Styles => [.. Cells.Select(cell => cell.Style).Distinct()];

    /// <summary>
    /// Lays a grid out. Rows are photographs, columns are paintings; each setting that is varied goes, in its turn, to the side that
    /// is shorter so far, and to the columns when both are equal.
    /// </summary>
    /// <param name="request">The grid.</param>
    /// <exception cref="InvalidInputException">Something is missing, named twice or not allowed, or there are too many cells; all problems are listed.</exception>
    public static GridPlan Of(GridRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<string> problems = [.. GridValidation.Problems(request)];
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        List<Line> rows = [.. GridPicture.Distinguish(request.Contents).Select(Line.Of)];
        List<Line> columns = [.. GridPicture.Distinguish(request.Styles).Select(Line.Of)];
        foreach (GridAxis axis in request.Axes)
        {
            if (rows.Count < columns.Count)
                rows = [.. rows.SelectMany(line => line.Along(axis))];
            else
                columns = [.. columns.SelectMany(line => line.Along(axis))];
        }

        GridCell[] cells = [.. rows.SelectMany((row, r) => columns.Select((column, c) => CellOf(request, row, r, column, c)))];
        problems.AddRange(GridValidation.IdleAxes(request, cells));
        return problems.Count > 0 ? throw new InvalidInputException(problems) : new GridPlan(
            TitleOf(request),
            [.. rows.Select(line => line.Heading)],
            [.. columns.Select(line => line.Heading)],
            cells)
        {
            Common = PaintCommandLine.Settings(request.Settings.ApplyTo(request.Template), request.Axes.Select(axis => axis.Key)),
        };
    }

    private static GridCell CellOf(GridRequest request, Line row, int r, Line column, int c)
    {
        StyleSettings varied = row.Settings.Over(column.Settings);
        // A picture to start from is no setting, and what a preset says of the start does not win over it.
        StyleSettings common = request.Settings.Over(column.Picture.Settings);
        if (request.Template.Init == InitKind.Picture)
            common = common.Without("init");
        StyleTransferRequest cell = varied.Over(common).ApplyTo(request.Template) with
        {
            Content = row.Picture.Picture,
            Styles = [new StyleSource(column.Picture.Picture, Name: column.Picture.Name)],
        };
        return new GridCell(r, c, row.Picture, column.Picture, varied, cell) { InitFile = request.InitFile };
    }

    private static string TitleOf(GridRequest request) => string.Join(" x ",
    [
        Count(request.Contents.Count, "photograph"),
        Count(request.Styles.Count, "painting"),
        .. request.Axes.Select(axis => $"{axis.Values.Count} {axis.Key}"),
    ]);

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>A row or a column.</summary>
    private sealed record Line(GridPicture Picture, StyleSettings Settings, bool IsFirstOfPicture)
    {
        public GridHeading Heading => new(
            [Picture.Label, .. Settings.Given.Select(setting => $"{setting.Key}={Settings[setting.Key]}")],
            IsFirstOfPicture ? Picture : null);

        public static Line Of(GridPicture picture) => new(picture, StyleSettings.Empty, true);

        public IEnumerable<Line> Along(GridAxis axis) => axis.Steps().Select((step, index) =>
            new Line(Picture, step.Over(Settings), IsFirstOfPicture && index == 0));
    }
}
