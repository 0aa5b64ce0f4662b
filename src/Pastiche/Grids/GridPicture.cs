using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>A photograph or a painting of a grid.</summary>
/// <param name="Name">Its file as the user named it; the command that repeats a cell names it so, too.</param>
/// <param name="Picture">Its pixels.</param>
public sealed record GridPicture(string Name, Picture Picture)
{
    /// <summary>What headings call it: the file's name without folder and extension.</summary>
    public string Label { get; init; } = Path.GetFileNameWithoutExtension(Name) is { Length: > 0 } label ? label : Name;

    /// <summary>A painting's own settings, e.g. those of the file beside it; what its grid says wins over them.</summary>
    public StyleSettings Settings { get; init; } = StyleSettings.Empty;

    /// <summary>The pictures, those with equal labels labelled by their whole names.</summary>
    internal static IReadOnlyList<GridPicture> Distinguish(IReadOnlyList<GridPicture> pictures)
    {
        HashSet<string> shared = [.. pictures.GroupBy(picture => picture.Label).Where(group => group.Count() > 1).Select(group => group.Key)];
        return [.. pictures.Select(picture => shared.Contains(picture.Label) ? picture with { Label = picture.Name } : picture)];
    }
}
