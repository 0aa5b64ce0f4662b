namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintTargetsTests
{
    [Theory]
    [InlineData("@photo.jpg", "the photograph")]
    [InlineData("@./photo.jpg", "the photograph")]
    [InlineData("@wave.jpg", "a painting")]
    [InlineData("@night.jpg", "the picture to start from")]
    public void Output_over_an_input_is_refused(string output, string input)
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Run("paint", "@photo.jpg", "--style", "@wave.jpg", "--init", "@night.jpg", "-o", output));

        Assert.EndsWith($"which is {input}", Assert.Single(stage.ErrorLines));
        Assert.Null(stage.Request);
        Assert.Equal("photo.jpg", stage.Content("photo.jpg"));
    }

    [Fact]
    public void Output_over_an_input_behind_a_link_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        using var stage = new PaintStage();
        Directory.CreateSymbolicLink(stage.InFolder("elsewhere"), stage.Folder);
        File.CreateSymbolicLink(stage.InFolder("alias.png"), stage.InFolder("photo.jpg"));

        Assert.Equal(2, stage.Run("paint", "@photo.jpg", "--style", "@wave.jpg", "-o", "@elsewhere/wave.jpg"));
        Assert.Equal(2, stage.Run("paint", "@photo.jpg", "--style", "@wave.jpg", "-o", "@alias.png"));

        Assert.Equal(2, stage.ErrorLines.Length);
        Assert.EndsWith("which is a painting", stage.ErrorLines[0]);
        Assert.EndsWith("which is the photograph", stage.ErrorLines[1]);
    }

    [Fact]
    public void Snapshot_over_an_input_or_a_folder_is_refused()
    {
        using var stage = new PaintStage();
        File.WriteAllText(stage.InFolder("out-0002.png"), "precious");
        Directory.CreateDirectory(stage.InFolder("out-0004.png"));

        int exitCode = stage.Run(
            "paint", "@out-0002.png", "--style", "@wave.jpg", "-o", "@out.png", "--save-every", "2", "--iterations", "6");

        Assert.Equal(2, exitCode);
        Assert.Equal(2, stage.ErrorLines.Length);
        Assert.EndsWith("which is the photograph", stage.ErrorLines[0]);
        Assert.EndsWith("which is a folder", stage.ErrorLines[1]);
        Assert.Equal("precious", stage.Content("out-0002.png"));
    }

    [Theory]
    [InlineData("@out.png", "the result")]
    [InlineData("@wave.jpg", "a painting")]
    [InlineData("@out-0005.png", "a snapshot")]
    public void Trace_over_another_file_of_the_run_is_refused(string trace, string role)
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint("--trace", trace, "--save-every", "5"));

        Assert.EndsWith($"which is {role}", Assert.Single(stage.ErrorLines));
        Assert.Empty(stage.Written);
    }

    [Fact]
    public void Output_is_checked_for_the_size_that_the_result_will_have()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--size", "300")); // the photograph is 2 x 1
        Assert.Equal((300, 150), stage.CheckedSize);

        Assert.Equal(2, stage.Run("paint", "@none.jpg", "--style", "@wave.jpg", "-o", "@out.png"));
        Assert.Null(stage.CheckedSize);
    }

    [Fact]
    public void Trace_in_a_missing_folder_is_refused_before_computing()
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint("--trace", "@none/trace.json"));

        Assert.Contains("does not exist", Assert.Single(stage.ErrorLines));
        Assert.Null(stage.Request);
        Assert.Empty(stage.Written);
    }
}
