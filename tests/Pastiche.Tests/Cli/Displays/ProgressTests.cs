using System.Text;
using Pastiche.Cli.Displays;
using Spectre.Console;

namespace Pastiche.Tests.Cli.Displays;

public sealed class ProgressTests
{
    [Fact]
    public void Redirected_progress_is_one_plain_line_a_step_on_standard_error()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--iterations", "3"));

        Assert.Equal(
            [
                "model: vgg19 (installed)",
                "iteration 1/3  loss 1.000e+03",
                "iteration 2/3  loss 5.000e+02  0.5 s left",
                "iteration 3/3  loss 2.500e+02  0.0 s left",
            ],
            stage.ErrorLines);
    }

    [Theory]
    [InlineData("vgg19", false, "model: vgg19 (installed)")]
    [InlineData("compact", false, "model: compact (built in; 'pastiche models pull vgg19' brings the larger one)")]
    [InlineData("compact", true, "model: compact (--model)")]
    [InlineData("nets/mine.pth", true, "model: nets/mine.pth (--model)")]
    public void Model_is_told_with_the_reason(string model, bool isNamed, string expected)
    {
        using var stage = new PaintStage { DefaultModel = model };

        Assert.Equal(0, stage.Paint(["--iterations", "1", .. isNamed ? ["--model", model] : Array.Empty<string>()]));

        Assert.Equal(expected, stage.ErrorLines[0]);
    }

    [Theory]
    [InlineData(12.34, "12.3 s left")]
    [InlineData(59.9, "59.9 s left")]
    [InlineData(245, "4 min 05 s left")]
    [InlineData(3840, "1 h 04 min left")]
    [InlineData(90000, "25 h 00 min left")]
    public void Time_left_is_told_in_fitting_units(double seconds, string expected)
    {
        var progress = new StyleProgress(
            10, 300, 1234.4, new Dictionary<string, double>(), TimeSpan.Zero, TimeSpan.FromSeconds(seconds), () => null!);

        Assert.Equal($"iteration 10/300  loss 1.234e+03  {expected}", ProgressText.Line(progress));
    }

    [Fact]
    public void Terminal_shows_a_bar_and_keeps_the_last_line()
    {
        using var screen = new FakeTerminal();
        using var stage = new PaintStage { Terminal = screen.Console };

        Assert.Equal(0, stage.Paint("--iterations", "3"));

        Assert.Contains("━", screen.Text);
        Assert.Contains("model: vgg19 (installed)", screen.Text);
        Assert.EndsWith("iteration 3/3  loss 2.500e+02  0.0 s left", screen.Text.TrimEnd());
        Assert.Empty(stage.Error.ToString());
        Assert.Equal(stage.InFolder("out.png"), stage.Output.ToString().Trim());
    }

    [Fact]
    public void Terminal_says_that_it_is_stopping()
    {
        using var screen = new FakeTerminal();
        using var stage = new PaintStage { Terminal = screen.Console, InterruptAfter = 2 };

        Assert.Equal(130, stage.Paint("--iterations", "300"));

        Assert.Contains("stopping", screen.Text);
        Assert.Equal("pastiche: stopped after 2 of 300 iterations", Assert.Single(stage.ErrorLines));
    }

    [Fact]
    public void Quiet_leaves_the_terminal_alone()
    {
        using var screen = new FakeTerminal();
        using var stage = new PaintStage { Terminal = screen.Console };

        Assert.Equal(0, stage.Paint("--quiet"));

        Assert.Empty(screen.Text);
    }

    private sealed class FakeTerminal : IAnsiConsoleOutput, IDisposable
    {
        private readonly StringWriter _writer = new();

        public FakeTerminal() => Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = this,
        });

        public IAnsiConsole Console { get; }

        public string Text => _writer.ToString();

        public TextWriter Writer => _writer;

        public bool IsTerminal => true;

        public int Width => 120;

        public int Height => 40;

        public void Dispose() => _writer.Dispose();

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
