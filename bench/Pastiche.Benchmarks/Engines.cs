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
        // Until PasticheChain is merged its place is taken by a second ONNX Runtime chain, which says so in every table.
        Pastiche => (size, tap, pooling) => new OnnxRuntimeChain(network, size, tap, pooling, threads, "onnxruntime-2"),
        OnnxRuntime => (size, tap, pooling) => new OnnxRuntimeChain(network, size, tap, pooling, threads),
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "no such engine"),
    };
}
