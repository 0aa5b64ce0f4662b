using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace Pastiche.Grids;

/// <summary>
/// A grid as one HTML page that needs nothing else: previews, looks and behaviour are part of it; zooming in shows the picture's
/// own file where it lies beside the page. Names are escaped.
/// </summary>
/// <param name="plan">The grid.</param>
/// <param name="cells">Its cells and their files, row by row.</param>
/// <param name="previews">Previews by file.</param>
internal sealed class GridPage(GridPlan plan, IReadOnlyList<GridCellResult> cells, IReadOnlyDictionary<string, CellPreview> previews)
{
    private const int SourceSide = 256;

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="Pastiche {Escape(Stylizer.Version)}">
            <title>{Escape(plan.Title)}</title>
            <style>
            {Resource("grid.css")}</style>
            </head>
            <body>
            <h1>{Escape(plan.Title)}</h1>
            {Paragraph("common", plan.Common)}
            <p class="hint">Select a picture to enlarge it. There, arrow keys go to its neighbours, Space compares it with the photograph, F shows it pixel by pixel, Escape closes it.</p>

            """);
        Sources(html);
        Table(html);
        html.Append(CultureInfo.InvariantCulture, $"""
            {Resource("zoom.html")}<script>
            {Resource("grid.js")}</script>
            </body>
            </html>

            """);
        return html.ToString();
    }

    private void Sources(StringBuilder html)
    {
        html.Append("<section class=\"sources\" aria-label=\"Photographs and paintings\">\n");
        foreach ((string kind, IReadOnlyList<GridPicture> pictures) in new[] { ("photograph", plan.Contents), ("painting", plan.Styles) })
        {
            for (int index = 0; index < pictures.Count; index++)
            {
                CellPreview preview = CellPreview.Of(pictures[index].Picture, SourceSide);
                html.Append(CultureInfo.InvariantCulture, $"""
                    <figure><img id="{kind}-{index}" src="{preview.DataUri}" width="{preview.Width}" height="{preview.Height}" alt=""><figcaption>{kind} {Escape(pictures[index].Label)}</figcaption></figure>

                    """);
            }
        }
        html.Append("</section>\n");
    }

    private void Table(StringBuilder html)
    {
        bool hasHeadings = plan.Rows.Any(row => row.Lines.Count > 0);
        html.Append("<div class=\"scroll\" tabindex=\"-1\"><table>\n");
        if (hasHeadings)
        {
            html.Append("<thead><tr><td></td>");
            foreach (GridHeading column in plan.Columns)
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Lines(column)}</th>");
            html.Append("</tr></thead>\n");
        }
        html.Append("<tbody>\n");
        foreach (IGrouping<int, GridCellResult> row in cells.GroupBy(cell => cell.Cell.Row))
        {
            html.Append("<tr>");
            if (hasHeadings)
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"row\">{Lines(plan.Rows[row.Key])}</th>");
            html.Append('\n');
            foreach (GridCellResult cell in row)
                html.Append(CellOf(cell)).Append('\n');
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }

    private string CellOf(GridCellResult result)
    {
        GridCell cell = result.Cell;
        if (result.File is null)
            return $"<td class=\"missing\">not painted yet<span class=\"settings\">{Escape(cell.Settings)}</span></td>";
        CellPreview preview = previews[result.File];
        string labels = plan.ShowsCommands
            ? $"<p class=\"settings\">{Escape(cell.Settings)}</p><code>{Words(cell.Command)}</code>" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <td><a class="cell" href="{Uri.EscapeDataString(result.File)}" data-row="{cell.Row}" data-column="{cell.Column}" data-photograph="photograph-{PhotographOf(cell)}" data-caption="{Escape(cell.Caption)}" data-command="{Escape(cell.Command)}"><img src="{preview.DataUri}" width="{preview.Width}" height="{preview.Height}" alt="{Escape(cell.Caption)}"></a>{labels}</td>
            """);
    }

    private int PhotographOf(GridCell cell) => plan.Contents.TakeWhile(content => content != cell.Content).Count();

    private static string Lines(GridHeading heading) => string.Join("<br>", heading.Lines.Select(Escape));

    // Commands are broken between words, not within options.
    private static string Words(string command) => string.Join(' ', command.Split(' ').Select(word => $"<span>{Escape(word)}</span>"));

    private static string Paragraph(string kind, string text) => text.Length == 0 ? "" : $"<p class=\"{kind}\">{Escape(text)}</p>";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Pastiche.Grids.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
