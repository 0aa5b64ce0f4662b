using System.Runtime.InteropServices;
using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// The mean activations of the papers' VGG-19 (Simonyan and Zisserman, CC BY 4.0) over photographs, as we measured them
/// (<c>calibrate</c> in bench/): 3968 float32 numbers, little-endian, conv1_1 to conv5_1 one after the other.
/// </summary>
internal static class KnownActivations
{
    private const string Resource = "Pastiche.Models.vgg19-caffe.activations";

    /// <summary>The mean activations by convolution, as far as they were measured; empty for a network that nobody has measured.</summary>
    public static IReadOnlyDictionary<string, float[]> Of(NetworkWeights weights)
    {
        bool isKnown = InputDetection.FromFirstFilter(weights.Convolutions[0].Kernel) == InputConvention.Caffe
            && weights.Input == InputConvention.Caffe
            && weights.Convolutions.Select((layer, i) => layer.Outputs == Vgg19.ChannelsPerBlock[Vgg19.BlockOf(i)]).All(fits => fits);
        return isKnown ? Read(weights) : new Dictionary<string, float[]>();
    }

    private static Dictionary<string, float[]> Read(NetworkWeights weights)
    {
        using Stream stream = typeof(KnownActivations).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(bytes);
        var means = new Dictionary<string, float[]>();
        foreach (ConvolutionWeights layer in weights.Convolutions)
        {
            if (values.Length < layer.Outputs)
                break;
            means[layer.Name] = values[..layer.Outputs].ToArray();
            values = values[layer.Outputs..];
        }
        return means;
    }
}
