using System.Diagnostics;
using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Networks;
using Pastiche.Transforms;

namespace Pastiche.Tests.Transforms;

public sealed class TransformTests : IDisposable
{
    private const int Channels = 20, Height = 30, Width = 33, Pixels = Height * Width;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly StatisticsPass _pass;
    private readonly float[] _content = Features(1, 0.3f), _style = Features(2, 1.5f);

    public TransformTests() => _pass = new StatisticsPass(_compute.Pool, _compute.Products);

    public static TheoryData<TransformKind> Kinds => [.. Enum.GetValues<TransformKind>()];

    public void Dispose()
    {
        _pass.Dispose();
        _compute.Dispose();
    }

    [Fact]
    public void Whitening_and_colouring_equals_the_reference()
    {
        IReadOnlyDictionary<string, float[]> reference = SharedVgg.Reference("wct_relu3_1.safetensors");
        float[] content = reference["content"], style = reference["style"], expected = reference["result_alpha_0.6"];
        FeatureStatistics from = Read(content, 256, 24, 24), to = Read(style, 256, 24, 24);

        float[] actual = Apply(WhiteningColouring.Fit(from, to).WithStrength(0.6), content, 256, 24, 24);

        double error = ScalarReference.RelativeError(expected, actual);
        double[] values = [.. from.Eigen.Values.Order()];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"RMS relative error {error:e2}; content's eigenvalues {string.Join(' ', values[..4].Select(v => v.ToString("e2")))} .. {values[^1]:e2}, "
            + $"style's {string.Join(' ', to.Eigen.Values.Order().Take(4).Select(v => v.ToString("e2")))} .. {to.Eigen.Largest:e2}; "
            + $"floors {Spectrum.FloorOf(from, from.Eigen.Largest):e2} {Spectrum.FloorOf(to, to.Eigen.Largest):e2}");
        Assert.InRange(error, 0, 1e-3);
    }

    [Theory]
    [InlineData(TransformKind.WhiteningColouring)]
    [InlineData(TransformKind.OptimalTransport)]
    public void Covariance_and_mean_become_the_styles(TransformKind kind)
    {
        FeatureStatistics style = Read(_style);

        FeatureStatistics result = Read(Apply(kind.Fit(Read(_content), style), _content));

        RandomMatrices.AssertClose(style.Covariance, result.Covariance, 1e-3);
        RandomMatrices.AssertClose(style.Mean, result.Mean, 1e-4);
    }

    [Fact]
    public void Instance_normalisation_gives_each_channel_the_styles_mean_and_deviation()
    {
        FeatureStatistics content = Read(_content), style = Read(_style);

        FeatureStatistics result = Read(Apply(AdaIN.Fit(content, style), _content));

        RandomMatrices.AssertClose(style.Mean, result.Mean, 1e-4);
        for (int i = 0; i < Channels; i++)
        {
            int diagonal = i * (Channels + 1);
            Assert.Equal(1, result.Covariance[diagonal] / style.Covariance[diagonal], 1e-3);
            for (int j = 0; j < i; j++)
                Assert.Equal(Correlation(content, i, j), Correlation(result, i, j), 1e-3);
        }
    }

    [Fact]
    public void Optimal_transport_is_symmetric_positive_and_moves_less_than_whitening()
    {
        FeatureStatistics content = Read(_content), style = Read(_style);

        AffineTransform transport = OptimalTransport.Fit(content, style);

        double[] transposed = [.. Enumerable.Range(0, Channels * Channels).Select(i => transport.Matrix[i % Channels * Channels + i / Channels])];
        RandomMatrices.AssertClose(transport.Matrix, transposed, 1e-10);
        Assert.All(new SymmetricEigen(transport.Matrix, Channels).Values, value => Assert.True(value > 0));
        Assert.True(Cost(transport) < Cost(WhiteningColouring.Fit(content, style)));

        double Cost(AffineTransform transform) => Apply(transform, _content).Zip(_content, (a, b) => Math.Pow((double)a - b, 2)).Sum();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Content_that_is_its_own_style_comes_back(TransformKind kind)
    {
        FeatureStatistics content = Read(_content);
        Assert.InRange(ScalarReference.RelativeError(_content, Apply(kind.Fit(content, content), _content)), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Strength_0_is_the_identity_and_in_between_is_a_blend(TransformKind kind)
    {
        AffineTransform transform = kind.Fit(Read(_content), Read(_style));
        float[] full = Apply(transform, _content);

        Assert.Equal(_content, Apply(transform.WithStrength(0), _content));
        Assert.Equal(full, Apply(transform.WithStrength(1), _content));
        float[] blend = [.. full.Zip(_content, (f, c) => 0.25f * f + 0.75f * c)];
        Assert.InRange(ScalarReference.RelativeError(blend, Apply(transform.WithStrength(0.25), _content)), 0, 1e-5);
    }

    [Fact]
    public void Mixed_transforms_blend_what_each_gives()
    {
        FeatureStatistics content = Read(_content);
        AffineTransform a = WhiteningColouring.Fit(content, Read(_style)), b = WhiteningColouring.Fit(content, Read(Features(3, 0.7f)));
        float[] blend = [.. Apply(a, _content).Zip(Apply(b, _content), (x, y) => 0.75f * x + 0.25f * y)];

        Assert.InRange(ScalarReference.RelativeError(blend, Apply(AffineTransform.Mix([a, b], [3, 1]), _content)), 0, 1e-5);
        Assert.Equal(Apply(a, _content), Apply(AffineTransform.Mix([a, b], [2, 0]), _content));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Degenerate_features_give_finite_results_of_the_styles_size(TransformKind kind)
    {
        var shapes = new (string Name, float[] Values)[]
        {
            ("zero", new float[Channels * Pixels]),
            ("constant", [.. Enumerable.Range(0, Channels * Pixels).Select(i => 0.1f + i / Pixels * 0.37f)]),
            ("almost constant", [.. Features(4, 1e-7f).Select((value, i) => value + 0.1f + i / Pixels * 0.37f)]),
            ("one channel varies", [.. _content.Select((value, i) => i / Pixels == 3 ? value : 1)]),
            ("all channels the same", [.. Enumerable.Range(0, Channels * Pixels).Select(i => _content[i % Pixels])]),
            ("tiny", [.. _content.Select(value => value * 1e-20f)]),
            ("ordinary", _content),
        };
        foreach ((string name, float[] content) in shapes)
        {
            foreach ((string styleName, float[] style) in shapes)
            {
                float[] result = Apply(kind.Fit(Read(content), Read(style)), content);
                float limit = 20 * style.Max(MathF.Abs) + 1e-6f;
                Assert.True(result.All(value => MathF.Abs(value) <= limit), $"{name} in the style of {styleName}: {result.Max(MathF.Abs)} beyond {limit}");
            }
        }
        FeatureStatistics pixel = Read(_content[..Channels], Channels, 1, 1), nothing = new(new double[Channels], new double[Channels * Channels], 0, 0);
        foreach (FeatureStatistics single in new[] { pixel, nothing })
        {
            Assert.All(kind.Fit(single, Read(_style)).Matrix, value => Assert.Equal(0, value));
            Assert.All(Apply(kind.Fit(Read(_content), single), _content), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Whitening_a_constant_gives_the_styles_mean()
    {
        float[] constant = [.. Enumerable.Range(0, Channels * Pixels).Select(i => 0.1f + i / Pixels * 0.37f)];
        FeatureStatistics style = Read(_style);
        float[] result = Apply(WhiteningColouring.Fit(Read(constant), style), constant);
        Assert.All(Enumerable.Range(0, result.Length), i => Assert.Equal(style.Mean[i / Pixels], result[i], 1e-4));
    }

    [Fact]
    public void Applying_does_not_depend_on_the_number_of_threads()
    {
        AffineTransform transform = WhiteningColouring.Fit(Read(_content), Read(_style));
        float[] expected = Apply(transform, _content);
        for (int threads = 1; threads <= 4; threads++)
        {
            using var pool = new WorkerPool(threads);
            Assert.Equal(expected, Apply(transform, _content, Channels, Height, Width, pool));
        }
    }

    [Fact]
    public void Fitting_is_a_matter_of_milliseconds()
    {
        const int Size = 128;
        double[] mean = new double[Size];
        double best = double.PositiveInfinity, whole = double.PositiveInfinity;
        for (int round = 0; round < 5; round++)
        {
            var content = new FeatureStatistics(mean, RandomMatrices.Covariance(Size, 200, round), 200, 200);
            var style = new FeatureStatistics(mean, RandomMatrices.Covariance(Size, 200, round + 10), 200, 200);
            long start = Stopwatch.GetTimestamp();
            _ = content.Eigen;
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            WhiteningColouring.Fit(content, style);
            whole = Math.Min(whole, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"128 channels: eigen {best:f2} ms, whole fit {whole:f2} ms");
        Assert.True(whole < 1000, $"{whole} ms");       // slow machines, busy machines
    }

    private FeatureStatistics Read(float[] values, int channels = Channels, int height = Height, int width = Width)
    {
        using var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);
        return _pass.Compute(map);
    }

    private float[] Apply(
        AffineTransform transform, float[] values, int channels = Channels, int height = Height, int width = Width, WorkerPool? pool = null)
    {
        using var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);
        using IPointwiseConvolution convolution = _compute.Path.PointwiseConvolution();
        transform.Apply(map, map, convolution, pool ?? _compute.Pool);
        return map.ToPlanes();
    }

    private static double Correlation(FeatureStatistics statistics, int i, int j) =>
        statistics.Covariance[i * Channels + j]
        / Math.Sqrt(statistics.Covariance[i * (Channels + 1)] * statistics.Covariance[j * (Channels + 1)]);

    // Correlated channels, rectified as features are.
    private static float[] Features(int seed, float scale)
    {
        float[] noise = ScalarReference.RandomValues(Channels * Pixels, seed);
        double[] mix = RandomMatrices.Symmetric(Channels, seed + 100);
        var features = new float[Channels * Pixels];
        for (int i = 0; i < features.Length; i++)
        {
            (int channel, int pixel) = Math.DivRem(i, Pixels);
            double sum = Enumerable.Range(0, Channels).Sum(k => mix[channel * Channels + k] * noise[k * Pixels + pixel]);
            features[i] = scale * (float)Math.Max(0, sum + 0.3);
        }
        return features;
    }
}
