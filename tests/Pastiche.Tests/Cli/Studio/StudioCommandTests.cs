using Pastiche.Cli;

namespace Pastiche.Tests.Cli.Studio;

/// <summary>The commands <c>studio</c>, <c>serve</c> and <c>worker</c>.</summary>
public sealed class StudioCommandTests : IDisposable
{
    private readonly ProgramStage _stage = new();

    public static TheoryData<string, string> BadWords => new()
    {
        { "serve --urls http://0.0.0.0:1", "can be reached from other machines, which needs a key" },
        { "serve --urls nonsense", "are no addresses" },
        { "serve --workers 65", "--workers '65' is not a whole number from 0 to 64" },
        { "serve --api-key-file missing.txt", "--api-key-file 'missing.txt' cannot be read" },
        { "studio --styles missing", "folder of paintings 'missing' does not exist" },
        { "worker", "a worker needs the queue" },
    };

    public void Dispose() => _stage.Dispose();

    [Theory]
    [MemberData(nameof(BadWords))]
    public void Bad_command_lines_are_refused_before_anything_starts(string words, string problem)
    {
        Assert.Equal(ExitCode.InvalidInput, _stage.Run(words.Split(' '), TestContext.Current.CancellationToken));
        Assert.Contains(_stage.ErrorLines, line => line.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Server_says_where_it_listens_and_ends_when_it_is_interrupted()
    {
        using var interruption = new CancellationTokenSource();
        using var output = new ListeningWriter(interruption.Cancel);
        using var stage = new ProgramStage { Output = output };
        int code = stage.Run(["serve", "--urls", "http://127.0.0.1:0", "--folder", Path.Combine(stage.Folder, "data")], interruption.Token);

        Assert.Equal(ExitCode.Success, code);
        Assert.Matches(@"^http://127\.0\.0\.1:\d+\s*$", output.ToString());
    }

    /// <summary>Interrupts as soon as something is written.</summary>
    private sealed class ListeningWriter(Action heard) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            heard();
        }
    }
}
