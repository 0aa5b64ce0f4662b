using Pastiche.Imaging;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Cli.Grid;

/// <summary>The real program paints grids of tiny pictures.</summary>
public sealed class GridCommandTests : IDisposable
{
    private static readonly string[] Quick = ["--engine", "universal", "--levels", "2,1", "--size", "32", "--threads", "2"];

    private readonly ProgramStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Grid_is_painted_once_and_its_page_named()
    {
        string[] words = ["grid", "--content", "@photo.png", "--style", "@wave.png", "@night.png", "--vary", "alpha=0.2,1", "-o", "@out", .. Quick];

        Assert.Equal(0, Run(words));
        Assert.Equal(_stage.InFolder(Path.Combine("out", "grid.html")), _stage.Output.ToString().Trim());
        Assert.Equal(4, _stage.ErrorLines.Length);
        Assert.StartsWith("cell 1/4  photo x wave, alpha=0.2", _stage.ErrorLines[0]);
        Assert.Equal("cell 4/4  photo x night, alpha=1", _stage.ErrorLines[3]);
        Assert.Equal(2 + 2 * 4, Directory.EnumerateFiles(_stage.InFolder("out")).Count());

        Assert.Equal(0, Run(words));
        Assert.Equal("4 of 4 cells are there already", _stage.ErrorLines[4]);
        Assert.Equal(5, _stage.ErrorLines.Length);
    }

    [Fact]
    public void Command_of_a_cell_paints_it_again()
    {
        File.WriteAllText(_stage.InFolder("wave.pastiche.json"), """{ "transform": "ot", "alpha": 0.9 }""");
        Assert.Equal(0, Run(["grid", "--content", "@photo.png", "--style", "@wave.png", "--vary", "alpha=0.35", "-o", "@out", .. Quick]));
        string cell = Directory.GetFiles(_stage.InFolder("out"), "photo-*.png").Single();
        using System.Text.Json.JsonDocument record = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(cell, ".json")));
        string command = record.RootElement.GetProperty("command").GetString()!;

        Assert.Contains("--transform ot", command);
        Assert.Contains("--alpha 0.35", command);
        Assert.Equal(0, Run([.. command.Replace("out.png", "@again.png").Split(' ')[1..]]));

        Assert.Equal(0, TestImages.Rms(PictureFile.Read(cell), _stage.Picture("again.png")));
    }

    [Fact]
    public void Problems_are_told_together_and_nothing_is_written()
    {
        File.WriteAllText(_stage.InFolder("file"), "");

        Assert.Equal(2, Run([
            "grid", "stray.png", "--content", "@photo.png", "@none.png", "--vary", "size=16,64", "--vary", "wait=1", "--vary", "alpha",
            "--size", "32", "--alpha", "2", "--preset", "mud", "-o", "@file"]));

        Assert.Equal(
            [
                "--alpha '2' is not a number from 0 to 1",
                "--alpha belongs to --engine universal, not to --engine gatys",
                "--output '@file' is a file, not a folder",
                "--preset 'mud' is none of",
                "--size is given and varied",
                "--vary 'alpha' is no NAME=VALUE,VALUE,...",
                "--vary wait is no setting; allowed:",
                "cannot read @none.png: the file does not exist",
                "no picture; give --style FILE",
                "unexpected argument 'stray.png'; photographs follow --content, paintings --style",
            ],
            _stage.ErrorLines.Distinct().Order(StringComparer.Ordinal)
                .Select(line => line.Replace("pastiche: ", "").Replace(_stage.Folder + Path.DirectorySeparatorChar, "@"))
                .Select(line => line.StartsWith("--preset", StringComparison.Ordinal) ? line[..line.IndexOf(" gatys", StringComparison.Ordinal)]
                    : line.StartsWith("--vary wait", StringComparison.Ordinal) ? line[..line.IndexOf(" engine", StringComparison.Ordinal)] : line));
        Assert.Equal(["file"], _stage.Written);
    }

    [Fact]
    public void Inputs_are_not_written_over()
    {
        Directory.CreateDirectory(_stage.InFolder("out"));
        File.Copy(_stage.InFolder("photo.png"), _stage.InFolder("out/grid.png"));

        Assert.Equal(2, Run(["grid", "--content", "@out/grid.png", "--style", "@wave.png", "-o", "@out", .. Quick]));

        Assert.EndsWith("grid.png', which is a picture of the grid's", Assert.Single(_stage.ErrorLines));
        Assert.Equal(_stage.Bytes("photo.png"), _stage.Bytes("out/grid.png"));
    }

    [Fact]
    public void Interrupted_grid_ends_with_130_and_keeps_what_is_done()
    {
        using var interrupted = new CancellationTokenSource();
        using var stage = new ProgramStage { Error = new PullingPlug(interrupted) };

        int code = stage.Run(["grid", "--content", "@photo.png", "--style", "@wave.png", "--vary", "alpha=0.1,0.2,0.3", "-o", "@out", .. Quick], interrupted.Token);

        Assert.Equal(130, code);
        Assert.Equal("pastiche: stopped after 1 of 3 pictures; the same command goes on from there", stage.ErrorLines[^1]);
        Assert.Single(Directory.GetFiles(stage.InFolder("out"), "photo-*.png"));
        Assert.True(File.Exists(stage.InFolder("out/grid.html")));
    }

    [Fact]
    public void Exploration_takes_two_pictures()
    {
        Assert.Equal(2, Run(["explore", "@photo.png"]));
        Assert.Equal(2, Run(["explore", "@photo.png", "@none.png", "--size", "1"]));

        Assert.Equal("pastiche: explore takes one photograph and one painting, CONTENT STYLE; given: 1 files", _stage.ErrorLines[0]);
        Assert.Equal(3, _stage.ErrorLines.Length);
    }

    [Fact]
    public void Exploration_shows_its_spread()
    {
        Assert.Equal(0, Run(["explore", "@photo.png", "@wave.png", "--size", "48", "--model", "compact", "--threads", "2", "-o", "@look"]));

        Assert.Equal(20, Directory.GetFiles(_stage.InFolder("look"), "photo-wave-*.png").Length);
        Assert.StartsWith("cell 20/20", _stage.ErrorLines[^1]);
    }

    private int Run(string[] words) => _stage.Run(words, TestContext.Current.CancellationToken);

    /// <summary>Presses Ctrl-C when the first cell is told of.</summary>
    private sealed class PullingPlug(CancellationTokenSource interrupted) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith("cell 1/", StringComparison.Ordinal) == true)
                interrupted.Cancel();
        }
    }
}
