using System.CommandLine;
using Pastiche.Cli;
using Pastiche.Cli.Models;
using Pastiche.Models;
using Spectre.Console;

namespace Pastiche.Tests.Models;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestFileServer _server = new(TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create(channels: 8))));

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pull_list_and_verify_tell_one_line_a_thing()
    {
        (int code, string[] lines) = await RunAsync("pull", "tiny");
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.StartsWith($"downloading {_server.Url} (", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("downloading 100 %", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("verifying ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("converting ", StringComparison.Ordinal));
        Assert.StartsWith($"tiny is at {_folder["tiny.safetensors"]} (", lines[^1], StringComparison.Ordinal);

        (code, lines) = await RunAsync("list");
        Assert.Equal(0, code);
        Assert.Equal(4, lines.Length);
        Assert.Matches("^compact +built-in +[\\d.]+ MB +[a-z]+ +MIT +[0-9a-f]{12} +part of pastiche; distilled from VGG-19 by .*CC BY 4.0", lines[1]);
        Assert.Matches($@"^tiny +installed +[\d.]+ kB +caffe +CC0 +[0-9a-f]{{12}} +{System.Text.RegularExpressions.Regex.Escape(_folder["tiny.safetensors"])}$", lines[2]);
        Assert.Matches("^zoo +available +- +torchvision +CC0 +- +pastiche models pull zoo$", lines[3]);

        (code, lines) = await RunAsync("verify");
        Assert.Equal(0, code);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("intact      compact  built in: SHA-256 ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("intact      tiny  ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_exits_with_1_when_a_model_is_damaged()
    {
        await RunAsync("pull", "tiny");
        File.AppendAllText(_folder["tiny.safetensors"], "x");

        (int code, string[] lines) = await RunAsync("verify");

        Assert.Equal(1, code);
        Assert.StartsWith("damaged", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_takes_a_name_and_an_input()
    {
        string file = _folder.Write("source.bin", _server.Body);
        (int code, string[] lines) = await RunAsync("import", file, "--name", "mine", "--input", "torchvision");

        Assert.Equal(0, code);
        Assert.Contains("input torchvision", lines[^1]);
        Assert.True(File.Exists(_folder["mine.safetensors"]));
    }

    [Fact]
    public async Task Pull_of_what_is_built_in_says_so()
    {
        (int code, string[] lines) = await RunAsync("pull", "compact");

        Assert.Equal(0, code);
        Assert.StartsWith("compact is built in (", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_reaches_the_program_as_such()
    {
        await Assert.ThrowsAsync<InvalidInputException>(() => RunAsync("pull", "nothing"));
        await Assert.ThrowsAsync<InvalidInputException>(() => RunAsync("import", _folder["gone.pth"]));
        _server.Status = 404;
        await Assert.ThrowsAsync<ModelDownloadException>(() => RunAsync("pull", "tiny"));
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("import")]
    [InlineData("import", "x.pth", "--input", "hsv")]
    [InlineData("frobnicate")]
    public void A_command_line_that_makes_no_sense_is_told_by_the_parser(params string[] arguments) =>
        Assert.NotEmpty(Command(TextWriter.Null).Parse(arguments).Errors);

    [Fact]
    public async Task On_a_terminal_progress_is_drawn()
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new Terminal(writer) });

        int code = await ModelsCommand.Create(new CommandConsole(TextWriter.Null, TextWriter.Null, console), Store()).Parse(["pull", "tiny"])
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.Contains("model.pth", writer.ToString());
        Assert.Contains("100%", writer.ToString());
    }

    [Fact]
    public async Task Results_go_to_output_and_progress_to_error()
    {
        using StringWriter output = new(), error = new();
        int code = await ModelsCommand.Create(new CommandConsole(output, error), Store()).Parse(["pull", "tiny"])
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.StartsWith("tiny is at ", Assert.Single(output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("model.pth", error.ToString());
    }

    private ModelStore Store() => new(
        [_folder.Root],
        [
            new("tiny", "a test", "caffe", "CC0", "nobody", [new ModelDownload(_server.Url, _server.Sha256, _server.Body.Length)]),
            new("zoo", "a test", "torchvision", "CC0", "nobody", [new ModelDownload(new Uri("http://127.0.0.1:9/"), new string('0', 64))]),
        ]);

    private Command Command(TextWriter writer) =>
        ModelsCommand.Create(new CommandConsole(writer, writer), Store());

    private async Task<(int Code, string[] Lines)> RunAsync(params string[] arguments)
    {
        using var writer = new StringWriter();
        int code = await Command(writer).Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private sealed class Terminal(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
