using Pastiche.Cli;

namespace Pastiche.Tests.Cli;

public sealed class HelpPageTests
{
    [Fact]
    public void Wraps_texts_beside_their_terms()
    {
        var page = new HelpPage(
            "Does things.",
            ["it X"],
            [new HelpSection("Things", [new HelpEntry("--a", "one two three four five"), new HelpEntry("--long N", "six")])],
            ["The end."]);
        var output = new StringWriter { NewLine = "\n" };

        page.Write(output, width: 28);

        string expected = """
            Does things.

            Usage:
              it X

            Things:
              --a       one two three
                        four five
              --long N  six

            The end.

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), output.ToString());
    }
}
