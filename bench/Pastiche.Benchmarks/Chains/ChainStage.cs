using Pastiche.Networks;

namespace Pastiche.Benchmarks.Chains;

/// <summary>One convolution with its ReLU, and whether a 2x2 pooling comes before it.</summary>
internal sealed record ChainStage(ConvolutionWeights Convolution, bool PoolsBefore)
{
    /// <summary>The stages from the image to <paramref name="lastTap"/>, such as <c>relu4_1</c>.</summary>
    /// <exception cref="InvalidInputException">The network has no such tap.</exception>
    public static IReadOnlyList<ChainStage> UpTo(NetworkWeights network, string lastTap)
    {
        IReadOnlyList<ConvolutionWeights> all = network.Convolutions;
        var stages = new List<ChainStage>();
        for (int i = 0; i < all.Count; i++)
        {
            stages.Add(new ChainStage(all[i], i > 0 && Block(all[i]) != Block(all[i - 1])));
            if (ReluOf(all[i]) == lastTap)
                return stages;
        }
        throw new InvalidInputException($"tap is '{lastTap}'; allowed: {string.Join(", ", all.Select(ReluOf))}");
    }

    private static string ReluOf(ConvolutionWeights convolution) => convolution.Name.Replace("conv", "relu", StringComparison.Ordinal);

    // "conv3_4" is the fourth convolution of block 3; blocks are separated by pooling.
    private static string Block(ConvolutionWeights convolution) => convolution.Name.Split('_')[0];
}
