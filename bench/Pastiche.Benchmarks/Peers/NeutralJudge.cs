using Pastiche.Benchmarks.Paintings;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Peers;

/// <summary>
/// VGG-19's view at the common scale: the mean logarithm of the style loss over relu1_1 .. relu5_1, by Gram matrices and by Wasserstein
/// distances, and the content loss at relu4_2. Who is no worse in all three has painted at least as well by any weights.
/// </summary>
internal sealed class NeutralJudge(Picture content, Picture style, NetworkWeights weights, NetworkCompute compute) : IPeerJudge
{
    private static readonly GatysOptions Options = GatysOptions.Gram with { ContentWeight = 1, StyleWeight = 1, TotalVariationWeight = 0 };

    private readonly ObjectiveJudge _gram = new(Options, weights, compute);
    private readonly ObjectiveJudge _wasserstein = new(Options with { StyleLoss = StyleLossKind.Wasserstein }, weights, compute);

    public IReadOnlyList<string> Names { get; } = ["log Gram", "log Wasserstein", "content"];

    public double[] Judge(Picture picture)
    {
        IReadOnlyDictionary<string, double> gram = _gram.Judge(content, style, [picture]).Single();
        IReadOnlyDictionary<string, double> wasserstein = _wasserstein.Judge(content, style, [picture]).Single();
        return [LogStyle(gram), LogStyle(wasserstein), ObjectiveJudge.Of("content", gram).Sum()];
    }

    public void Dispose()
    {
        _gram.Dispose();
        _wasserstein.Dispose();
    }

    private static double LogStyle(IReadOnlyDictionary<string, double> terms) => ObjectiveJudge.Of("style", terms).Average(Math.Log);
}
