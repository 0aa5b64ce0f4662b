using Pastiche.Engines;
using Pastiche.Grids;
using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Tests.Grids;

public sealed class GridPlanTests
{
    private static readonly Picture Any = new(16, 16, new float[3 * 16 * 16]);

    [Fact]
    public void Cells_are_the_cross_product_row_by_row()
    {
        GridPlan plan = GridPlan.Of(Request(2, 3, "engine=universal,gatys", "seed=1,2"));

        Assert.Equal("2 photographs x 3 paintings x 2 engine x 2 seed", plan.Title);
        Assert.Equal(
            ["c0 engine=universal", "c0 engine=gatys", "c1 engine=universal", "c1 engine=gatys"],
            plan.Rows.Select(row => string.Join(' ', row.Lines)));
        Assert.Equal(
            ["s0 seed=1", "s0 seed=2", "s1 seed=1", "s1 seed=2", "s2 seed=1", "s2 seed=2"], plan.Columns.Select(column => string.Join(' ', column.Lines)));
        Assert.Equal(Enumerable.Range(0, 24), plan.Cells.Select(cell => 6 * cell.Row + cell.Column));
        GridCell cell = plan.Cells[6 * 3 + 4];
        Assert.Equal(("c1.png", "s2.png", EngineKind.Gatys, 1), (cell.Content.Name, cell.Style.Name, cell.Request.Engine, cell.Request.Seed));
        Assert.Equal("c1 x s2, engine=gatys seed=1", cell.Caption);
        Assert.Equal(24, plan.Cells.Select(each => each.Caption).Distinct().Count());
        Assert.Equal([true, false, true, false], plan.Rows.Select(row => row.Picture is not null));
    }

    [Theory]
    [InlineData(1, 1, "seed=1,2,3,4", null, 1, 4)]
    [InlineData(3, 1, "seed=1,2,3,4", null, 3, 4)]
    [InlineData(1, 3, "seed=1,2,3,4", null, 4, 3)]
    [InlineData(1, 1, "seed=1,2,3", "size=64,128", 2, 3)]
    [InlineData(2, 3, "seed=1,2", "size=64,128", 4, 6)]
    public void Axes_go_to_the_shorter_side(int contents, int styles, string first, string? second, int rows, int columns)
    {
        GridPlan plan = GridPlan.Of(Request(contents, styles, second is null ? [first] : [first, second]));

        Assert.Equal((rows, columns), (plan.Rows.Count, plan.Columns.Count));
        Assert.Equal(rows * columns, plan.Cells.Count);
    }

    [Fact]
    public void Varied_settings_win_over_common_ones_and_these_over_a_paintings_own()
    {
        GridRequest request = Request(1, 1, "alpha=0.1") with
        {
            Settings = StyleSettings.Empty.Set("alpha", "0.2").Set("size", "64").Set("engine", "universal"),
        };
        GridPicture own = request.Styles[0] with { Settings = StyleSettings.Empty.Set("size", "128").Set("transform", "ot").Set("alpha", "0.3") };

        GridCell cell = Assert.Single(GridPlan.Of(request with { Styles = [own] }).Cells);

        Assert.Equal("pastiche paint c0.png --style s0.png --engine universal --size 64 --alpha 0.1 --transform ot -o out.png", cell.Command);
    }

    [Fact]
    public void Problems_are_listed_together()
    {
        Assert.Equal(
            [
                "the grid has no photograph; at least one is needed",
                "painting 's0.png' is named more than once",
                "style-weight '-1' is not a number from 0 to 1e12",
                "seed is varied more than once",
            ],
            Problems(Request(0, 1, "seed=1", "seed=2") with
            {
                Styles = [new("s0.png", Any), new("s0.png", Any)],
                Axes = [new("style-weight", ["-1"]), new("seed", ["1"]), new("seed", ["2"])],
            }));
    }

    [Fact]
    public void Number_of_cells_is_limited()
    {
        string seeds = "seed=" + string.Join(',', Enumerable.Range(0, 65));

        Assert.Equal(["the grid has 2 x 2 x 65 = 260 cells; allowed: up to 256"], Problems(Request(2, 2, seeds)));
        Assert.Equal(256, GridPlan.Of(Request(2, 2, seeds[..^3])).Cells.Count);
    }

    [Fact]
    public void What_no_engine_reads_is_not_varied()
    {
        Assert.Equal(
            ["alpha is varied, but only engine universal reads it, which no cell has"], Problems(Request(1, 1, "alpha=0.1,0.2")));
        Assert.Equal(4, GridPlan.Of(Request(1, 1, "alpha=0.1,0.2", "engine=gatys,universal")).Cells.Count);
    }

    [Theory]
    [InlineData("style-weight", "--vary 'style-weight' is no NAME=VALUE,VALUE,...")]
    [InlineData("=1", "--vary '=1' is no NAME=VALUE,VALUE,...")]
    [InlineData("seed=", "--vary seed has no values; give seed=VALUE,VALUE,...")]
    [InlineData("seed=1,x", "--vary seed 'x' is not a whole number from -2147483648 to 2147483647")]
    [InlineData("style-weight=1e2,100", "--vary style-weight has the value 100 more than once")]
    [InlineData("levels=5,4/9", "--vary levels '9' is no LEVEL or LEVEL:ALPHA; LEVEL is a whole number from 1 to 5, ALPHA a number from 0 to 1")]
    public void Axis_that_is_wrong_is_told(string text, string problem) =>
        Assert.Equal([problem], Assert.Throws<InvalidInputException>(() => GridAxis.Parse(text, "--vary")).Problems);

    [Fact]
    public void Axis_of_an_unknown_setting_names_those_that_there_are() =>
        Assert.StartsWith("--vary wait is no setting; allowed: engine, ", Assert.Throws<InvalidInputException>(() => GridAxis.Parse("wait=1", "--vary")).Message);

    [Fact]
    public void Lists_have_slashes_between_them() =>
        Assert.Equal(["5,4:0.5", "2,1", "256,64,16,4,1"], [.. GridAxis.Parse("levels= 5,4:0.5 / 2,1").Values, .. GridAxis.Parse("style-layer-weights=256,64,16,4,1").Values]);

    [Fact]
    public void Equal_file_names_are_told_apart()
    {
        GridPlan plan = GridPlan.Of(Request(0, 1) with { Contents = [new("x/cat.png", Any), new("y/cat.jpg", Any), new("dog.png", Any)] });

        Assert.Equal(["x/cat.png", "y/cat.jpg", "dog"], plan.Rows.Select(row => row.Lines[0]));
    }

    [Fact]
    public void Words_that_a_shell_would_split_are_quoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the shell is another one");
        GridPlan plan = GridPlan.Of(Request(0, 1) with { Contents = [new("it's my $photo.png", Any)], Styles = [new("-s.png", Any)] });

        Assert.Equal("pastiche paint 'it'\\''s my $photo.png' --style ./-s.png -o out.png", plan.Cells[0].Command);
    }

    [Fact]
    public void Spread_of_an_exploration_is_allowed_and_without_repetition()
    {
        GridPlan plan = Exploration.Plan(
            new("c.png", Any), new("s.png", Any), new StyleTransferRequest { Content = null, Styles = [], Size = 256, Seed = 3 });

        Assert.Equal(plan.Rows.Count * plan.Columns.Count, plan.Cells.Count);
        Assert.Equal(plan.Cells.Count, plan.Cells.Select(cell => cell.Command).Distinct().Count());
        Assert.Equal([EngineKind.Universal, EngineKind.Gatys], plan.Cells.Select(cell => cell.Request.Engine).Distinct());
        Assert.All(plan.Cells, cell => Assert.Equal((256, 3), (cell.Request.Size, cell.Request.Seed)));
        Assert.Contains(plan.Cells, cell => cell.Command.Contains("--style-size 128"));
        Assert.Contains(plan.Cells, cell => cell.Command.Contains("--colors content-luminance"));
        Assert.True(plan.ShowsCommands);
        Assert.Equal("size=256 seed=3", plan.Common);
    }

    private static GridRequest Request(int contents, int styles, params string[] axes) => new()
    {
        Contents = [.. Enumerable.Range(0, contents).Select(index => new GridPicture($"c{index}.png", Any))],
        Styles = [.. Enumerable.Range(0, styles).Select(index => new GridPicture($"s{index}.png", Any))],
        Axes = [.. axes.Select(axis => GridAxis.Parse(axis))],
    };

    private static IReadOnlyList<string> Problems(GridRequest request) =>
        Assert.Throws<InvalidInputException>(() => GridPlan.Of(request)).Problems;
}
