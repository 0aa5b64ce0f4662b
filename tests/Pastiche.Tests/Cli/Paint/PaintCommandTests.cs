using Pastiche.Imaging;

namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintCommandTests
{
    [Fact]
    public void Writes_the_picture_and_prints_its_path_alone_on_standard_output()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--iterations", "3"));

        Assert.Equal("3", stage.Content("out.png"));
        Assert.Equal(stage.InFolder("out.png"), stage.Output.ToString().Trim());
        Assert.Equal(["out.png"], stage.Written);
    }

    [Fact]
    public void Quiet_prints_nothing()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--iterations", "3", "--quiet"));

        Assert.Empty(stage.Output.ToString());
        Assert.Empty(stage.Error.ToString());
        Assert.Equal(["out.png"], stage.Written);
    }

    [Fact]
    public void Quiet_still_prints_errors()
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint("--size", "0", "--quiet"));

        Assert.Single(stage.ErrorLines);
    }

    [Fact]
    public void What_the_library_refuses_is_exit_2_and_nothing_written()
    {
        using var stage = new PaintStage
        {
            Engine = (_, _, _) => throw new InvalidInputException(["no layer 'relu9_9'", "no model 'vgg20'; pastiche models list shows them"]),
        };

        Assert.Equal(2, stage.Paint("--trace", "@trace.json"));

        Assert.Equal(["pastiche: no layer 'relu9_9'", "pastiche: no model 'vgg20'; pastiche models list shows them"], stage.ErrorLines);
        Assert.Empty(stage.Written);
    }

    [Fact]
    public void Interruption_writes_what_was_reached()
    {
        using var stage = new PaintStage { InterruptAfter = 4 };

        Assert.Equal(130, stage.Paint("--iterations", "10", "--trace", "@trace.json"));

        Assert.Equal("4", stage.Content("out.png"));
        Assert.Equal(["out.png", "trace.json"], stage.Written);
        Assert.Equal(stage.InFolder("out.png"), stage.Output.ToString().Trim());
        Assert.Equal("pastiche: stopped after 4 of 10 iterations", stage.ErrorLines[^1]);
    }

    [Fact]
    public void Interruption_at_the_last_iteration_is_success()
    {
        using var stage = new PaintStage { InterruptAfter = 3 };

        Assert.Equal(0, stage.Paint("--iterations", "3"));

        Assert.Equal("3", stage.Content("out.png"));
    }

    [Fact]
    public void Interruption_before_the_engine_starts_writes_nothing()
    {
        using var stage = new PaintStage { InterruptAfter = 0 };

        Assert.Equal(130, stage.Paint("--trace", "@trace.json"));

        Assert.Null(stage.Request);
        Assert.Empty(stage.Written);
        Assert.Empty(stage.Output.ToString());
        Assert.Contains("nothing was written", Assert.Single(stage.ErrorLines));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interruption_before_the_first_evaluation_writes_nothing(bool throws)
    {
        using var cancellation = new CancellationTokenSource();
        using var stage = new PaintStage
        {
            Engine = (_, _, token) =>
            {
                cancellation.Cancel();
                return throws
                    ? throw new OperationCanceledException(token)
                    : new StyleResult(
                        new Picture(1, 1, new float[3]), [], Completed: false, new RunRecord("", "", 1, "", "", TimeSpan.Zero));
            },
            Interrupted = cancellation,
        };

        Assert.Equal(130, stage.Paint("--quiet"));

        Assert.Empty(stage.Written);
        Assert.Empty(stage.Error.ToString());
    }

    [Fact]
    public void Snapshots_are_written_beside_the_result()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--iterations", "25", "--save-every", "10"));

        Assert.Equal(["out-0010.png", "out-0020.png", "out.png"], stage.Written);
        Assert.Equal("10", stage.Content("out-0010.png"));
        Assert.Equal("20", stage.Content("out-0020.png"));
    }

    [Fact]
    public void Long_runs_have_snapshot_names_that_sort()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--iterations", "10000", "--save-every", "5000", "--quiet"));

        Assert.Equal(["out-05000.png", "out-10000.png", "out.png"], stage.Written);
    }

    [Fact]
    public void Snapshot_that_fails_does_not_cost_the_result()
    {
        int attempts = 0;
        using var stage = new PaintStage
        {
            Write = (_, path) =>
            {
                if (path.Contains("out-"))
                {
                    attempts++;
                    throw new IOException("the disk is full");
                }
                File.WriteAllText(path, "result");
            },
        };

        Assert.Equal(1, stage.Paint("--iterations", "4", "--save-every", "2"));

        Assert.Equal(["out.png"], stage.Written);
        Assert.Equal(1, attempts);
        Assert.Equal("pastiche: snapshots could not be written: the disk is full", stage.ErrorLines[^1]);
    }
}
