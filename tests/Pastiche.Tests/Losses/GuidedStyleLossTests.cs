using Pastiche.Compute;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests.Losses;

public sealed class GuidedStyleLossTests : IDisposable
{
    private const int Channels = 18, Height = 9, Width = 11, Pixels = Height * Width;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly FeatureMap _scratch = new(), _map = new(Channels, Height, Width), _gradient = new(Channels, Height, Width);
    private readonly float[] _features = ScalarReference.RandomValues(Channels * Pixels, 1);
    private readonly float[] _target = Symmetric(ScalarReference.RandomValues(Channels * Channels, 2));

    // Soft, with rows in which nothing belongs.
    private readonly float[] _shares = [.. MaskPictures.Disc(Width, Height).Select((share, i) => i / Width is 0 or Height - 1 ? 0 : share)];

    public void Dispose()
    {
        _compute.Dispose();
        _scratch.Dispose();
        _map.Dispose();
        _gradient.Dispose();
    }

    [Theory]
    [InlineData(GramNormalization.Pixels)]
    [InlineData(GramNormalization.Elements)]
    internal void Shares_of_1_make_it_the_plain_style_loss(GramNormalization normalization)
    {
        _map.CopyFromPlanes(_features);
        var plain = new StyleLoss(Tap.Parse("conv2_1"), 3, new GramDistance(_target, normalization), _compute.Products);
        GuidedStyleLoss guided = Loss([.. Enumerable.Repeat(1f, Pixels)], normalization);

        double expected = plain.Evaluate(_map), actual = guided.Evaluate(_map);

        Assert.Equal(expected, actual, expected * 1e-6);
        Assert.InRange(ScalarReference.RelativeError(Gradient(plain), Gradient(guided)), 0, 1e-6);
        Assert.Equal("style conv2_1 in region 'sky'", guided.Name);
    }

    [Fact]
    public void Value_is_that_of_the_formula()
    {
        double sum = _shares.Sum(share => (double)share);
        double expected = Enumerable.Range(0, Channels * Channels).Sum(ij =>
        {
            double gram = Enumerable.Range(0, Pixels).Sum(p => (double)_shares[p] * _features[ij / Channels * Pixels + p] * _features[ij % Channels * Pixels + p]) / sum;
            return Math.Pow(gram - _target[ij], 2);
        }) * 3 * sum / Pixels / (Channels * Channels);
        _map.CopyFromPlanes(_features);
        Assert.Equal(expected, Loss(_shares).Evaluate(_map), expected * 1e-5);
    }

    [Theory]
    [InlineData("conv2_1", false)]
    [InlineData("relu2_1", false)]
    [InlineData("conv2_1", true)]
    public void Gradient_agrees_with_differences(string tap, bool hasMetric)
    {
        float[] positive = [.. _features.Select(value => Math.Abs(value) + 0.1f)];
        float[] matrix = Symmetric([.. ScalarReference.RandomValues(Channels * Channels, 5).Select((value, i) => value + (i % (Channels + 1) == 0 ? 5 : 0))]);
        GuidedStyleLoss loss = Loss(_shares, metric: hasMetric ? new FeatureMetric(matrix) : null, tap: tap);
        _map.CopyFromPlanes(positive);
        loss.Evaluate(_map);
        float[] gradient = Gradient(loss);

        FiniteDifferences.Check(values =>
        {
            _map.CopyFromPlanes(values);
            return loss.Evaluate(_map);
        }, positive, gradient, 2e-3, 5e-3);
        Assert.All(Enumerable.Range(0, gradient.Length), i => Assert.Equal(_shares[i % Pixels] == 0, gradient[i] == 0));
    }

    [Fact]
    public void Half_the_shares_pull_half_as_hard()
    {
        _map.CopyFromPlanes(_features);
        GuidedStyleLoss whole = Loss(_shares), half = Loss([.. _shares.Select(share => share / 2)]);
        double value = whole.Evaluate(_map);
        Assert.Equal(value / 2, half.Evaluate(_map), value * 1e-6);
        Assert.InRange(ScalarReference.RelativeError([.. Gradient(whole).Select(slope => slope / 2)], Gradient(half)), 0, 1e-5);
    }

    private GuidedStyleLoss Loss(
        float[] shares, GramNormalization normalization = GramNormalization.Pixels, FeatureMetric? metric = null, string tap = "conv2_1") =>
        new(Tap.Parse(tap), "region 'sky'", 3, new GramDistance(_target, normalization, metric), shares, Width, _compute, _scratch);

    private float[] Gradient(ITapLoss loss)
    {
        _gradient.Clear();
        loss.AddGradient(_map, _gradient);
        return _gradient.ToPlanes();
    }

    private static float[] Symmetric(float[] matrix)
    {
        var size = (int)Math.Sqrt(matrix.Length);
        return [.. matrix.Select((value, i) => (value + matrix[i % size * size + i / size]) / 2)];
    }
}
