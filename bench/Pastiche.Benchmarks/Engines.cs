using Pastiche.Benchmarks.Chains;
using Pastiche.Networks;

namespace Pastiche.Benchmarks;

/// <summary>The two engines that are compared, on the same weights.</summary>
internal static class Engines
{
    public const string Pastiche = "pastiche";
    public const string OnnxRuntime = "onnxruntime";

    public static IReadOnlyList<string> Names { get; } = [Pastiche, OnnxRuntime];

    /// <summary>The factory of the engine of that name.</summary>
    public static ChainFactory Factory(string engine, NetworkWeights network, int threads) => engine switch
    {
        Pastiche => (size, tap, pooling) => new PasticheChain(network, size, tap, pooling, threads),
        OnnxRuntime => (size, tap, pooling) => new OnnxRuntimeChain(network, size, tap, pooling, threads),
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "no such engine"),
    };
}
