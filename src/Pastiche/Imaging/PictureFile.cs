namespace Pastiche.Imaging;

/// <summary>
/// Picture files. Reads PNG, JPEG, WebP, TIFF, AVIF and GIF, recognised by content; writes the formats of
/// <see cref="WritableExtensions"/>. May be used from several threads at once.
/// </summary>
/// <remarks>
/// The first use sets libvips up for the whole process: its messages are silenced, its operation cache is off, and its loaders
/// for other formats are blocked.
/// </remarks>
/// <example>
/// <code>
/// Picture photograph = PictureFile.Read("photo.jpg");
/// PictureFile.Write(Resampling.Resize(photograph, 640, 480), "small.png");
/// </code>
/// </example>
public static class PictureFile
{
    /// <summary>The longest side that is read, in pixels.</summary>
    public const int MaxSide = 32_768;

    /// <summary>The most pixels that are read: 2^28, the area of a square of 16,384; as planes they take 3 GiB.</summary>
    public const long MaxPixels = 268_435_456;

    /// <summary>The longest file that is read, in bytes.</summary>
    public const int MaxFileBytes = 1 << 30;

    /// <summary>The file name extensions that <see cref="Write"/> knows: lower case, with dot, sorted.</summary>
    public static IReadOnlyList<string> WritableExtensions => OutputFormat.AllExtensions;

    /// <summary>
    /// Reads a picture: the first page, upright (EXIF orientation applied), converted to sRGB by its colour profile. An RGB
    /// profile is kept in <see cref="Picture.IccProfile"/>, unless it is sRGB, which <c>null</c> stands for; grey and CMYK
    /// profiles are applied and dropped; a broken profile counts as none. Colours outside sRGB's gamut are clipped.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The picture; <see cref="Picture.Alpha"/> is <c>null</c> when every pixel is opaque.</returns>
    /// <exception cref="InvalidInputException">
    /// The file is missing, a folder, unreadable, empty, of no supported format, too large, truncated or corrupt.
    /// </exception>
    public static Picture Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PictureDecoder.Decode(ReadBytes(path), path);
    }

    /// <summary>Reads a picture from memory, as <see cref="Read(string)"/> does from a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it, e.g. the name of an uploaded file.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="InvalidInputException">As for a file.</exception>
    public static Picture Read(ReadOnlyMemory<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckLength(bytes.Length, name);
        return PictureDecoder.Decode(bytes.Span, name);
    }

    /// <summary>Reads a picture's format and size from its header; no pixel is decoded.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>Its format and the size in which it is stored, before any orientation is applied.</returns>
    /// <exception cref="InvalidInputException">It is of no supported format, too large, or its header is corrupt.</exception>
    public static PictureHeader ReadHeader(ReadOnlyMemory<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckLength(bytes.Length, name);
        return PictureDecoder.ReadHeader(bytes.Span, name);
    }

    /// <summary>Reads the text that a picture was written with, from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The text; <c>null</c> when there is none.</returns>
    /// <exception cref="InvalidInputException">As for <see cref="Read(string)"/>.</exception>
    public static string? ReadNote(ReadOnlyMemory<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckLength(bytes.Length, name);
        return PictureDecoder.ReadNote(bytes.Span, name);
    }

    /// <summary>Reads the text that a picture was written with (<see cref="Picture.Note"/>).</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text; <c>null</c> when there is none.</returns>
    /// <exception cref="InvalidInputException">As for <see cref="Read(string)"/>.</exception>
    public static string? ReadNote(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PictureDecoder.ReadNote(ReadBytes(path), path);
    }

    /// <summary>
    /// Writes a picture, 8 bits a band, converted into its colour profile, which is embedded. The extension decides the format:
    /// PNG, TIFF (lossless), JPEG (quality 95, 4:4:4), WebP (90), AVIF (85, 4:4:4). Every format holds <see cref="Picture.Note"/>. JPEG has no transparency: the picture is laid
    /// over white. Values are clamped to 0 to 1; NaN is written as 0. The file appears whole or not at all; one that exists is
    /// replaced only when the new one is complete on disk.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">
    /// As for <see cref="CheckWritable(string)"/>; or the format cannot hold so large a picture; or its profile is no RGB profile.
    /// </exception>
    /// <exception cref="IOException">Writing failed, e.g. because the disk is full.</exception>
    public static void Write(Picture picture, string path)
    {
        ArgumentNullException.ThrowIfNull(picture);
        OutputTarget target = Check(path, picture.Width, picture.Height);
        byte[] bytes = PictureEncoder.Encode(picture, target.Format, path);
        try
        {
            AtomicFile.Write(target.Path, stream => stream.Write(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write {path}: {e.Message}", e);
        }
    }

    /// <summary>Encodes a picture in memory, as <see cref="Write"/> does into a file.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="extension">What decides the format: one of <see cref="WritableExtensions"/>.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="InvalidInputException">
    /// The extension is unknown, the format cannot hold so large a picture, or the picture's profile is no RGB profile.
    /// </exception>
    /// <exception cref="IOException">The encoder failed.</exception>
    public static byte[] Encode(Picture picture, string extension)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(extension);
        OutputFormat format = OutputFormat.ForExtension(extension)
            ?? throw new InvalidInputException($"extension '{extension}' is not supported; use one of {string.Join(", ", WritableExtensions)}");
        CheckSides(format, picture.Width, picture.Height, $"a picture as {format.Name}");
        return PictureEncoder.Encode(picture, format, $"a picture as {format.Name}");
    }

    /// <summary>Throws when a picture cannot be written to a path, so that a run can refuse before it computes. Leaves nothing behind.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">
    /// The extension is unknown; the folder is missing or not writable; the path is a folder or a write-protected file.
    /// </exception>
    public static void CheckWritable(string path) => _ = OutputTarget.Check(path);

    /// <summary>Like <see cref="CheckWritable(string)"/>, and throws also when the format cannot hold a picture of this size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <exception cref="InvalidInputException">The picture cannot be written there.</exception>
    public static void CheckWritable(string path, int width, int height) => _ = Check(path, width, height);

    private static OutputTarget Check(string path, int width, int height)
    {
        OutputTarget target = OutputTarget.Check(path);
        CheckSides(target.Format, width, height, path);
        return target;
    }

    private static void CheckSides(OutputFormat format, int width, int height, string name)
    {
        if (Math.Max(width, height) > format.MaxSide)
        {
            throw new InvalidInputException(
                $"cannot write {name}: {width} x {height} pixels exceed {format.Name}'s limit of {format.MaxSide} pixels a side");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidInputException($"cannot read {path}: it is a folder, not a file");
        if (!File.Exists(path))
            throw new InvalidInputException($"cannot read {path}: the file does not exist");
        try
        {
            using FileStream stream = File.OpenRead(path);
            return ReadBytes(stream, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidInputException($"cannot read {path}: permission denied", e);
        }
        catch (IOException e)
        {
            throw new InvalidInputException($"cannot read {path}: {e.Message}", e);
        }
    }

    private static byte[] ReadBytes(FileStream stream, string path)
    {
        // The first bytes decide whether the rest, which may be long, is worth reading.
        var head = new byte[InputFormat.HeadLength];
        int headLength = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        PictureDecoder.RequireFormat(head.AsSpan(0, headLength), path);

        // A pipe has no length; its bytes are counted as they come.
        long length = stream.CanSeek ? stream.Length : 0;
        CheckLength(length, path);
        using var bytes = new MemoryStream((int)Math.Max(length, headLength));
        bytes.Write(head, 0, headLength);
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            CheckLength(bytes.Length, path);
        }
        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    private static void CheckLength(long length, string name)
    {
        if (length > MaxFileBytes)
            throw new InvalidInputException($"cannot read {name}: {length} bytes exceed the limit of {MaxFileBytes} bytes");
    }
}
