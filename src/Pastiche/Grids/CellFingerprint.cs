using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>
/// What a cell's picture depends on, as a hash: the pixels of photograph and painting, all settings of its engine, the model's
/// weights, the library's version. Names and threads do not count.
/// </summary>
/// <param name="models">The models.</param>
/// <param name="hasMetadata">Whether pictures tell how they were made.</param>
internal sealed class CellFingerprint(GridModels models, bool hasMetadata)
{
    // To be raised when equal settings begin to mean something else.
    private const string Format = "pastiche cell 1";

    private readonly Dictionary<Picture, string> _hashes = new(ReferenceEqualityComparer.Instance);

    /// <summary>The hash of a cell, lower-case hex.</summary>
    public string Of(GridCell cell) => Hash(Encoding.UTF8.GetBytes($"{WithoutContent(cell)}\ncontent {Of(cell.Request.Content!)}"));

    /// <summary>What cells of different photographs have in common that are painted in one session.</summary>
    public string WithoutContent(GridCell cell)
    {
        StyleTransferRequest request = cell.Request;
        string init = request is { Init: InitKind.Picture, InitPicture: { } picture } ? Of(picture) : "none";
        string settings = SettingsFile.Format(StyleSettings.Of(request).Without("model", "colors"));
        string colours = request.Colours.Palette is { } palette ? Of(palette) : request.Colours.ToString();
        string styles = string.Join(' ', request.Styles.Select(style => $"{Of(style.Picture)}:{SettingText.Format(style.Weight)}"));
        return $"{Format}\nversion {Stylizer.Version}\nmetadata {hasMetadata}\nmodel {models.Of(request).Sha256}\ninit {init}\ncolours {colours}\nstyles {styles}\n{settings}";
    }

    /// <summary>The hash of a picture's pixels, opacity and colour profile.</summary>
    public string Of(Picture picture)
    {
        if (!_hashes.TryGetValue(picture, out string? hash))
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            sha.AppendData(Encoding.UTF8.GetBytes($"{picture.Width} {picture.Height} {picture.Alpha is not null} {picture.IccProfile?.Length}\n"));
            sha.AppendData(MemoryMarshal.AsBytes(picture.Planes.AsSpan()));
            sha.AppendData(MemoryMarshal.AsBytes(picture.Alpha.AsSpan()));
            sha.AppendData(picture.IccProfile ?? []);
            hash = Convert.ToHexStringLower(sha.GetHashAndReset());
            _hashes.Add(picture, hash);
        }
        return hash;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
