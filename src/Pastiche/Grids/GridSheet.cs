using System.Text;
using Pastiche.Imaging;

namespace Pastiche.Grids;

/// <summary>Writes the sheet and the page of a grid.</summary>
internal static class GridSheet
{
    /// <summary>Writes both, each complete or untouched.</summary>
    /// <param name="plan">The grid.</param>
    /// <param name="cells">Its cells and their files, row by row.</param>
    /// <param name="store">Where they are.</param>
    /// <param name="sheet">The sheet's path.</param>
    /// <param name="page">The page's path.</param>
    public static void Write(GridPlan plan, IReadOnlyList<GridCellResult> cells, CellStore store, string sheet, string page)
    {
        var previews = new Dictionary<string, CellPreview>();
        foreach (string file in cells.Select(cell => cell.File).OfType<string>().Distinct())
            previews.Add(file, CellPreview.Of(PictureFile.Read(store.PathOf(file))));

        PictureFile.Write(SheetOf(plan, cells, previews).Draw(), sheet);
        byte[] html = Encoding.UTF8.GetBytes(new GridPage(plan, cells, previews).ToHtml());
        AtomicFile.Write(AtomicFile.FollowLinks(page), stream => stream.Write(html));
    }

    private static ContactSheet SheetOf(GridPlan plan, IReadOnlyList<GridCellResult> cells, Dictionary<string, CellPreview> previews) => new()
    {
        CellSide = CellPreview.ThumbnailSide,
        Title = [plan.Title, .. plan.Common.Length == 0 ? Array.Empty<string>() : [plan.Common]],
        Columns = HeadingsOf(plan.Columns),
        Rows = HeadingsOf(plan.Rows),
        Cells =
        [
            .. cells.GroupBy(cell => cell.Cell.Row).Select(row => row
                .Select(cell => new SheetCell(
                    cell.File is null ? null : previews[cell.File].Thumbnail, plan.ShowsCommands ? cell.Cell.Settings : ""))
                .ToArray()),
        ],
    };

    private static SheetHeading[] HeadingsOf(IReadOnlyList<GridHeading> headings) => headings.All(heading => heading.Lines.Count == 0)
        ? [] : [.. headings.Select(heading => new SheetHeading(heading.Lines, heading.Picture?.Picture))];
}
