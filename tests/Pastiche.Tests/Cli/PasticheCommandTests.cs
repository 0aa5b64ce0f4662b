using System.CommandLine;
using Pastiche.Cli;

namespace Pastiche.Tests.Cli;

public sealed class PasticheCommandTests
{
    [Fact]
    public void Version_names_program_and_library_version()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Run("--version"));

        Assert.Equal($"pastiche {typeof(Stylizer).Assembly.GetName().Version!.ToString(3)}", stage.Output.ToString().Trim());
    }

    [Fact]
    public void Help_lists_the_commands()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Run("--help"));

        Assert.Contains("  paint  ", stage.Output.ToString());
        Assert.Empty(stage.Error.ToString());
    }

    [Fact]
    public void Nothing_asked_shows_help_as_an_error()
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Run());

        Assert.Contains("Usage:", stage.Error.ToString());
        Assert.Empty(stage.Output.ToString());
    }

    [Theory]
    [InlineData("pint")]
    [InlineData("paint", "--size")]
    [InlineData("paint", "photo.jpg", "--size", "1", "--size", "2")]
    public void Unparsable_command_line_is_one_line_and_exit_2(params string[] words)
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Run(words));

        Assert.StartsWith("pastiche: ", Assert.Single(stage.ErrorLines));
        Assert.Empty(stage.Output.ToString());
    }

    [Fact]
    public void Group_of_commands_needs_one_of_them()
    {
        (int exitCode, string output, string error) = RunGroup("models");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal("pastiche: 'pastiche models' needs one of list, verify", error.Trim());
    }

    [Fact]
    public void Command_without_a_page_of_its_own_has_help_under_the_programs_name()
    {
        (int exitCode, string output, string error) = RunGroup("models", "list", "--help");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("pastiche models list", output);
    }

    [Fact]
    public void Failure_is_one_line_and_exit_1()
    {
        using var stage = new PaintStage { Engine = (_, _, _) => throw new IOException("the disk\nis full") };

        Assert.Equal(1, stage.Paint());

        Assert.Equal("pastiche: the disk is full", Assert.Single(stage.ErrorLines));
        Assert.Empty(stage.Written);
    }

    [Fact]
    public void Defect_names_its_kind_and_where_to_learn_more()
    {
        using var stage = new PaintStage { Engine = (_, _, _) => throw new KeyNotFoundException("no conv9_9") };

        Assert.Equal(1, stage.Paint());

        string line = Assert.Single(stage.ErrorLines);
        Assert.Contains("KeyNotFoundException: no conv9_9", line);
        Assert.Contains("PASTICHE_DEBUG=1", line);
    }

    [Fact]
    public void Debugging_adds_the_stack_trace()
    {
        using var stage = new PaintStage { ShowStackTraces = true, Engine = (_, _, _) => throw new IOException("the disk is full") };

        Assert.Equal(1, stage.Paint());

        Assert.Contains("   at ", stage.Error.ToString());
    }

    [Fact]
    public void File_name_that_begins_with_an_at_sign_is_no_response_file()
    {
        var command = new Command("show");
        var file = new Argument<string>("FILE");
        command.Arguments.Add(file);
        string? seen = null;
        command.SetAction(parsed => seen = parsed.GetValue(file));

        int exitCode = PasticheCommand.Run(
            ["show", "@photo.jpg"],
            [new CommandEntry(command)],
            new CommandConsole(TextWriter.Null, TextWriter.Null),
            TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Equal("@photo.jpg", seen);
    }

    private static (int ExitCode, string Output, string Error) RunGroup(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var group = new Command("models", "Models.") { new Command("list", "Lists."), new Command("verify", "Verifies.") };
        foreach (Command command in group.Subcommands)
            command.SetAction(_ => 0);
        int exitCode = PasticheCommand.Run(
            args, [new CommandEntry(group)], new CommandConsole(output, error), TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }
}
