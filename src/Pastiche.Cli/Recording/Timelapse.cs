using Pastiche.Imaging;

namespace Pastiche.Cli.Recording;

/// <summary>The picture as it emerges, as a film of a few seconds: WebP, GIF or, where ffmpeg is on the path, MP4.</summary>
/// <param name="path">The file.</param>
/// <param name="steps">Steps of the whole run.</param>
internal sealed class Timelapse(string path, int steps) : RunFile(OptionName, path, "the time lapse")
{
    /// <summary>The option that asks for it.</summary>
    public const string OptionName = "--timelapse";

    private const int MostFrames = 60, LongSide = 640, FrameMilliseconds = 80, LastMilliseconds = 1600;

    // The first steps change most.
    private const double Crowding = 1.7;

    private readonly HashSet<int> _shown =
        [.. Enumerable.Range(0, MostFrames).Select(i => 1 + (int)Math.Round((steps - 1) * Math.Pow((double)i / (MostFrames - 1), Crowding)))];

    private readonly List<Picture> _frames = [];

    /// <summary>The extensions that it may have.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. AnimationFile.Extensions, FfmpegVideo.Extension];

    /// <summary>Why a file cannot be a time lapse; <c>null</c>: it can.</summary>
    public static string? WhyNot(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        FfmpegVideo.Extension when FfmpegVideo.Program is null =>
            $"needs ffmpeg, which is not on the path; {string.Join(" and ", AnimationFile.Extensions)} need nothing",
        var extension when Extensions.Contains(extension) => null,
        _ => $"is none of {string.Join(", ", Extensions)}",
    };

    /// <inheritdoc/>
    public override void Add(StyleProgress progress)
    {
        if (_shown.Contains(progress.Iteration))
            _frames.Add(Fit(progress.Snapshot()));
    }

    /// <inheritdoc/>
    public override void Write(StyleResult result)
    {
        IReadOnlyList<Picture> frames = [.. _frames, Fit(result.Picture)];
        if (System.IO.Path.GetExtension(Path).Equals(FfmpegVideo.Extension, StringComparison.OrdinalIgnoreCase))
            FfmpegVideo.Write([.. frames, .. Enumerable.Repeat(frames[^1], LastMilliseconds / FrameMilliseconds)], 1000.0 / FrameMilliseconds, Path);
        else
            AnimationFile.Write(frames, [.. Enumerable.Repeat(FrameMilliseconds, frames.Count - 1), LastMilliseconds], Path);
    }

    // Even sides, which films want.
    private static Picture Fit(Picture picture)
    {
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, Math.Min(LongSide, Math.Max(picture.Width, picture.Height)));
        return Resampling.Resize(picture, Even(width), Even(height));

        static int Even(int side) => Math.Max(2, side / 2 * 2);
    }
}
