using System.Net;
using System.Net.Http.Headers;

namespace Pastiche.Models;

/// <summary>Fetches a file over HTTP: goes on where an earlier run stopped, tries again when the line breaks, believes only the hash.</summary>
internal sealed class ModelDownloader
{
    private const int BufferBytes = 1 << 17;
    private const long MaximumBytes = 4L << 30;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "pastiche" } },
    };

    /// <summary>How often a broken download is taken up again.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; it doubles with each.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Fetches a file and checks it; when this returns, <paramref name="part"/> is the file that was asked for.</summary>
    /// <returns>Its SHA-256.</returns>
    /// <exception cref="ModelDownloadException">It cannot be had, or is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what has arrived is kept.</exception>
    public async Task<string> FetchAsync(
        ModelDownload download, PartialFile part, IProgress<ModelProgress>? progress, CancellationToken cancellation)
    {
        bool resumed = part.Length > 0;
        await TransferWithRetriesAsync(download, part, progress, cancellation).ConfigureAwait(false);
        string hash = Verify(download, part, progress, cancellation);
        if (hash.StartsWith(download.Sha256, StringComparison.OrdinalIgnoreCase))
            return hash;

        part.Delete();
        if (resumed)
        {
            // The beginning may have been of another version of the file, of a server that gives no marks.
            return await FetchAsync(download, part, progress, cancellation).ConfigureAwait(false);
        }
        throw new ModelDownloadException($"{download.Url}: its SHA-256 is {hash}, expected was {download.Sha256}; what was downloaded is deleted");
    }

    private async Task TransferWithRetriesAsync(
        ModelDownload download, PartialFile part, IProgress<ModelProgress>? progress, CancellationToken cancellation)
    {
        TimeSpan pause = Pause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await TransferAsync(download, part, progress, cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception problem) when (problem is (HttpRequestException or IOException) and not ModelDownloadException)
            {
                if (attempt == Attempts || !IsPassing(problem))
                    throw new ModelDownloadException($"{download.Url}: {problem.Message.Split('\r', '\n')[0]}", problem);
            }
            await Task.Delay(pause, cancellation).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private static bool IsPassing(Exception problem) => problem is not HttpRequestException { StatusCode: { } status }
        || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestedRangeNotSatisfiable
        || status >= HttpStatusCode.InternalServerError;

    private async Task TransferAsync(
        ModelDownload download, PartialFile part, IProgress<ModelProgress>? progress, CancellationToken cancellation)
    {
        if (part.Length > (download.Size ?? MaximumBytes))
            part.Delete();
        if (part.Length == download.Size)
            return;

        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            silence.CancelAfter(Patience);
            using HttpRequestMessage request = Request(download.Url, part);
            using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            if (Prepare(response, part))
                await AppendAsync(response, download, part, progress, silence).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"the server was silent for {Patience.TotalSeconds:0.###} s");
        }
    }

    private static HttpRequestMessage Request(Uri url, PartialFile part)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (part.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.IfRange = part.Condition;
        }
        return request;
    }

    /// <summary>Makes the partial file fit the response: the rest is appended, a whole file starts it anew.</summary>
    /// <returns>False when there is nothing left to send.</returns>
    private static bool Prepare(HttpResponseMessage response, PartialFile part)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when range?.From == part.Length:
                return true;
            case HttpStatusCode.RequestedRangeNotSatisfiable when part.Length > 0 && range?.Length == part.Length:
                return false;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Delete();
                throw new HttpRequestException("the server's file does not fit what was downloaded before", null, HttpStatusCode.RequestedRangeNotSatisfiable);
            case HttpStatusCode.OK:
                part.Delete();
                part.Remember(response.Headers, response.Content.Headers.LastModified);
                return true;
            default:
                throw new HttpRequestException($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}", null, response.StatusCode);
        }
    }

    private async Task AppendAsync(
        HttpResponseMessage response, ModelDownload download, PartialFile part, IProgress<ModelProgress>? progress, CancellationTokenSource silence)
    {
        FileStream file = part.OpenForAppend();
        await using (file.ConfigureAwait(false))
        {
            long? total = file.Position + response.Content.Headers.ContentLength;
            if ((total ?? download.Size) > (download.Size ?? MaximumBytes) || (download.Size is not null && total < download.Size))
                throw new ModelDownloadException($"{download.Url}: has {total} bytes, expected were {download.Size?.ToString() ?? $"at most {MaximumBytes}"}");

            Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var buffer = new byte[BufferBytes];
                while (true)
                {
                    silence.CancelAfter(Patience);
                    int count = await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
                    if (count == 0)
                        break;
                    // Written without the token: what has arrived is kept whole.
                    await file.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
                    if (file.Position > (download.Size ?? MaximumBytes))
                        throw new ModelDownloadException($"{download.Url}: sends more than {download.Size ?? MaximumBytes} bytes");
                    progress?.Report(new ModelProgress(ModelStep.Downloading, download.Url.ToString(), file.Position, total ?? download.Size));
                }
            }
            if (file.Position < (total ?? download.Size))
                throw new IOException($"the connection ended after {file.Position} of {total ?? download.Size} bytes");
        }
    }

    private static string Verify(ModelDownload download, PartialFile part, IProgress<ModelProgress>? progress, CancellationToken cancellation)
    {
        long total = part.Length;
        return FileHash.Sha256(
            part.Path, done => progress?.Report(new ModelProgress(ModelStep.Verifying, download.Url.ToString(), done, total)), cancellation);
    }
}
