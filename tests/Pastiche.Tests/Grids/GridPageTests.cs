using System.Text.RegularExpressions;
using Pastiche.Grids;
using Pastiche.Imaging;

namespace Pastiche.Tests.Grids;

public sealed partial class GridPageTests
{
    private const string Nasty = "<script>alert(1)</script>\"'&\u00fc.png";

    private static readonly Picture Small = new(16, 16, new float[3 * 16 * 16]);

    [Fact]
    public void Names_are_escaped_wherever_they_stand()
    {
        string html = Page(Nasty, "file \"><img src=x>.png");

        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("<img src=x", html);
        Assert.Equal(1, Regex.Count(html, "<script"));
        Assert.Contains("&lt;script&gt;alert(1)&lt;", html);
        Assert.Contains("href=\"file%20%22%3E%3Cimg%20src%3Dx%3E.png\"", html);
        // No attribute ends early: between quotes there is neither < nor >.
        Assert.All(Attribute().Matches(html[html.IndexOf("<body", StringComparison.Ordinal)..html.IndexOf("<script>", StringComparison.Ordinal)]), match =>
            Assert.DoesNotMatch("[<>]", match.Value));
    }

    [Fact]
    public void Page_needs_nothing_from_elsewhere()
    {
        string html = Page("photo.png", "cell.png");

        Assert.DoesNotMatch("https?://", html);
        Assert.DoesNotContain("<link", html);
        Assert.All(Source().Matches(html), match => Assert.StartsWith("data:image/webp;base64,", match.Groups[1].Value));
        Assert.Equal(3, Source().Count(html));
        Assert.Contains("prefers-color-scheme: dark", html);
        Assert.Contains("<a class=\"cell\" href=\"cell.png\"", html);
    }

    [Fact]
    public void Exploration_shows_commands_and_a_grid_headings()
    {
        GridPlan grid = PlanOf("photo.png");
        GridPlan spread = Exploration.Plan(new("photo.png", Small), new("wave.png", Small), new StyleTransferRequest { Content = null, Styles = [] });

        Assert.Contains("<th scope=\"col\">wave</th>", Page(grid, "cell.png"));
        Assert.DoesNotContain("<code><span>", Page(grid, "cell.png"));
        string html = Page(spread, "cell.png");
        Assert.DoesNotContain("<th", html);
        Assert.Equal(20, Regex.Count(html, "<code><span>pastiche</span> <span>paint</span> <span>photo.png</span>"));
    }

    private static string Page(string content, string file) => Page(PlanOf(content), file);

    private static string Page(GridPlan plan, string file) => new GridPage(
        plan, [.. plan.Cells.Select(cell => new GridCellResult(cell, file))], new Dictionary<string, CellPreview> { [file] = CellPreview.Of(Small) }).ToHtml();

    private static GridPlan PlanOf(string content) => GridPlan.Of(new GridRequest
    {
        Contents = [new GridPicture(content, Small)],
        Styles = [new GridPicture("wave.png", Small)],
    });

    [GeneratedRegex("[a-z-]+=\"[^\"]*\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("<img[^>]*? src=\"([^\"]*)\"")]
    private static partial Regex Source();
}
