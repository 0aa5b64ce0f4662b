using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Pastiche.Tests.Models;

/// <summary>
/// A file server on 127.0.0.1 that misbehaves on demand. It speaks HTTP over a bare socket, because a real server library would
/// not break off in the middle of a body.
/// </summary>
internal sealed class TestFileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public TestFileServer(byte[] body)
    {
        Body = body;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The file.</summary>
    public byte[] Body { get; set; }

    /// <summary>The status of every answer, when it is not to be served.</summary>
    public int? Status { get; set; }

    /// <summary>The first so many answers break off half way.</summary>
    public int Truncations { get; set; }

    /// <summary>After half of the body the server falls silent.</summary>
    public bool Stalls { get; set; }

    public bool IgnoresRange { get; set; }

    public bool SendsLength { get; set; } = true;

    public bool SendsMark { get; set; } = true;

    /// <summary>Whether the mark is a weak one, which does not promise the same bytes.</summary>
    public bool MarkIsWeak { get; set; }

    /// <summary>What the <c>Range</c> headers of the requests said; <c>null</c> for a request without.</summary>
    public List<string?> Ranges { get; } = [];

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/model.pth");

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Body));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            Dictionary<string, string> headers = await ReadRequestAsync(stream);
            Ranges.Add(headers.GetValueOrDefault("range"));
            await WriteResponseAsync(stream, headers);
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }

    private async Task WriteResponseAsync(NetworkStream stream, Dictionary<string, string> headers)
    {
        string mark = $"\"{Sha256[..16]}\"";
        if (Status is { } status)
        {
            await SendAsync(stream, $"HTTP/1.1 {status} Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []);
            return;
        }
        int from = 0;
        bool condition = !headers.TryGetValue("if-range", out string? wanted) || wanted == mark;
        bool partial = !IgnoresRange && condition && headers.TryGetValue("range", out string? range)
            && int.TryParse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture, out from);
        if (partial && from >= Body.Length)
        {
            await SendAsync(stream, $"HTTP/1.1 416 Test\r\nContent-Range: bytes */{Body.Length}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []);
            return;
        }
        byte[] rest = Body[(partial ? from : 0)..];
        var head = new StringBuilder(partial ? "HTTP/1.1 206 Test\r\n" : "HTTP/1.1 200 Test\r\n");
        if (partial)
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{Body.Length - 1}/{Body.Length}\r\n");
        if (SendsLength)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {rest.Length}\r\n");
        if (SendsMark)
            head.Append(CultureInfo.InvariantCulture, $"ETag: {(MarkIsWeak ? "W/" : "")}{mark}\r\n");
        head.Append("Connection: close\r\n\r\n");

        bool half = Stalls || Truncations-- > 0;
        await SendAsync(stream, head.ToString(), half ? rest[..(rest.Length / 2)] : rest);
        if (Stalls)
            await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private static async Task SendAsync(NetworkStream stream, string head, byte[] body)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
    }

    private static async Task<Dictionary<string, string>> ReadRequestAsync(NetworkStream stream)
    {
        var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var headers = new Dictionary<string, string>();
        await reader.ReadLineAsync();
        for (string? line = await reader.ReadLineAsync(); !string.IsNullOrEmpty(line); line = await reader.ReadLineAsync())
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }
        return headers;
    }
}
