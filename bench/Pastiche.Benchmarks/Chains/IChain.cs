using Pastiche.Compute;

namespace Pastiche.Benchmarks.Chains;

/// <summary>
/// One engine's VGG-19 up to a tap, for one picture size, fed with <see cref="BenchmarkNetwork.Picture"/>. The loss is
/// <c>0.5 * ||last activation||^2</c>, whose gradient at the tap costs nothing.
/// </summary>
internal interface IChain : IDisposable
{
    /// <summary>The engine, as the tables call it.</summary>
    string Name { get; }

    /// <summary>Milliseconds that the convolutions alone took in the latest <see cref="ForwardBackward"/>; <c>null</c> when the engine does not tell.</summary>
    double? ConvolutionMilliseconds { get; }

    void Forward();

    void ForwardBackward();

    /// <summary>The activation at the tap <c>[channels, height, width]</c>, after <see cref="Forward"/>.</summary>
    float[] Output();

    /// <summary>The loss's gradient with respect to the picture <c>[3, size, size]</c>, after <see cref="ForwardBackward"/>.</summary>
    float[] InputGradient();
}

/// <summary>Makes one engine's chain.</summary>
/// <param name="size">Width and height of the picture, a multiple of 16.</param>
/// <param name="lastTap">The tap at which the chain ends, such as <c>relu4_1</c>.</param>
/// <param name="pooling">The pooling between the blocks.</param>
internal delegate IChain ChainFactory(int size, string lastTap, PoolingKind pooling);
