using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks;

/// <summary>The models that quality is measured on.</summary>
internal static class BenchmarkModels
{
    /// <summary>The model inside the package.</summary>
    public const string Compact = "compact";

    /// <summary>A model whose channels' mean activations over photographs are 1.</summary>
    public static NetworkWeights AtCommonScale(string nameOrPath, NetworkCompute compute)
    {
        NetworkWeights weights = ModelStore.Default.Load(nameOrPath).Weights;
        return CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
    }
}
