using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>Convolutions that follow one another, forward and backward, above a layer that is not theirs.</summary>
internal sealed class LayerChain : IDisposable
{
    private readonly List<ConvolutionLayer> _layers = [];

    /// <summary>Builds the layers.</summary>
    /// <param name="weights">The convolutions.</param>
    /// <param name="convolutions">Those that are built, by number.</param>
    /// <param name="pooling">The pooling between blocks.</param>
    /// <param name="isPooled">Whether the last convolution is pooled, too.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="forwardOnly">Leaves out what only a backward pass needs.</param>
    /// <param name="canTile">Whether the padding may become circular.</param>
    public LayerChain(
        NetworkWeights weights, Range convolutions, PoolingKind pooling, bool isPooled, NetworkCompute compute, bool forwardOnly = false,
        bool canTile = false)
    {
        int end = convolutions.End.Value;
        for (int i = convolutions.Start.Value; i < end; i++)
        {
            PoolingKind? pooled = Vgg19.IsPooled(i) && (isPooled || i < end - 1) ? pooling : null;
            _layers.Add(new ConvolutionLayer(weights.Convolutions[i], pooled, weights.Padding, compute, forwardOnly, canTile) { Convolutions = i..(i + 1) });
        }
    }

    public IReadOnlyList<ConvolutionLayer> Layers => _layers;

    /// <summary>Computes the layers.</summary>
    /// <param name="input">What the layer below gives.</param>
    /// <param name="maps">The maps to work in; the input may be one of them.</param>
    /// <param name="end">The convolution before which to stop.</param>
    /// <returns>The last layer's output, pooled if it pools: one of the maps or a kept one.</returns>
    public FeatureMap Forward(FeatureMap input, MapPair maps, int end = int.MaxValue)
    {
        foreach (ConvolutionLayer layer in _layers.TakeWhile(layer => layer.Convolutions.Start.Value < end))
            input = layer.Forward(input, maps.Other(input));
        return input;
    }

    /// <summary>Takes the gradient back to the layer below.</summary>
    /// <param name="source">Adds gradients at the taps of these layers and the one below.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="gradient">The gradient that the topmost layer takes, without that of its taps.</param>
    /// <param name="maps">The maps to work in; the gradient is one of them.</param>
    /// <returns>The gradient that the layer below takes.</returns>
    public FeatureMap Backward(ITapGradients source, Layer below, FeatureMap gradient, MapPair maps)
    {
        AddGradients(source, Top(below), gradient);
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            Layer next = i > 0 ? _layers[i - 1] : below;
            FeatureMap target = maps.Other(gradient);
            _layers[i].Backward(gradient, next, target);
            AddGradients(source, next, target);
            gradient = target;
        }
        return gradient;
    }

    /// <summary>The topmost layer; the one below if there is none.</summary>
    public Layer Top(Layer below) => _layers.Count > 0 ? _layers[^1] : below;

    public void Dispose()
    {
        foreach (ConvolutionLayer layer in _layers)
            layer.Dispose();
    }

    private static void AddGradients(ITapGradients source, Layer layer, FeatureMap gradient)
    {
        if (layer.Activation is not null)
            source.AddGradient(layer.OutputTap(isRectified: true), layer.Activation, gradient);
        if (layer.Raw is not null)
            source.AddGradient(layer.OutputTap(isRectified: false), layer.Raw, gradient);
    }
}
