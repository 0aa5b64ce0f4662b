using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Chains;

/// <summary>Our engine on the benchmark's chain.</summary>
internal sealed class PasticheChain : IChain, ITapGradients
{
    private readonly int _size;
    private readonly Tap _tap;
    private readonly TimedCompute _compute;
    private readonly FeatureNetwork _network;
    private readonly float[] _picture, _gradient;

    public PasticheChain(NetworkWeights network, int size, string lastTap, PoolingKind pooling, int threads)
    {
        (_size, _tap) = (size, Tap.Parse(lastTap));
        _compute = new TimedCompute(threads);
        _network = new FeatureNetwork(network, [_tap], pooling, _compute);
        _picture = BenchmarkNetwork.Picture(size);
        _gradient = new float[_picture.Length];
    }

    public string Name => Engines.Pastiche;

    public double? ConvolutionMilliseconds { get; private set; }

    public void Forward() => _network.Forward(_picture, _size, _size);

    public void ForwardBackward()
    {
        _compute.Milliseconds = 0;
        Forward();
        _network.Backward(this, _gradient);
        ConvolutionMilliseconds = _compute.Milliseconds;
    }

    public float[] Output() => _network[_tap].ToPlanes();

    public float[] InputGradient() => [.. _gradient];

    /// <summary>The gradient of half the sum of squares is the activation itself; it adds to a map of zeros.</summary>
    public void AddGradient(Tap tap, FeatureMap features, FeatureMap gradient) => gradient.CopyFrom(features);

    public void Dispose()
    {
        _network.Dispose();
        _compute.Dispose();
    }
}
