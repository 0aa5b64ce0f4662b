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
    private static readonly GatysOptions Options = GatysOptions.Gatys with { ContentWeight = 1, StyleWeight = 1, TotalVariationWeight = 0 };

    private readonly NetworkCompute _compute;
    private readonly GatysEngine _engine;

    public VggJudge(int threads)
    {
        _compute = new NetworkCompute(threads);
        _engine = new GatysEngine(Options, BenchmarkModels.AtCommonScale(ModelSource.Vgg19.Name, _compute), _compute);
    }

    /// <summary>Judges pictures made of one pair.</summary>
    /// <param name="content">The photograph at the pictures' size.</param>
    /// <param name="style">The painting at the size at which its style was read.</param>
    /// <param name="pictures">The pictures.</param>
    public IReadOnlyList<JudgedLosses> Judge(Picture content, Picture style, IEnumerable<Picture> pictures)
    {
        // As in painting, the network sees a mirrored margin and no frame of zeros.
        var canvas = new Canvas(content.Height, content.Width, Options.Margin);
        GatysObjective objective = _engine.CreateObjective(canvas.Enlarge(content), [new WeightedGrams(_engine.Read(style), 1)]);
        var gradient = new float[3 * canvas.Height * canvas.Width];
        var losses = new List<JudgedLosses>();
        foreach (Picture picture in pictures)
        {
            objective.Evaluate(canvas.Enlarge(picture.Planes), gradient);
            losses.Add(new JudgedLosses(Sum("style"), Sum("content")));
        }
        return losses;

        double Sum(string kind) =>
            objective.Terms.Where(term => term.Key.StartsWith(kind, StringComparison.Ordinal)).Sum(term => term.Value);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _compute.Dispose();
    }
}
