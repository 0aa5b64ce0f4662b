using Pastiche.Engines;
using Pastiche.Grids;
using Pastiche.Imaging;
using Pastiche.Settings;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Grids;

public sealed class GridRunTests : IDisposable
{
    private readonly GridStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Cells_are_what_single_runs_give_and_tell_how_they_were_made()
    {
        GridResult result = _stage.Run();

        Assert.Equal((8, 8, 0, true), (result.Pictures, result.Painted, result.Kept, result.Completed));
        Assert.Equal(8, result.Cells.Select(cell => cell.File).Distinct().Count());
        Assert.Empty(Directory.EnumerateFiles(_stage.Folder, "*.tmp"));
        foreach ((GridCell cell, string? file) in result.Cells)
        {
            string path = _stage.InFolder(file!);
            StyleResult alone = Stylizer.Run(cell.Request, cancellation: TestContext.Current.CancellationToken);
            Assert.InRange(TestImages.Rms(alone.Picture, PictureFile.Read(path)), 0, 0.5 / 255);
            Assert.Equal(SettingsFile.Format(StyleSettings.Of(cell.Request)), SettingsFile.Format(Recipe.Read(path).Settings));
        }
        Picture sheet = PictureFile.Read(result.Sheet);
        Assert.True(sheet.Width > 4 * 32 && sheet.Height > 2 * 32);
        Assert.Equal(8, Count(File.ReadAllText(result.Page), "<a class=\"cell\""));
    }

    [Fact]
    public void Second_run_paints_nothing_and_a_larger_grid_what_is_new()
    {
        _stage.Run();
        Dictionary<string, DateTime> before = _stage.Pictures;
        List<GridProgress> heard = [];

        GridResult again = _stage.Run(report: heard.Add);
        Assert.Equal((0, 8), (again.Painted, again.Kept));
        Assert.Equal(before, _stage.Pictures);
        Assert.Equal((8, 8, 8), (heard[0].Done, heard[0].Kept, Assert.Single(heard).Pictures));

        GridResult larger = _stage.Run(_stage.Request with { Axes = [GridAxis.Parse("alpha=0.2,0.5,1")] });
        Assert.Equal((4, 8, true), (larger.Painted, larger.Kept, larger.Completed));
        Assert.All(before, file => Assert.Equal(file.Value, _stage.Pictures[file.Key]));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped")]
    [InlineData("missing")]
    [InlineData("record truncated")]
    [InlineData("record missing")]
    [InlineData("record of another")]
    public void Damaged_cell_is_painted_again_and_no_other(string damage)
    {
        GridResult first = _stage.Run();
        string picture = _stage.InFolder(first.Cells[3].File!), record = Path.ChangeExtension(picture, ".json");
        byte[] bytes = File.ReadAllBytes(picture);
        Dictionary<string, DateTime> before = _stage.Pictures;
        Damage(damage, picture, record, Path.ChangeExtension(_stage.InFolder(first.Cells[0].File!), ".json"));
        List<GridProgress> heard = [];

        GridResult again = _stage.Run(report: heard.Add);

        Assert.Equal((1, 7, true), (again.Painted, again.Kept, again.Completed));
        Assert.Equal(bytes, File.ReadAllBytes(picture));
        Assert.Equal(first.Cells[3].Cell.Caption, heard[^1].Cell!.Caption);
        Assert.All(before.Where(file => _stage.InFolder(file.Key) != picture), file => Assert.Equal(file.Value, _stage.Pictures[file.Key]));
    }

    [Theory]
    [InlineData("photograph", 4)]
    [InlineData("painting", 4)]
    [InlineData("setting", 8)]
    [InlineData("metadata", 8)]
    [InlineData("names and threads", 0)]
    public void What_a_cell_is_made_of_decides_whether_it_is_painted(string change, int painted)
    {
        _stage.Run();
        GridRequest request = _stage.Request;
        GridPicture other = new("a.png", TestImages.Smooth(40, 30, hasAlpha: true));

        GridPlan plan = GridPlan.Of(change switch
        {
            "photograph" => request with { Contents = [other, request.Contents[1]] },
            "painting" => request with { Styles = [other with { Name = "light.png", Label = "light" }, request.Styles[1]] },
            "setting" => request with { Settings = StyleSettings.Empty.Set("transform", "adain") },
            "names and threads" => request with
            {
                Contents = [.. request.Contents.Select(content => content with { Name = "elsewhere/" + content.Name })],
                Template = request.Template with { Threads = 1 },
            },
            _ => request,
        });
        GridResult again = GridRun.Run(plan with { HasMetadata = change != "metadata" }, _stage.Folder, null, TestContext.Current.CancellationToken);

        Assert.Equal((painted, 8 - painted), (again.Painted, again.Kept));
    }

    [Fact]
    public void Cancelled_run_keeps_whole_cells_and_the_next_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        GridResult stopped = _stage.RunUntil(progress =>
        {
            if (progress is { Done: 3, Step: not null })
                cancel.Cancel();
        }, cancel.Token);

        Assert.Equal((3, 0, false), (stopped.Painted, stopped.Kept, stopped.Completed));
        Assert.Equal(3, _stage.Pictures.Count);
        Assert.Equal(3, stopped.Cells.Count(cell => cell.File is not null));
        Assert.Equal(5, Count(File.ReadAllText(stopped.Page), "not painted yet"));
        Dictionary<string, DateTime> before = _stage.Pictures;

        GridResult rest = _stage.Run();

        Assert.Equal((5, 3, true), (rest.Painted, rest.Kept, rest.Completed));
        Assert.All(before, file => Assert.Equal(file.Value, _stage.Pictures[file.Key]));
        Assert.Equal(0, Count(File.ReadAllText(rest.Page), "not painted yet"));
    }

    [Fact]
    public void Cells_that_their_engine_cannot_tell_apart_share_a_picture()
    {
        GridRequest request = _stage.Request with
        {
            Contents = [_stage.Request.Contents[0]],
            Styles = [_stage.Request.Styles[0]],
            Axes = [GridAxis.Parse("engine=universal,gatys"), GridAxis.Parse("style-weight=1,100")],
            Settings = StyleSettings.Empty.Set("iterations", "2"),
        };

        GridResult result = _stage.Run(request);

        Assert.Equal((3, 3, 4), (result.Pictures, result.Painted, result.Cells.Count));
        ILookup<EngineKind, string?> files = result.Cells.ToLookup(cell => cell.Cell.Request.Engine, cell => cell.File);
        Assert.Single(files[EngineKind.Universal].Distinct());
        Assert.Equal(2, files[EngineKind.Gatys].Distinct().Count());
    }

    [Fact]
    public void Cells_that_cannot_be_painted_are_told_before_anything_is_written()
    {
        GridRequest request = _stage.Request with { Axes = [GridAxis.Parse("levels=2,1/5")] };

        var refused = Assert.Throws<InvalidInputException>(() => _stage.Run(request));

        Assert.StartsWith("a x light, levels=5: content is 32 x 24 pixels at the size asked for; level 5 needs at least 32", refused.Problems[0]);
        Assert.False(Directory.Exists(_stage.Folder));
    }

    [Fact]
    public void Progress_counts_cells_and_estimates_the_rest()
    {
        List<GridProgress> heard = [];

        _stage.Run(report: heard.Add);

        Assert.Equal(Enumerable.Range(0, 9), heard.Select(progress => progress.Done).Distinct());
        Assert.Equal(Enumerable.Range(1, 8), heard.Where(progress => progress is { Step: null, Cell: not null }).Select(progress => progress.Done));
        Assert.All(heard.Where(progress => progress.Done > 0), progress => Assert.NotNull(progress.Remaining));
        Assert.Equal(TimeSpan.Zero, heard[^1].Remaining);
    }

    private static void Damage(string damage, string picture, string record, string otherRecord)
    {
        byte[] bytes = File.ReadAllBytes(picture);
        switch (damage)
        {
            case "truncated":
                File.WriteAllBytes(picture, bytes[..(bytes.Length / 2)]);
                break;
            case "flipped":
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(picture, bytes);
                break;
            case "missing":
                File.Delete(picture);
                break;
            case "record truncated":
                File.WriteAllText(record, File.ReadAllText(record)[..40]);
                break;
            case "record missing":
                File.Delete(record);
                break;
            default:
                File.Copy(otherRecord, record, overwrite: true);
                break;
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
