namespace Pastiche.Cli;

/// <summary>One line of a help page: what to type and what it does.</summary>
/// <param name="Term">What to type.</param>
/// <param name="Text">What it does; wrapped to the page.</param>
internal sealed record HelpEntry(string Term, string Text);

/// <summary>Entries that belong together.</summary>
internal sealed record HelpSection(string Title, IReadOnlyList<HelpEntry> Entries);

/// <summary>The text that <c>--help</c> shows.</summary>
/// <param name="Summary">What the command does, in one or two sentences.</param>
/// <param name="Usage">The forms of the command line.</param>
/// <param name="Sections">Arguments, options, commands, by topic.</param>
/// <param name="Epilogue">Lines shown as they are at the end, such as examples.</param>
internal sealed record HelpPage(
    string Summary, IReadOnlyList<string> Usage, IReadOnlyList<HelpSection> Sections, IReadOnlyList<string> Epilogue)
{
    private const string Indent = "  ";

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns to fill.</param>
    public void Write(TextWriter output, int width)
    {
        foreach (string line in Wrap(Summary, width))
            output.WriteLine(line);
        output.WriteLine();
        output.WriteLine("Usage:");
        foreach (string line in Usage)
            output.WriteLine(Indent + line);

        int column = Sections.SelectMany(section => section.Entries).Max(entry => entry.Term.Length) + 2 * Indent.Length;
        foreach (HelpSection section in Sections)
        {
            output.WriteLine();
            output.WriteLine(section.Title + ":");
            foreach (HelpEntry entry in section.Entries)
            {
                string first = (Indent + entry.Term).PadRight(column);
                foreach (string line in Wrap(entry.Text, width - column))
                {
                    output.WriteLine(first + line);
                    first = new string(' ', column);
                }
            }
        }

        output.WriteLine();
        foreach (string line in Epilogue)
            output.WriteLine(line);
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
