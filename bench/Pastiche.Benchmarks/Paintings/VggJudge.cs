using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Paintings;

/// <summary>VGG-19's losses of a picture, unweighted, each summed over its layers.</summary>
/// <param name="Style">The mean squared difference of Gram matrices.</param>
/// <param name="Content">The mean squared difference of features.</param>
internal readonly record struct JudgedLosses(double Style, double Content);

/// <summary>
/// Judges pictures by the losses of preset <c>gatys</c> on VGG-19 at the common scale, whatever network they were painted with.
/// </summary>
internal sealed class VggJudge : IDisposable
{
    private static readonly GatysOptions Options = GatysOptions.Gram with { ContentWeight = 1, StyleWeight = 1, TotalVariationWeight = 0 };

    private readonly NetworkCompute _compute;
    private readonly ObjectiveJudge _judge;

    public VggJudge(int threads)
    {
        _compute = new NetworkCompute(threads);
        _judge = new ObjectiveJudge(Options, BenchmarkModels.AtCommonScale(ModelSource.Vgg19.Name, _compute), _compute);
    }

    /// <summary>Judges pictures made of one pair.</summary>
    /// <inheritdoc cref="ObjectiveJudge.Judge" path="/param"/>
    public IReadOnlyList<JudgedLosses> Judge(Picture content, Picture style, IEnumerable<Picture> pictures) =>
    [
        .. _judge.Judge(content, style, pictures)
            .Select(terms => new JudgedLosses(ObjectiveJudge.Of("style", terms).Sum(), ObjectiveJudge.Of("content", terms).Sum())),
    ];

    public void Dispose()
    {
        _judge.Dispose();
        _compute.Dispose();
    }
}
