using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche.Benchmarks.Paintings;

/// <summary>
/// Paints pairs, and keeps the pictures in a folder under names that stand for everything they depend on but the code: a
/// picture that is there already is not painted again.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="size">Long side in pixels.</param>
/// <param name="threads">Threads to paint with.</param>
internal sealed class PaintingShelf(string folder, int size, int threads)
{
    /// <summary>Paints a pair, or finds it painted.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="model">The model's name or file.</param>
    /// <param name="options">The settings.</param>
    /// <returns>The picture as it was written, with 8 bits a colour.</returns>
    public Picture Paint(PaintingPair pair, Picture content, Picture style, string model, GatysOptions options)
    {
        string file = Path.Combine(folder, $"{pair}-{ModelLabel(model)}-{Key(model, options)}.png");
        if (!File.Exists(file))
        {
            long start = Stopwatch.GetTimestamp();
            var request = new StyleTransferRequest
            {
                Content = content,
                Styles = [new StyleSource(style)],
                Size = size,
                Model = model,
                Gatys = options,
                Threads = threads,
            };
            Directory.CreateDirectory(folder);
            PictureFile.Write(Stylizer.Run(request).Picture, file);
            Console.Error.WriteLine($"{file}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        }
        return PictureFile.Read(file);
    }

    /// <summary>What tables and file names call a model.</summary>
    public static string ModelLabel(string model) => Path.GetFileNameWithoutExtension(model);

    private string Key(string model, GatysOptions options)
    {
        string settings = JsonSerializer.Serialize(options) + size + ModelStore.Default.Load(model).Sha256;
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(settings)))[..8];
    }
}
