using System.Diagnostics;
using System.Net;
using Pastiche.Imaging;

namespace Pastiche.Studio.Proofs;

/// <summary>Damaged pictures of every format, thousands of them: each is taken or refused, and the server goes on.</summary>
internal static class FuzzProof
{
    private const int AtATime = 4;

    private const string Url = "http://127.0.0.1:5393";

    /// <summary>Runs it.</summary>
    /// <param name="count">How many.</param>
    public static async Task<int> RunAsync(int count)
    {
        string root = Directory.CreateTempSubdirectory("pastiche-proof-").FullName;
        string home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        using PasticheProcess server = await PasticheProcess.StartAsync(
            ["serve", "--urls", Url, "--folder", Path.Combine(root, "data"), "--workers", "0", "--max-queue", "10000", "--requests", "1000000"], home);
        byte[][] originals = [.. Originals()];
        var answers = new Dictionary<HttpStatusCode, int>();
        double slowest = 0, memory = 0;
        int next = -1;
        var gate = new Lock();
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(1, AtATime).Select(async number =>
        {
            using var client = new ApiClient(Url, number);
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                long sent = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await client.PostAsync(Damage(originals[i % originals.Length], new Random(i)), "{}");
                double seconds = Stopwatch.GetElapsedTime(sent).TotalSeconds;
                if (response.StatusCode == HttpStatusCode.Created)
                    await client.DeleteAsync(await ApiClient.IdAsync(response));
                lock (gate)
                {
                    answers[response.StatusCode] = answers.GetValueOrDefault(response.StatusCode) + 1;
                    slowest = Math.Max(slowest, seconds);
                    if (i % 50 == 0)
                        memory = Math.Max(memory, server.Megabytes);
                }
            }
        }));
        // The runtime itself puts its debugger's pipes there.
        string[] strays = [.. Directory.EnumerateFileSystemEntries(home).Concat(Directory.EnumerateFileSystemEntries(root))
            .Select(path => Path.GetFileName(path)).Where(name => name is not ("data" or "home") && !name.StartsWith("clr-debug", StringComparison.Ordinal) && !name.StartsWith("dotnet-", StringComparison.Ordinal))];
        Console.WriteLine($"{count} files in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: "
            + string.Join(", ", answers.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} x {(int)pair.Key}")));
        Console.WriteLine($"slowest answer {slowest:0.00} s, memory up to {memory:0} MiB, server {(server.IsRunning ? "still runs" : "is gone")}, files outside its folder: {strays.Length} {string.Join(' ', strays)}");
        bool isGood = server.IsRunning && strays.Length == 0 && answers.Keys.All(status => status is HttpStatusCode.Created or HttpStatusCode.BadRequest);
        server.Dispose();
        Directory.Delete(root, recursive: true);
        return isGood ? 0 : 1;
    }

    private static IEnumerable<byte[]> Originals()
    {
        foreach (string name in new[] { "mountains.jpg", "dogs.jpg", "mosaic.jpg" })
        {
            yield return File.ReadAllBytes(Samples.File(name));
            Picture small = Resampling.Resize(PictureFile.Read(Samples.File(name)), 96, 72);
            foreach (string extension in PictureFile.WritableExtensions)
                yield return PictureFile.Encode(small, extension);
            var clear = new Picture(96, 72, small.Planes, [.. Enumerable.Range(0, 96 * 72).Select(i => i % 96 / 96f)]);
            yield return PictureFile.Encode(clear, ".png");
            yield return PictureFile.Encode(clear, ".webp");
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int at = random.Next(4) == 0 ? random.Next(bytes.Length) : random.Next(Math.Min(bytes.Length, 256)); // mostly headers
            bytes = random.Next(7) switch
            {
                0 => Set(bytes, at, (byte)random.Next(256)),
                1 => Set(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8)))),
                2 => Set(bytes, at, random.Next(2) == 0 ? (byte)0 : (byte)255),
                3 => bytes[..Math.Max(1, random.Next(bytes.Length))],
                4 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 64))..], 0],
                5 => [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + random.Next(1, 512))], .. bytes[at..]],
                _ => [.. bytes[..at], .. Number(random), .. bytes[Math.Min(bytes.Length, at + 4)..]],
            };
        }
        return bytes;
    }

    // Sizes and offsets at the borders of their types.
    private static byte[] Number(Random random)
    {
        uint value = random.Next(5) switch { 0 => 0u, 1 => uint.MaxValue, 2 => int.MaxValue, 3 => 0x10000u, _ => (uint)random.NextInt64(uint.MaxValue) };
        return BitConverter.GetBytes(random.Next(2) == 0 ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value));
    }

    private static byte[] Set(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }
}
