using Pastiche.Compute;

namespace Pastiche.Training;

/// <summary>The convolutions of <c>compact</c> with the weights of the present step.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    /// <summary>Makes the convolutions.</summary>
    /// <param name="layout">What there is.</param>
    /// <param name="parameters">All numbers; they stay the caller's, who changes them between steps.</param>
    /// <param name="pool">The threads to transform weights with.</param>
    public TrainedNetwork(CompactLayout layout, float[] parameters, WorkerPool pool)
    {
        (Layout, Parameters) = (layout, parameters);
        Encoder = [.. layout.Encoder.Select(slice => new TrainedConvolution(slice, parameters, pool))];
        Decoders = [.. layout.Decoders.Select(decoder => decoder.Select(slice => new TrainedConvolution(slice, parameters, pool)).ToArray())];
    }

    public CompactLayout Layout { get; }

    /// <summary>All numbers.</summary>
    public float[] Parameters { get; }

    public IReadOnlyList<TrainedConvolution> Encoder { get; }

    public IReadOnlyList<IReadOnlyList<TrainedConvolution>> Decoders { get; }

    /// <summary>Takes changed numbers over.</summary>
    /// <param name="changed">The convolutions whose numbers have changed.</param>
    public void Load(IEnumerable<ConvolutionSlice> changed)
    {
        HashSet<ConvolutionSlice> slices = [.. changed];
        foreach (TrainedConvolution convolution in Encoder.Concat(Decoders.SelectMany(decoder => decoder)))
        {
            if (slices.Contains(convolution.Slice))
                convolution.Load(Parameters);
        }
    }

    public void Dispose()
    {
        foreach (TrainedConvolution convolution in Encoder.Concat(Decoders.SelectMany(decoder => decoder)))
            convolution.Dispose();
    }
}
