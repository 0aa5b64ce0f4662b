using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Regions;
using Pastiche.Transforms;

namespace Pastiche.Benchmarks.Regions;

/// <summary>
/// Judges regions by VGG-19 at the common scale, with mirrored borders: the style loss between a region and a painting is the mean
/// squared difference of the entries of their guided Gram matrices, at each of relu1_1 .. relu5_1.
/// </summary>
internal sealed class RegionJudge : IDisposable
{
    private static readonly Tap[] Taps = [.. Enumerable.Range(1, 5).Select(Vgg19.FirstTapOf)];

    private readonly NetworkCompute _compute;
    private readonly FeatureNetwork _network;
    private readonly StatisticsPass _statistics;

    public RegionJudge(int threads)
    {
        _compute = new NetworkCompute(threads);
        NetworkWeights weights = BenchmarkModels.AtCommonScale(ModelSource.Vgg19.Name, _compute) with { Padding = PaddingKind.Reflection };
        _network = new FeatureNetwork(weights, Taps, PoolingKind.Max, _compute);
        _statistics = new StatisticsPass(_compute.Pool, _compute.Products);
    }

    /// <summary>The Gram matrices of a part of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="mask">The part; <c>null</c>: all of it.</param>
    public IReadOnlyList<double[]> Read(Picture picture, Picture? mask)
    {
        Picture part = mask is null ? picture : Mask.Of(mask).Cut(picture);
        _network.Forward(part.Planes, part.Height, part.Width);
        return [.. Taps.Select(tap => _statistics.Compute(_network[tap], FeatureWeights.Of(part, tap.Poolings)).SecondMoment())];
    }

    /// <summary>The style loss between two at each layer.</summary>
    public static double[] Losses(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b) =>
        [.. a.Zip(b, (left, right) => left.Zip(right, (x, y) => (x - y) * (x - y)).Average())];

    public void Dispose()
    {
        _statistics.Dispose();
        _network.Dispose();
        _compute.Dispose();
    }
}
