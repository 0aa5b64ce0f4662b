namespace Pastiche.Cli.Options;

/// <summary>A mask as it is named on the command line.</summary>
/// <param name="File">Its file; empty: the file of <c>--region-map</c>.</param>
/// <param name="Colour">The colour of a label map that is meant, <c>#rrggbb</c>; <c>null</c>: the file is a grey mask.</param>
internal sealed record MaskArgument(string File, string? Colour = null)
{
    /// <summary>Reads <c>FILE</c>, <c>FILE#RRGGBB</c> or <c>#RRGGBB</c>. A file of the whole name goes before a colour.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="exists">Whether a file exists.</param>
    public static MaskArgument Parse(string text, Func<string, bool> exists)
    {
        int hash = text.LastIndexOf('#');
        return hash >= 0 && LabelColour.TryParse(text[hash..], out LabelColour colour) && !exists(text)
            ? new MaskArgument(text[..hash], colour.ToString())
            : new MaskArgument(text);
    }
}
