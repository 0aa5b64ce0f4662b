using Pastiche.Imaging;

namespace Pastiche.Benchmarks.Paintings;

/// <summary>A contact sheet for a blind look: a row is photograph, painting and pictures in an order of its own, which another file tells.</summary>
internal sealed class BlindSheet
{
    private readonly List<Picture[]> _rows = [];
    private readonly List<string> _key = [];

    /// <summary>Adds a row.</summary>
    /// <param name="name">What the key calls it.</param>
    /// <param name="shown">Pictures that everybody knows.</param>
    /// <param name="hidden">Pictures to be told apart, with what the key calls them.</param>
    public void Add(string name, IEnumerable<Picture> shown, IReadOnlyList<(string Name, Picture Picture)> hidden)
    {
        (string Name, Picture Picture)[] order = [.. hidden];
        new Random(_rows.Count).Shuffle(order);
        _rows.Add([.. shown, .. order.Select(entry => entry.Picture)]);
        _key.Add($"{name}: {string.Join(", ", order.Select(entry => entry.Name))}");
    }

    /// <summary>Writes <c>blind.jpg</c> and <c>key.txt</c>.</summary>
    public void Write(string folder)
    {
        PictureFile.Write(ContactSheet.Lay(_rows), Path.Combine(folder, "blind.jpg"));
        File.WriteAllLines(Path.Combine(folder, "key.txt"), _key);
    }
}
