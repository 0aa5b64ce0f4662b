using System.CommandLine;

namespace Pastiche.Cli.Presets;

/// <summary>Where a command saves settings: under a name, or beside a painting. What is there is replaced only with <c>--force</c>.</summary>
/// <param name="presets">Where named presets are kept.</param>
internal sealed class PresetTarget(PresetStore presets)
{
    /// <summary>The preset's name.</summary>
    public Argument<string?> Name { get; } = new("NAME")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The preset's name: 1 to 64 of a-z, 0-9, '.', '_', '-'.",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options => [Beside, Force];

    private Option<string?> Beside { get; } = new("--beside")
    {
        HelpName = "STYLE",
        Description = "Save beside a painting instead (wave.pastiche.json beside wave.jpg), where 'paint' finds it.",
    };

    private Option<bool> Force { get; } = new("--force") { Description = "Replace what is there." };

    /// <summary>Adds one line for each reason why nothing can be saved.</summary>
    public void AddProblems(ParseResult parsed, List<string> problems)
    {
        bool force = parsed.GetValue(Force);
        switch (parsed.GetValue(Name), parsed.GetValue(Beside))
        {
            case ({ } name, null):
                if (presets.WhyNotSave(name, force) is { } reason)
                    problems.Add(reason);
                break;
            case (null, { } style):
                problems.AddRange(ProblemsBeside(style, force));
                break;
            default:
                problems.Add("give either NAME or --beside STYLE");
                break;
        }
    }

    /// <summary>Why settings cannot be saved beside a painting.</summary>
    /// <param name="style">The painting.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    public static IEnumerable<string> ProblemsBeside(string style, bool force)
    {
        if (!File.Exists(style))
            yield return $"the painting '{style}' does not exist";
        else if (Preset.FileBeside(style) is var file && File.Exists(file) && !force)
            yield return $"'{file}' exists; --force replaces it";
        else if (WritableFile.WhyNot(file) is { } reason)
            yield return $"'{file}' cannot be written: {reason}";
    }

    /// <summary>Saves settings where the command line says, which must have no problems.</summary>
    /// <returns>The file.</returns>
    public string Save(ParseResult parsed, StyleSettings settings)
    {
        return parsed.GetValue(Name) is { } name
            ? presets.Save(name, settings, parsed.GetValue(Force)).File!
            : SaveBeside(parsed.GetValue(Beside)!, settings);
    }

    /// <summary>Saves settings beside a painting, where nothing may speak against it.</summary>
    /// <returns>The file.</returns>
    public static string SaveBeside(string style, StyleSettings settings)
    {
        string file = Preset.FileBeside(style);
        SettingsFile.Write(settings, file);
        return file;
    }
}
