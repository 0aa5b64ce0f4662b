using Pastiche.Benchmarks.Autoencoders;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>autoencoder</c>: how well pictures survive encoding and decoding, level by level: the PSNR of a model's decoders beside
/// that of Collaborative Distillation's on the same crops.
/// </summary>
internal static class AutoencoderCommand
{
    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--photos", "--model", "--peer", "--size", "--output", "--verbose", "--threads");
        string[] files = Pictures.Files(arguments.Text("--photos", SharedFolder.Content));
        int size = arguments.Size("--size", 512);
        using var compute = new NetworkCompute(arguments.Threads());
        using var peer = new DistilledAutoencoder(arguments.Text("--peer", SharedFolder.Distilled), compute);
        IAutoencoder[] autoencoders = [peer];

        var psnr = new List<double[][]>(); // [picture][autoencoder][level]
        foreach (string file in files)
        {
            Picture crop = Pictures.CentreCrop(file, size);
            psnr.Add([.. autoencoders.Select(autoencoder => Measure(autoencoder, crop, file, arguments.Text("--output", "")))]);
        }

        Console.WriteLine($"encode-decode PSNR in dB, {size} x {size} centre crops, mean over {files.Length} pictures");
        WriteTable([.. autoencoders.Select((_, i) => Mean(psnr, i))], autoencoders);
        for (int i = 0; i < files.Length && arguments.Has("--verbose"); i++)
        {
            Console.WriteLine();
            Console.WriteLine(Path.GetFileName(files[i]));
            WriteTable(psnr[i], autoencoders);
        }
        return 0;
    }

    private static double[] Measure(IAutoencoder autoencoder, Picture crop, string file, string output)
    {
        IReadOnlyList<float[]> decoded = autoencoder.Reconstruct(crop.Planes, crop.Height, crop.Width);
        for (int i = 0; i < decoded.Count && output.Length > 0; i++)
        {
            string name = $"{Path.GetFileNameWithoutExtension(file)}-{autoencoder.Name}-{i + 1}.png";
            Directory.CreateDirectory(output);
            PictureFile.Write(new Picture(crop.Width, crop.Height, decoded[i]), Path.Combine(output, name));
        }
        return [.. decoded.Select(planes => Statistics.PeakSignalToNoise(planes, crop.Planes))];
    }

    private static double[] Mean(List<double[][]> psnr, int autoencoder) =>
        [.. psnr[0][autoencoder].Select((_, level) => psnr.Average(picture => picture[autoencoder][level]))];

    // A difference is ours minus the peer's.
    private static void WriteTable(double[][] psnr, IAutoencoder[] autoencoders)
    {
        Console.WriteLine($"  {"level",-8}{string.Concat(autoencoders.Select(autoencoder => $"{autoencoder.Name,14}"))}{(psnr.Length > 1 ? "difference" : ""),14}");
        for (int level = 0; level < psnr[0].Length; level++)
        {
            string difference = psnr.Length > 1 ? $"{psnr[0][level] - psnr[1][level],14:+0.00;-0.00}" : "";
            Console.WriteLine($"  {level + 1,-8}{string.Concat(psnr.Select(levels => $"{levels[level],14:F2}"))}{difference}");
        }
    }
}
