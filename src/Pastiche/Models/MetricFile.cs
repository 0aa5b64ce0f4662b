using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>The metrics in a weights file: <c>relu3_1.metric</c>, <c>[channels, channels]</c>, for every tap that has one.</summary>
internal static class MetricFile
{
    /// <summary>Reads the metrics; a file may have none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoder">The convolutions whose features they compare.</param>
    /// <exception cref="InvalidInputException">A metric does not fit its layer, is not finite or not symmetric.</exception>
    public static IReadOnlyDictionary<Tap, float[]> Read(TensorFile file, IReadOnlyList<ConvolutionWeights> encoder)
    {
        var metrics = new Dictionary<Tap, float[]>();
        foreach (Tap tap in Tap.All.Where(tap => tap.Convolution < encoder.Count && file.Tensors.ContainsKey(Name(tap))))
        {
            int channels = encoder[tap.Convolution].Outputs;
            float[] metric = ConvolutionTensors.ReadMatrix(file, Name(tap), channels, channels);
            for (int i = 0; i < metric.Length; i++)
            {
                if (metric[i] != metric[i % channels * channels + i / channels])
                    throw new InvalidInputException($"{file.Path}: {Name(tap)} is not symmetric");
            }
            metrics.Add(tap, metric);
        }
        return metrics;
    }

    /// <summary>The tensors of metrics, to be written.</summary>
    public static IEnumerable<NamedTensor> Tensors(NetworkWeights weights) => weights.Metrics.Select(pair =>
    {
        int channels = weights.Convolutions[pair.Key.Convolution].Outputs;
        return new NamedTensor(Name(pair.Key), [channels, channels], pair.Value, ElementType.Float32);
    });

    private static string Name(Tap tap) => $"{tap}.metric";
}
