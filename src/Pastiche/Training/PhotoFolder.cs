using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Pastiche.Imaging;

namespace Pastiche.Training;

/// <summary>A file below a folder of photographs that is not trained on.</summary>
/// <param name="Name">Its path relative to the folder, with slashes.</param>
/// <param name="Message">Why, in one line.</param>
internal sealed record SkippedFile(string Name, string Message);

/// <summary>
/// The photographs below a folder, decoded once and held in memory, as a source of random crops. It keeps no state between
/// crops: a crop depends on the photographs and the arguments alone. May be used from several threads at once.
/// </summary>
internal sealed class PhotoFolder
{
    /// <summary>The most bytes of pixels that are held: 6 GB.</summary>
    public const long MostBytes = 6_000_000_000;

    private readonly ConcurrentDictionary<(int Window, int Side), LanczosFilter> _filters = [];

    private readonly Lazy<string> _fingerprint;

    private PhotoFolder(IReadOnlyList<Photo> photos, IReadOnlyList<SkippedFile> skipped)
    {
        (Photos, Skipped) = (photos, skipped);
        _fingerprint = new Lazy<string>(ComputeFingerprint);
    }

    /// <summary>The photographs in ordinal order of their names; at least one.</summary>
    public IReadOnlyList<Photo> Photos { get; }

    /// <summary>A hash of all names and pixels: crops are the same exactly where it is the same.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The files that are no pictures, cannot be read or are too small, in ordinal order of their names.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>
    /// Reads all files below a folder, whatever their names. Links to files are followed, links to folders are not, since they
    /// can form circles.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="mostBytes">The most bytes of pixels to hold.</param>
    /// <exception cref="InvalidInputException">
    /// The folder cannot be read or holds no photograph, or its photographs need more memory than allowed.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PhotoFolder Open(string folder, CancellationToken cancellation, long mostBytes = MostBytes)
    {
        string[] names = Names(folder);
        var photos = new Photo?[names.Length];
        var skipped = new SkippedFile?[names.Length];
        long bytes = 0;
        Parallel.For(0, names.Length, new ParallelOptions { CancellationToken = cancellation }, (i, loop) =>
        {
            try
            {
                photos[i] = Photo.Read(Path.Combine(folder, names[i]), names[i]);
                if (Interlocked.Add(ref bytes, photos[i]!.Planes.Length) > mostBytes)
                    loop.Stop();
            }
            catch (InvalidInputException problem)
            {
                skipped[i] = new SkippedFile(names[i], problem.Message);
            }
        });
        if (bytes > mostBytes)
        {
            throw new InvalidInputException(
                $"the photographs below {folder} need more than {mostBytes} bytes of memory, the most that is held; take fewer of them");
        }

        var opened = new PhotoFolder([.. photos.OfType<Photo>()], [.. skipped.OfType<SkippedFile>()]);
        return opened.Photos.Count > 0 ? opened : throw new InvalidInputException(
            $"no photograph was found below {folder}: {(names.Length == 0 ? "it has no files" : $"none of its {names.Length} files can be used")}");
    }

    /// <summary>
    /// Makes a random crop: photograph, window (<see cref="PhotoCrop.Draw"/>), flip and colours are drawn from the arguments.
    /// </summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="step">The training's step.</param>
    /// <param name="sample">The crop's place in the batch.</param>
    /// <param name="side">The crop's side in pixels.</param>
    /// <param name="planes">Receives red, green, blue, <c>[3, side, side]</c>, sRGB-encoded, 0 to 1.</param>
    public void Crop(ulong seed, long step, int sample, int side, Span<float> planes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Length, 3 * side * side, nameof(planes));
        var random = new SplitMix64(seed, (ulong)step, (ulong)sample);
        Photo photo = Photos[random.NextInt(Photos.Count)];
        PhotoCrop crop = PhotoCrop.Draw(ref random, photo, side);
        crop.Cut(photo, _filters.GetOrAdd((crop.Window, side), static key => new LanczosFilter(key.Window, key.Side)), planes);
    }

    private string ComputeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Photo photo in Photos)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{photo.Name}\n{photo.Width}x{photo.Height}\n"));
            hash.AppendData(photo.Planes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string[] Names(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InvalidInputException($"cannot read the folder {folder}: {(File.Exists(folder) ? "it is a file" : "it does not exist")}");
        try
        {
            var files = new FileSystemEnumerable<string>(
                folder,
                (ref entry) => Path.GetRelativePath(folder, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/'),
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            return [.. files.Order(StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new InvalidInputException($"cannot read the folder {folder}: {problem.Message}", problem);
        }
    }
}
