using System.Text;
using Pastiche.Imaging;

namespace Pastiche.Settings;

/// <summary>Settings in a JSON file that people write and read: a flat object whose names are those of the command line's options.</summary>
public static class SettingsFile
{
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads a file. A palette that it names lies beside it, or else where the path leads.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">
    /// It cannot be read, has an unknown setting or a value that is not allowed; each line names file, setting, value and what is allowed.
    /// </exception>
    public static StyleSettings Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                throw new InvalidInputException($"{path} is too large for settings; allowed: up to {MaxBytes} bytes");
            return Parse(File.ReadAllText(path), path).WithPalette(palette =>
                Path.Combine(Path.GetDirectoryName(path) ?? "", palette) is var beside && File.Exists(beside) ? beside : palette);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException($"settings '{path}' do not exist", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"settings '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="InvalidInputException">As for <see cref="Read"/>.</exception>
    public static StyleSettings Parse(string json, string source) => SettingsJson.Parse(json, source);

    /// <summary>Settings as JSON, one a line.</summary>
    public static string Format(StyleSettings settings) => SettingsJson.Write(settings);

    /// <summary>Writes a file; it is complete or untouched.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(StyleSettings settings, string path)
    {
        ArgumentNullException.ThrowIfNull(settings);
        byte[] json = Encoding.UTF8.GetBytes(Format(settings));
        AtomicFile.Write(AtomicFile.FollowLinks(path), stream => stream.Write(json));
    }
}
