using System.CommandLine;

namespace Pastiche.Cli.Options;

// The parser sees plain text here: values are checked when all arguments are read, so that every problem of a command line
// is reported at once instead of those alone that the parser stumbles over.

/// <summary>An option whose value is a number within bounds.</summary>
internal sealed class NumberOption : Option<string?>
{
    /// <summary>Declares the option.</summary>
    public NumberOption(string name, string helpName, Bounds bounds, string description) : base(name)
    {
        Bounds = bounds;
        HelpName = helpName;
        Description = description;
    }

    /// <summary>The allowed values.</summary>
    public Bounds Bounds { get; }
}

/// <summary>An option whose value is one of a few words.</summary>
internal sealed class ChoiceOption<T> : Option<string?>
{
    /// <summary>Declares the option.</summary>
    public ChoiceOption(string name, IReadOnlyDictionary<string, T> choices, string description) : base(name)
    {
        Choices = choices;
        HelpName = string.Join('|', choices.Keys);
        Description = description;
        CompletionSources.Add([.. choices.Keys]);
    }

    /// <summary>What each word means.</summary>
    public IReadOnlyDictionary<string, T> Choices { get; }
}
