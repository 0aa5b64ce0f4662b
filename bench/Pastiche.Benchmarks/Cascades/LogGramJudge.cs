using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Losses;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Cascades;

/// <summary>VGG-19's view of a picture.</summary>
/// <param name="LogStyle">
/// The mean over relu1_1 .. relu5_1 of the natural logarithm of the style loss: the mean squared difference of the entries of the
/// Gram matrices (sums over pixels, divided by their number).
/// </param>
/// <param name="Content">The mean squared difference of the features at relu4_2.</param>
internal readonly record struct LogGramLosses(double LogStyle, double Content);

/// <summary>
/// Judges pictures by VGG-19 at the common scale, with mirrored borders. The logarithm, which the paper of universal style transfer
/// compares methods by, gives each layer the same say.
/// </summary>
internal sealed class LogGramJudge : IDisposable
{
    private static readonly Tap[] StyleTaps = [.. Enumerable.Range(1, 5).Select(Vgg19.FirstTapOf)];
    private static readonly Tap ContentTap = Tap.Parse("relu4_2");

    private readonly NetworkCompute _compute;
    private readonly FeatureNetwork _network;
    private readonly FeatureMap _content = new();

    public LogGramJudge(int threads)
    {
        _compute = new NetworkCompute(threads);
        NetworkWeights weights = BenchmarkModels.AtCommonScale(ModelSource.Vgg19.Name, _compute) with { Padding = PaddingKind.Reflection };
        _network = new FeatureNetwork(weights, [.. StyleTaps, ContentTap], PoolingKind.Max, _compute);
    }

    /// <summary>Judges pictures made of one pair.</summary>
    /// <param name="content">The photograph at the pictures' size.</param>
    /// <param name="style">The painting at the size at which its style was read.</param>
    /// <param name="pictures">The pictures.</param>
    public IReadOnlyList<LogGramLosses> Judge(Picture content, Picture style, IEnumerable<Picture> pictures)
    {
        Forward(style);
        ITapLoss[] styleLosses = [.. StyleTaps.Select(StyleLossOf)];
        Forward(content);
        _content.CopyFrom(_network[ContentTap]);
        var contentLoss = new ContentLoss(ContentTap, 1, _content, _compute.Products);
        var losses = new List<LogGramLosses>();
        foreach (Picture picture in pictures)
        {
            Forward(picture);
            losses.Add(new LogGramLosses(
                styleLosses.Average(loss => Math.Log(loss.Evaluate(_network[loss.Tap]))), contentLoss.Evaluate(_network[ContentTap])));
        }
        return losses;
    }

    public void Dispose()
    {
        _network.Dispose();
        _content.Dispose();
        _compute.Dispose();
    }

    private void Forward(Picture picture) => _network.Forward(picture.Planes, picture.Height, picture.Width);

    // The style loss towards the picture of the last pass.
    private ITapLoss StyleLossOf(Tap tap)
    {
        FeatureMap features = _network[tap];
        var gram = new float[features.Channels * features.Channels];
        GramMatrix.Compute(features, GramNormalization.Pixels, _compute.Products, gram);
        return new StyleLoss(tap, 1, new GramDistance(gram, GramNormalization.Pixels), _compute.Products);
    }
}
