using Pastiche.Cli;
using Pastiche.Cli.Resuming;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Cli.Resuming;

/// <summary>With the real library, on small pictures.</summary>
public sealed class ResumeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private StringWriter _error = new();

    public ResumeCommandTests()
    {
        PictureFile.Write(TestImages.Smooth(64, 48), _folder.File("photo.png"));
        PictureFile.Write(TestImages.Smooth(48, 64), _folder.File("wave.png"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("paint photo.png --style wave.png --no-preset --size 64")]
    [InlineData("texture wave.png --engine gatys --size 48")]
    public void What_was_interrupted_goes_on_to_the_same_picture(string command)
    {
        Assert.Equal(0, Run(Words(command, "whole.png")));
        Assert.Equal(130, Run([.. Words(command, "out.png"), "--checkpoint", _folder.File("run")], interruptAt: "iteration 5/"));
        Assert.Contains($"'pastiche resume {_folder.File("run")}' goes on", _error.ToString());
        File.Delete(_folder.File("out.png"));
        File.Move(_folder.File("run"), _folder.File("moved"));

        Assert.Equal(0, Run(["resume", _folder.File("moved")]));

        Assert.Equal(File.ReadAllBytes(_folder.File("whole.png")), File.ReadAllBytes(_folder.File("out.png")));
        Assert.Contains($"goes on from {_folder.File("moved")}", _error.ToString());
        Assert.Equal(["out.png", "photo.png", "wave.png", "whole.png"], _folder.Entries);
    }

    [Fact]
    public void A_result_that_cannot_be_written_leaves_the_checkpoint()
    {
        string[] words = [.. Words("paint photo.png --style wave.png --no-preset --size 64", "folder/out.png"), "--checkpoint", _folder.File("run"), "--checkpoint-every", "0"];
        Directory.CreateDirectory(_folder.File("folder"));

        Assert.NotEqual(0, Run(words, atText: "iteration 7/", action: () => Directory.Delete(_folder.File("folder"))));

        Assert.True(File.Exists(_folder.File("run")));
        Directory.CreateDirectory(_folder.File("folder"));
        Assert.Equal(0, Run(["resume", _folder.File("run")]));
        Assert.True(File.Exists(_folder.File("folder/out.png")));
    }

    [Fact]
    public void Bad_input_is_one_line()
    {
        File.WriteAllText(_folder.File("text"), "no checkpoint at all");
        Pastiche.Models.SafetensorsWriter.Write(_folder.File("model"), [new("weights", [1], [1f], Pastiche.Models.ElementType.Float32)]);
        string[] paint = Words("paint photo.png --style wave.png --no-preset --size 64", "out.png");

        Assert.Equal($"pastiche: {_folder.File("none")}: there is no such file", Problem("resume", _folder.File("none")));
        Assert.Contains("is no checkpoint of a repainting", Problem("resume", _folder.File("model")));
        Assert.Contains("text", Problem("resume", _folder.File("text")));
        Assert.Equal("pastiche: --checkpoint-every needs --checkpoint FILE", Problem([.. paint, "--checkpoint-every", "5"]));
        Assert.Equal(
            "pastiche: --checkpoint-every 'often' is not a number from 0 to 86400", Problem([.. paint, "--checkpoint", _folder.File("c"), "--checkpoint-every", "often"]));
        Assert.Equal(
            "pastiche: --checkpoint is for --engine gatys; universal is done before one is due",
            Problem([.. paint.SkipLast(2), "--checkpoint", _folder.File("c"), "--engine", "universal"]));
        Assert.Contains("which is a painting", Problem([.. paint, "--checkpoint", _folder.File("wave.png")]));
        Assert.Contains("does not exist", Problem([.. paint, "--checkpoint", _folder.File("nowhere/c")]));
        Assert.Contains("--checkpoint is for one photograph", Problem(
            "paint", _folder.File("photo.png"), _folder.File("wave.png"), "--style", _folder.File("wave.png"), "--no-preset", "-o", _folder.File("many/"), "--checkpoint", _folder.File("c")));
        Assert.False(File.Exists(_folder.File("c")));
    }

    [Fact]
    public void A_note_of_another_program_is_refused()
    {
        var request = new StyleTransferRequest
        {
            Content = TestImages.Smooth(64, 48),
            Styles = [new StyleSource(TestImages.Smooth(48, 64))],
            Size = 64,
            Model = "compact",
            Checkpoint = new CheckpointOptions(_folder.File("run")) { Note = "{}", Interval = 0 },
            Gatys = Pastiche.Engines.GatysOptions.Gatys with { Iterations = 4 },
        };
        Stylizer.Run(request, cancellation: TestContext.Current.CancellationToken);

        Assert.Contains("does not tell which command line it is of", Assert.Throws<InvalidInputException>(() => CommandNote.Read(_folder.File("run"))).Message);
    }

    private string[] Words(string command, string output) =>
        [.. command.Split(' ').Select(word => word.EndsWith(".png", StringComparison.Ordinal) ? _folder.File(word) : word),
            "-o", _folder.File(output), "--model", "compact", "--iterations", "20"];

    private string Problem(params string[] words)
    {
        Assert.Equal(2, Run(words));
        return Assert.Single(_error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private int Run(string[] words, string? interruptAt = null, string? atText = null, Action? action = null)
    {
        using var source = new CancellationTokenSource();
        _error = new Watcher(interruptAt ?? atText, action ?? source.Cancel);
        var console = new CommandConsole(_output, _error, null);
        return PasticheCommand.Run(words, Commands.Create(console), console, source.Token);
    }

    /// <summary>Does something when a text has been written.</summary>
    private sealed class Watcher(string? text, Action action) : StringWriter
    {
        private bool _isDone;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (_isDone || text is null || value?.Contains(text) != true)
                return;
            _isDone = true;
            action();
        }
    }
}
