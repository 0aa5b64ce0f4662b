using System.Diagnostics;
using System.Globalization;
using Pastiche.Imaging;

namespace Pastiche.Cli.Recording;

/// <summary>Writes MP4 films with the program ffmpeg, where it is on the path.</summary>
internal static class FfmpegVideo
{
    /// <summary>The extension of such films.</summary>
    public const string Extension = ".mp4";

    /// <summary>The program; <c>null</c>: it is not on the path.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg"))
        .FirstOrDefault(File.Exists);

    /// <summary>Writes a film; the file is complete or untouched.</summary>
    /// <param name="frames">The frames, all of one size with even sides; transparency is laid over white.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(IReadOnlyList<Picture> frames, double rate, string path)
    {
        string made = Path.Combine(Path.GetTempPath(), $"pastiche-{Guid.NewGuid():N}{Extension}");
        try
        {
            Encode(frames, rate, made);
            AtomicFile.Write(AtomicFile.FollowLinks(path), stream =>
            {
                using FileStream film = File.OpenRead(made);
                film.CopyTo(stream);
            });
        }
        finally
        {
            File.Delete(made);
        }
    }

    private static void Encode(IReadOnlyList<Picture> frames, double rate, string made)
    {
        string[] words =
        [
            "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{frames[0].Width}x{frames[0].Height}", "-r", rate.ToString(CultureInfo.InvariantCulture), "-i", "-",
            "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-y", made,
        ];
        using Process ffmpeg = Process.Start(new ProcessStartInfo(Program!, words) { RedirectStandardInput = true, RedirectStandardError = true })
            ?? throw new IOException("ffmpeg could not be started");
        Task<string> complaint = ffmpeg.StandardError.ReadToEndAsync();
        try
        {
            foreach (Picture frame in frames)
                ffmpeg.StandardInput.BaseStream.Write(Bytes(frame));
            ffmpeg.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended early and says why.
        }
        ffmpeg.WaitForExit();
        if (ffmpeg.ExitCode != 0)
            throw new IOException($"ffmpeg failed: {complaint.GetAwaiter().GetResult().Trim()}");
    }

    // [3, height, width], 0 to 1 -> [height, width, 3], 0 to 255
    private static byte[] Bytes(Picture picture)
    {
        int pixels = picture.Width * picture.Height;
        var bytes = new byte[3 * pixels];
        for (int i = 0; i < pixels; i++)
        {
            float alpha = picture.Alpha?[i] ?? 1;
            for (int band = 0; band < 3; band++)
                bytes[3 * i + band] = (byte)Math.Round(255 * (1 - alpha + alpha * picture.Planes[band * pixels + i]));
        }
        return bytes;
    }
}
