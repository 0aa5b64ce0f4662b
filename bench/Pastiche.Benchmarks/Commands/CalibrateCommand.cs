using System.Runtime.InteropServices;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>calibrate</c>: measures a network's mean activations over a folder of photographs and writes them as
/// <see cref="KnownActivations"/> reads them.
/// </summary>
internal static class CalibrateCommand
{
    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--model", "--photos", "--output", "--every", "--threads");
        NetworkWeights network = ModelStore.Default.Load(arguments.Text("--model", ModelSource.Vgg19.Name)).Weights;
        string output = arguments.Text("--output", "vgg19-caffe.activations");
        int every = arguments.Integer("--every", 1, 1000) ?? 1;
        string[] files = [.. Directory.GetFiles(arguments.Text("--photos", ".")).Order(StringComparer.Ordinal).Where((_, i) => i % every == 0)];
        using var compute = new NetworkCompute(arguments.Threads());
        IReadOnlyDictionary<string, float[]> means = CommonScale.Measure(
            network, files.Select(PictureFile.Read).Select(picture => (picture.Planes, picture.Height, picture.Width)), compute);
        AtomicFile.Write(output, stream =>
        {
            foreach (ConvolutionWeights layer in network.Convolutions)
                stream.Write(MemoryMarshal.AsBytes(means[layer.Name].AsSpan()));
        });
        Console.WriteLine($"{output}: mean activations over {files.Length} photographs");
        return 0;
    }
}
