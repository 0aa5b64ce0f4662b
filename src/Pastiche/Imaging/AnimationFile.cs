using NetVips;

namespace Pastiche.Imaging;

/// <summary>Writes moving pictures: WebP and GIF.</summary>
public static class AnimationFile
{
    private const int Quality = 80;

    /// <summary>The extensions that can be written, lower case with dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".gif", ".webp"];

    /// <summary>Writes an animation that goes round for ever; the file is complete or untouched.</summary>
    /// <param name="frames">The frames, at least one, all of one size; transparency is laid over white.</param>
    /// <param name="delays">For how many milliseconds each is shown; as many as there are frames.</param>
    /// <param name="path">The file; its extension is one of <see cref="Extensions"/>.</param>
    /// <exception cref="ArgumentException">Sizes or numbers differ, or the extension is another one.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(IReadOnlyList<Picture> frames, IReadOnlyList<int> delays, string path)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(delays);
        if (frames.Count == 0 || frames.Any(frame => (frame.Width, frame.Height) != (frames[0].Width, frames[0].Height)))
            throw new ArgumentException("frames must be at least one and of one size", nameof(frames));
        ArgumentOutOfRangeException.ThrowIfNotEqual(delays.Count, frames.Count, nameof(delays));
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Extensions.Contains(extension))
            throw new ArgumentException($"{path} is none of {string.Join(", ", Extensions)}", nameof(path));

        byte[] bytes = Encode(frames, [.. delays], extension, path);
        AtomicFile.Write(AtomicFile.FollowLinks(path), stream => stream.Write(bytes));
    }

    private static byte[] Encode(IReadOnlyList<Picture> frames, int[] delays, string extension, string path)
    {
        VipsRuntime.EnsureReady();
        (int width, int height) = (frames[0].Width, frames[0].Height);
        // One below the other: [frames * height, width, 3].
        byte[] pixels = [.. frames.SelectMany(frame => PixelTransfer.InterleaveColour<byte>(frame, overWhite: true))];
        try
        {
            using Image column = Image.NewFromMemory(pixels, width, frames.Count * height, 3, Enums.BandFormat.Uchar);
            using Image colour = column.Copy(interpretation: Enums.Interpretation.Srgb);
            using Image film = colour.Mutate(fields =>
            {
                fields.Set(GValue.GIntType, "page-height", height);
                fields.Set(GValue.ArrayIntType, "delay", delays);
                fields.Set(GValue.GIntType, "loop", 0);
            });
            return extension == ".gif" ? film.GifsaveBuffer() : film.WebpsaveBuffer(q: Quality);
        }
        catch (VipsException exception)
        {
            throw new IOException($"cannot write {path}: the encoder failed: {exception.Message.Trim()}", exception);
        }
    }
}
