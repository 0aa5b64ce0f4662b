using Pastiche.Compute;

namespace Pastiche.Benchmarks;

/// <summary>The options of one command, <c>--name value</c> or a flag, each checked when it is read.</summary>
internal sealed class Arguments
{
    private static readonly string[] Flags = ["--verbose", "--full"];

    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="InvalidInputException">An option is unknown to the command or lacks its value.</exception>
    public Arguments(IReadOnlyList<string> arguments, params string[] known)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (!known.Contains(name))
                throw new InvalidInputException($"option '{name}' is unknown; allowed: {string.Join(" ", known)}");
            if (Flags.Contains(name))
                _values[name] = "";
            else if (++i < arguments.Count)
                _values[name] = arguments[i];
            else
                throw new InvalidInputException($"option {name} lacks its value");
        }
    }

    /// <summary>Whether a flag or an option is given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    /// <summary>One of the allowed words, or <c>null</c> when the option is not given.</summary>
    public string? Text(string name, IReadOnlyList<string> allowed) => Text(name, "") switch
    {
        "" => null,
        string text when allowed.Contains(text) => text,
        string text => throw new InvalidInputException($"{name} is '{text}'; allowed: {string.Join(", ", allowed)}"),
    };

    public string[] Texts(string name, string otherwise) =>
        Text(name, otherwise).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public int? Integer(string name, int least, int most)
    {
        if (!_values.TryGetValue(name, out string? text))
            return null;
        return int.TryParse(text, out int value) && value >= least && value <= most
            ? value
            : throw new InvalidInputException($"{name} is '{text}'; allowed: a whole number from {least} to {most}");
    }

    public double? Number(string name, double least, double most)
    {
        if (!_values.TryGetValue(name, out string? text))
            return null;
        return double.TryParse(text, out double value) && value >= least && value <= most
            ? value
            : throw new InvalidInputException($"{name} is '{text}'; allowed: a number from {least} to {most}");
    }

    /// <summary>Picture sizes, separated by commas.</summary>
    public int[] Sizes(string name, string otherwise) => [.. Texts(name, otherwise).Select(text => Size(name, text))];

    /// <summary>One picture size.</summary>
    public int Size(string name, int otherwise) => Size(name, Text(name, $"{otherwise}"));

    /// <summary>Width and height, <c>3840x2160</c>.</summary>
    public (int Width, int Height) Dimensions(string name, string otherwise)
    {
        string text = Text(name, otherwise);
        return text.Split('x') is [string first, string second] && int.TryParse(first, out int width) && int.TryParse(second, out int height)
            && width is >= 32 and <= 16384 && height is >= 32 and <= 16384
            ? (width, height)
            : throw new InvalidInputException($"{name} is '{text}'; allowed: WIDTHxHEIGHT, each from 32 to 16384");
    }

    public int Threads() => Integer("--threads", 1, 1024) ?? Environment.ProcessorCount;

    public PoolingKind Pooling() =>
        Text("--pooling", ["max", "average"]) == "average" ? PoolingKind.Average : PoolingKind.Max;

    // Multiples of 16, so that four poolings drop no row.
    private static int Size(string name, string text) =>
        int.TryParse(text, out int size) && size is >= 16 and <= 4096 && size % 16 == 0
            ? size
            : throw new InvalidInputException($"{name} has '{text}'; allowed: multiples of 16 from 16 to 4096");
}
