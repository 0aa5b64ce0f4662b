using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Pastiche.Imaging;

namespace Pastiche.Studio.Proofs;

/// <summary>A client of the HTTP API, at an address of its own on this machine.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Makes one.</summary>
    /// <param name="url">The server.</param>
    /// <param name="number">The last byte of the client's address.</param>
    public ApiClient(string url, int number = 1)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{number}"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>A drawn picture as PNG, different for each seed.</summary>
    public static byte[] Png(int width, int height, int seed)
    {
        float[] planes = [.. Enumerable.Range(0, 3 * width * height).Select(i =>
            0.5f + 0.5f * MathF.Sin(0.11f * (i % width) * (1 + seed % 5) + 0.07f * (i / width % height) + seed))];
        return PictureFile.Encode(new Picture(width, height, planes), ".png");
    }

    /// <summary>Asks for a job.</summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] content, string settings, string style = "swirls")
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(content), "content", "photo.png" }, { new StringContent(style), "style" }, { new StringContent(settings), "settings" },
        };
        return await _http.PostAsync("/api/jobs", form);
    }

    /// <summary>Gets something.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>Deletes a job.</summary>
    public async Task DeleteAsync(string id) => (await _http.DeleteAsync($"/api/jobs/{id}")).Dispose();

    /// <summary>The id in an answer.</summary>
    public static async Task<string> IdAsync(HttpResponseMessage response) =>
        (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!;

    public void Dispose() => _http.Dispose();
}
