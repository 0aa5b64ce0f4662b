using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>
/// A layer of a chain. Forward it turns the map below into its own; backward it takes the gradient in the form that
/// <see cref="Receive"/> sets up, which for most layers is the gradient before their ReLU.
/// </summary>
internal abstract class Layer : IDisposable
{
    /// <summary>Convolutions that this layer stands for, by number; the last one's output is the layer's.</summary>
    public required Range Convolutions { get; init; }

    /// <summary>Keeps what the last convolution gives; <c>null</c> while nobody asks.</summary>
    public FeatureMap? Raw { get; set; }

    /// <summary>Keeps what comes after the last convolution's ReLU; <c>null</c> while nobody asks.</summary>
    public FeatureMap? Activation { get; set; }

    /// <summary>The tap before or after the last convolution's ReLU.</summary>
    public Tap OutputTap(bool isRectified) => new(Convolutions.End.Value - 1, isRectified);

    /// <summary>Computes the layer.</summary>
    /// <param name="input">The map below; a layer that reads the picture ignores it.</param>
    /// <param name="spare">A map that the layer may write to, other than the input.</param>
    /// <returns>The layer's output, pooled if it pools: the spare map or a kept one.</returns>
    public abstract FeatureMap Forward(FeatureMap input, FeatureMap spare);

    /// <summary>Gives a map the shape of the gradient that this layer takes.</summary>
    public abstract void ReshapeGradient(FeatureMap gradient);

    /// <summary>Sets up a sink that brings the gradient at this layer's output into the form that the layer takes.</summary>
    public abstract void Receive(GradientSink sink, FeatureMap gradient);

    public abstract void Dispose();
}

/// <summary>A layer that reads the picture.</summary>
internal abstract class ImageLayer : Layer
{
    /// <summary>Takes the gradient on to the picture.</summary>
    public abstract void Backward(FeatureMap gradient);

    /// <summary>The gradient with respect to one channel of the picture.</summary>
    /// <param name="channel">The network's input channel.</param>
    /// <param name="plane">Receives <c>[height, width]</c>.</param>
    /// <param name="scale">What each value is multiplied with.</param>
    public abstract void Gather(int channel, Span<float> plane, float scale);
}
