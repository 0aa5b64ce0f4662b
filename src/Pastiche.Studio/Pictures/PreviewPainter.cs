using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Pictures;

/// <summary>
/// Paints small previews with the universal engine, whatever engine the job has: good enough to choose by, and quick. The networks and
/// what is known of the paintings stay ready as long as they do not change.
/// </summary>
internal sealed class PreviewPainter(PictureCache pictures, StudioOptions options) : IDisposable
{
    /// <summary>The long side of a preview in pixels.</summary>
    public const int Side = 320;

    private const int SmallestStyle = 64;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();
    private string _key = "";
    private StylizerSession? _session;

    /// <summary>Paints a preview.</summary>
    /// <param name="draft">What the job would be.</param>
    /// <param name="cancellation">Stops it, when another one is wanted.</param>
    /// <returns>A JPEG.</returns>
    /// <exception cref="InvalidInputException">It cannot be painted so.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<byte[]> PaintAsync(JobRequest draft, CancellationToken cancellation)
    {
        if (ClientSettings.Problems(draft.Settings, options) is { Count: > 0 } problems)
            throw new InvalidInputException(problems);
        using var wanted = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
        await _turn.WaitAsync(wanted.Token);
        try
        {
            return await Task.Run(() => Paint(draft, wanted.Token), wanted.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops the preview that is being painted, waits for it, and frees the networks, whose memory it would otherwise still use.</summary>
    public void Dispose()
    {
        if (_end.IsCancellationRequested)
            return;
        _end.Cancel();
        _turn.Wait();
        _session?.Dispose();
        _turn.Dispose();
    }

    private byte[] Paint(JobRequest draft, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        StyleResult result = SessionFor(draft).Run(pictures.Small(draft.Content.Blob, Side), null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        StudioMetrics.Previewed(Stopwatch.GetElapsedTime(started));
        return Thumbnail.Jpeg(result.Picture, Side);
    }

    private StylizerSession SessionFor(JobRequest draft)
    {
        StyleSettings settings = Small(draft.Settings);
        string key = string.Join('|', draft.Blobs().Skip(1).Concat(draft.Paintings().Select(style => SettingText.Format(style.Weight)))
            .Append($"{draft.Styles.Count}/{string.Join(',', draft.Regions.Select(region => region.Styles.Count))}").Append(settings.ToString()));
        if (_session is not null && key == _key)
            return _session;
        _session?.Dispose();
        (_session, _key) = (null, "");
        _session = StylizerSession.Open(settings.ApplyTo(new StyleTransferRequest
        {
            Content = null,
            Styles = Read(draft.Styles),
            Regions = [.. draft.Regions.Select(region => new StyleRegion(pictures.Small(region.Mask.Blob, Side), Read(region.Styles), region.Name))],
        }));
        _key = key;
        return _session;
    }

    private StyleSource[] Read(IReadOnlyList<JobStyle> styles) =>
        [.. styles.Select(style => new StyleSource(pictures.Small(style.Picture.Blob, 2 * Side), style.Weight, style.Picture.Name))];

    // Brush strokes are to be as large, compared with the picture, as they will be.
    private static StyleSettings Small(StyleSettings settings)
    {
        StyleTransferRequest full = settings.ApplyTo(new StyleTransferRequest { Content = null, Styles = [] });
        int style = Math.Clamp((full.StyleSize ?? full.Size) * Side / full.Size, SmallestStyle, 2 * Side);
        return settings.Without("init", "model")
            .Set("engine", SettingText.Format(EngineKind.Universal))
            .Set("size", SettingText.Format(Side))
            .Set("style-size", SettingText.Format(style));
    }
}
