using Pastiche.Benchmarks.Onnx;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Chains;

/// <summary>
/// The chain in ONNX Runtime: one session for each pass, made when it is first needed, so that measuring the memory of one
/// pass does not count the other.
/// </summary>
internal sealed class OnnxRuntimeChain : IChain
{
    private readonly Lazy<OnnxSession> _forward, _forwardBackward;

    public OnnxRuntimeChain(NetworkWeights network, int size, string lastTap, PoolingKind pooling, int threads, string name = "onnxruntime")
    {
        Name = name;
        IReadOnlyList<ChainStage> stages = ChainStage.UpTo(network, lastTap);
        float[] picture = BenchmarkNetwork.Picture(size);
        _forward = new(() => new OnnxSession(OnnxModel.Forward(stages, size, pooling), picture, threads));
        _forwardBackward = new(() => new OnnxSession(OnnxModel.ForwardBackward(stages, size, pooling), picture, threads));
    }

    public string Name { get; }

    /// <summary>Always <c>null</c>: only a session under the profiler tells, see <see cref="OnnxProfile"/>.</summary>
    public double? ConvolutionMilliseconds => null;

    public void Forward() => _forward.Value.Run();

    public void ForwardBackward() => _forwardBackward.Value.Run();

    public float[] Output() => _forward.Value.Output;

    public float[] InputGradient() => _forwardBackward.Value.Output;

    public void Dispose()
    {
        foreach (Lazy<OnnxSession> session in new[] { _forward, _forwardBackward })
        {
            if (session.IsValueCreated)
                session.Value.Dispose();
        }
    }
}
