using Pastiche.Imaging;

namespace Pastiche.Colours;

/// <summary>Whose colours a repainted photograph has.</summary>
public enum ColourKind
{
    /// <summary>The paintings'. Nothing is changed.</summary>
    Style,

    /// <summary>
    /// The photograph's: the style is transferred in lightness alone, and hue and chroma are those of the photograph. The result's
    /// lightness has the photograph's mean and deviation.
    /// </summary>
    ContentLuminance,

    /// <summary>The photograph's: before painting, the paintings get the distribution of its colours.</summary>
    ContentHistogram,

    /// <summary>The photograph's: before painting, the paintings get the mean and the covariance of its colours.</summary>
    ContentCovariance,

    /// <summary>Those of another picture: before painting, the paintings get the mean and the covariance of its colours.</summary>
    Palette,
}

/// <summary>Whose colours a repainted photograph has, with the picture that they come from if that is another one.</summary>
/// <param name="Kind">Whose.</param>
/// <example>
/// <code>
/// var request = new StyleTransferRequest
/// {
///     Content = photograph,
///     Styles = [new StyleSource(painting)],
///     Colours = new ColourMode(ColourKind.Palette) { Palette = autumn },
/// };
/// </code>
/// </example>
public sealed record ColourMode(ColourKind Kind)
{
    private const string PalettePrefix = "palette:";

    private static readonly Dictionary<string, ColourKind> Kinds = new()
    {
        ["style"] = ColourKind.Style,
        ["content-luminance"] = ColourKind.ContentLuminance,
        ["content-histogram"] = ColourKind.ContentHistogram,
        ["content-covariance"] = ColourKind.ContentCovariance,
    };

    /// <summary>The paintings' colours: the default.</summary>
    public static ColourMode Style { get; } = new(ColourKind.Style);

    /// <summary>What <see cref="Parse"/> reads: words, the last of which a file's name follows.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Kinds.Keys, PalettePrefix];

    /// <summary>The picture whose colours <see cref="ColourKind.Palette"/> takes; <c>null</c>: that of <see cref="PaletteFile"/>.</summary>
    public Picture? Palette { get; init; }

    /// <summary>Its file, which is read when a run starts unless <see cref="Palette"/> is there; <c>null</c>: it came from no file.</summary>
    public string? PaletteFile { get; init; }

    /// <summary>Reads <c>style</c>, <c>content-luminance</c>, <c>content-histogram</c>, <c>content-covariance</c> or <c>palette:FILE</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The colours, whose file is not read yet; <c>null</c>: the text is none of these.</returns>
    public static ColourMode? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Kinds.TryGetValue(text, out ColourKind kind))
            return new ColourMode(kind);
        return text.StartsWith(PalettePrefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(text[PalettePrefix.Length..])
            ? new ColourMode(ColourKind.Palette) { PaletteFile = text[PalettePrefix.Length..] }
            : null;
    }

    /// <summary>Reads the file of the palette if there is one and it has not been read.</summary>
    /// <param name="read">Reads a picture.</param>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public ColourMode WithPalette(Func<string, Picture> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Kind == ColourKind.Palette && Palette is null && PaletteFile is { } file ? this with { Palette = read(file) } : this;
    }

    /// <summary>What <see cref="Parse"/> reads; a palette that came from no file is <c>palette:</c>.</summary>
    public override string ToString() =>
        Kind == ColourKind.Palette ? PalettePrefix + PaletteFile : Kinds.First(pair => pair.Value == Kind).Key;
}
