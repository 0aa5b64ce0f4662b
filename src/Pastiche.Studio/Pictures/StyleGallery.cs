using System.Reflection;
using System.Text.RegularExpressions;
using Pastiche.Imaging;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Pictures;

/// <summary>A painting that can be chosen by name.</summary>
/// <param name="Id">Its name for programs: a-z, 0-9, '-'.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="FileName">Its file's name without folder.</param>
/// <param name="Read">Reads its file.</param>
internal sealed record GalleryPainting(string Id, string Title, string FileName, Func<byte[]> Read);

/// <summary>The paintings that can be chosen: those that are built in, and those of the user's folder.</summary>
internal sealed partial class StyleGallery
{
    private const string Prefix = "Pastiche.Studio.Samples.";

    private static readonly (string File, string Title)[] BuiltInPaintings =
    [
        ("swirls.jpg", "Windy night, oil"), ("woodcut.jpg", "Mountain and sea, woodcut"), ("mosaic.jpg", "Sun and fishes, mosaic"),
        ("watercolour.jpg", "Morning lake, watercolour"),
    ];

    private static readonly string[] Extensions = [.. PictureFile.WritableExtensions, ".gif"];

    private readonly BlobStore _blobs;
    private readonly Dictionary<string, GalleryPainting> _paintings = [];
    private readonly Dictionary<string, StoredPicture> _kept = [];
    private readonly Lock _lock = new();

    public StyleGallery(BlobStore blobs, StudioOptions options)
    {
        _blobs = blobs;
        foreach ((string file, string title) in BuiltInPaintings)
            Add(file, title, () => Sample(file));
        if (options.StylesFolder is { } folder)
        {
            foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.OrdinalIgnoreCase))
            {
                if (Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                    Add(Path.GetFileName(path), Path.GetFileNameWithoutExtension(path), () => File.ReadAllBytes(path));
            }
        }
    }

    /// <summary>Photographs that are built in, to try things with.</summary>
    public static IReadOnlyList<string> Samples { get; } = ["mountains.jpg", "dogs.jpg", "dandelion.jpg"];

    /// <summary>All paintings, those that are built in first.</summary>
    public IReadOnlyCollection<GalleryPainting> Paintings => _paintings.Values;

    /// <summary>The painting of a name; <c>null</c> when there is none.</summary>
    public GalleryPainting? Find(string id) => _paintings.GetValueOrDefault(id);

    /// <summary>Puts a painting into the store, where jobs find it.</summary>
    /// <exception cref="InvalidInputException">Its file is no picture.</exception>
    public StoredPicture Keep(GalleryPainting painting)
    {
        lock (_lock)
        {
            if (_kept.TryGetValue(painting.Id, out StoredPicture? kept) && _blobs.Contains(kept.Blob))
                return kept;
            byte[] bytes = painting.Read();
            Picture picture = PictureFile.Read(bytes, painting.FileName);
            return _kept[painting.Id] = new StoredPicture(_blobs.Add(bytes), painting.FileName, picture.Width, picture.Height);
        }
    }

    /// <summary>The file of a picture that is built in.</summary>
    public static byte[] Sample(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + file)
            ?? throw new ArgumentException($"'{file}' is not built in", nameof(file));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void Add(string file, string title, Func<byte[]> read)
    {
        string stem = NoWord().Replace(Path.GetFileNameWithoutExtension(file).ToLowerInvariant(), "-").Trim('-');
        string id = stem.Length == 0 ? "painting" : stem;
        for (int number = 2; _paintings.ContainsKey(id); number++)
            id = $"{stem}-{number}";
        _paintings.Add(id, new GalleryPainting(id, title, file, read));
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoWord();
}
