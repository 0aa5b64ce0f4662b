namespace Pastiche.Grids;

/// <summary>A cell and the files that it has.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Fingerprint">What its picture depends on, as a hash.</param>
internal sealed record CellFile(GridCell Cell, string Fingerprint)
{
    private const int LongestLabel = 24, HashDigits = 12;

    /// <summary>The picture's file name, which is another one when the fingerprint is.</summary>
    public string Picture => Stem + ".png";

    /// <summary>The name of the file that tells how the picture was made.</summary>
    public string Record => Stem + ".json";

    private string Stem => $"{Plain(Cell.Content.Label)}-{Plain(Cell.Style.Label)}-{Fingerprint[..HashDigits]}";

    private static string Plain(string label)
    {
        string plain = string.Concat(label.Select(character => char.IsLetterOrDigit(character) || character == '_' ? character : '-')).Trim('-');
        return plain.Length > LongestLabel ? plain[..LongestLabel] : plain;
    }
}
