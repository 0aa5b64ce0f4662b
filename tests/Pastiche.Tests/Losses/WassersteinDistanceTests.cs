using Pastiche.Compute;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Regions;
using Pastiche.Transforms;

namespace Pastiche.Tests.Losses;

public sealed class WassersteinDistanceTests : IDisposable
{
    private const int Channels = 18, Height = 9, Width = 11, Pixels = Height * Width;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly FeatureMap _scratch = new();
    private readonly List<WassersteinDistance> _distances = [];

    public void Dispose()
    {
        _distances.ForEach(distance => distance.Dispose());
        _scratch.Dispose();
        _compute.Dispose();
    }

    /// <summary>Features of the picture and of the painting, of one shape.</summary>
    public static TheoryData<string> Features => ["ordinary", "few directions", "few directions in the painting", "flat", "flat painting", "nothing seen of the painting"];

    [Theory]
    [MemberData(nameof(Features))]
    public void Value_is_that_of_the_formula_in_double_precision(string kind)
    {
        (float[] features, float[] target) = Of(kind);
        WassersteinDistance distance = Distance(target);
        double expected = 3.0 / Channels * Reference(Moments(features), Moments(target), distance.Noise);
        using FeatureMap map = Map(features);

        double value = Loss(distance).Evaluate(map);

        Assert.Equal(expected, value, expected * 2e-5);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Gradient_agrees_with_differences(string kind)
    {
        (float[] features, float[] target) = Of(kind);
        // The distance bends sharply where a direction's deviation is of the noise's size.
        CheckGradient(Loss(Distance(target)), features, kind == "ordinary" ? 1e-2 : 1e-3, kind == "ordinary" ? 1e-3 : 5e-3);
    }

    [Theory]
    [InlineData("conv2_1")]
    [InlineData("relu2_1")]
    public void Gradient_within_a_region_agrees_with_differences(string tap)
    {
        (float[] features, float[] target) = Of("ordinary");
        float[] shares = MaskPictures.Disc(Width, Height);
        var loss = new GuidedStyleLoss(Tap.Parse(tap), "region 'sky'", 3, Distance(target), shares, Width, _compute, _scratch);
        // Where a share is zero, the picture does not count.
        float[] gradient = CheckGradient(loss, [.. features.Select(value => Math.Abs(value) + 0.1f)], 1e-2, 5e-3);
        Assert.All(Enumerable.Range(0, gradient.Length), i => Assert.Equal(shares[i % Pixels] == 0, gradient[i] == 0));
    }

    [Fact]
    public void Shares_of_1_make_it_the_plain_loss()
    {
        (float[] features, float[] target) = Of("ordinary");
        using FeatureMap map = Map(features), plainGradient = Map(new float[features.Length]), gradient = Map(new float[features.Length]);
        ITapLoss plain = Loss(Distance(target));
        var guided = new GuidedStyleLoss(
            Tap.Parse("conv2_1"), "the rest", 3, Distance(target), [.. Enumerable.Repeat(1f, Pixels)], Width, _compute, _scratch);

        double value = plain.Evaluate(map);

        Assert.Equal(value, guided.Evaluate(map), value * 1e-5);
        plain.AddGradient(map, plainGradient);
        guided.AddGradient(map, gradient);
        Assert.InRange(ScalarReference.RelativeError(plainGradient.ToPlanes(), gradient.ToPlanes()), 0, 1e-5);
    }

    [Fact]
    public void A_whole_step_against_the_gradient_lands_on_the_paintings_moments()
    {
        (float[] features, float[] target) = Of("ordinary");
        using FeatureMap map = Map(features), gradient = Map(new float[features.Length]);
        ITapLoss loss = Loss(Distance(target));
        double before = loss.Evaluate(map);
        loss.AddGradient(map, gradient);
        // The gradient is 2 w / (c N) times the way to go.
        const double Step = Channels * Pixels / (2.0 * 3);
        map.CopyFromPlanes([.. features.Zip(gradient.ToPlanes(), (f, g) => (float)(f - Step * g))]);

        Assert.InRange(loss.Evaluate(map), 0, before * 1e-4);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void It_vanishes_at_its_own_target(string kind)
    {
        (float[] features, float[] target) = Of(kind);
        using FeatureMap map = Map(target), other = Map(features), gradient = Map(new float[target.Length]), otherGradient = Map(new float[target.Length]);
        ITapLoss loss = Loss(Distance(target));
        double apart = loss.Evaluate(other);
        loss.AddGradient(other, otherGradient);

        Assert.InRange(loss.Evaluate(map), 0, apart * 1e-5);
        loss.AddGradient(map, gradient);
        Assert.InRange(gradient.ToPlanes().Max(Math.Abs), 0, otherGradient.ToPlanes().Max(Math.Abs) * 1e-2);
    }

    [Fact]
    public void Under_a_metric_it_is_the_distance_of_the_features_that_the_teacher_would_predict()
    {
        const int Teachers = 23;
        (float[] features, float[] target) = Of("ordinary");
        float[] teach = ScalarReference.RandomValues(Teachers * Channels, 5);
        var metric = new FeatureMetric([.. from i in Enumerable.Range(0, Channels)
                                           from j in Enumerable.Range(0, Channels)
                                           select (float)(Enumerable.Range(0, Teachers).Sum(t => (double)teach[t * Channels + i] * teach[t * Channels + j]) * Channels / Teachers)]);
        WassersteinDistance distance = Distance(target, metric);
        using FeatureMap map = Map(features);

        double value = Loss(distance).Evaluate(map);

        // The teacher's noise is that of the directions which it sees.
        float[] predicted = Predict(features), predictedTarget = Predict(target);
        double expected = 3.0 / Teachers
            * Reference(Moments(predicted), Moments(predictedTarget), distance.Noise * Teachers / Channels);
        Assert.Equal(expected, value, expected * 1e-3);
        CheckGradient(Loss(distance), features, 1e-2, 1e-3);

        float[] Predict(float[] values) => [.. from t in Enumerable.Range(0, Teachers)
                                               from p in Enumerable.Range(0, Pixels)
                                               select (float)Enumerable.Range(0, Channels).Sum(c => (double)teach[t * Channels + c] * values[c * Pixels + p])];
    }

    [Fact]
    public void Moments_of_a_mixture_are_those_of_all_pixels_together()
    {
        (float[] a, float[] b) = Of("ordinary");
        FeatureMoments mix = FeatureMoments.Mix([Moments(a), Moments(b)], [1, 3]);
        // Three times the second picture, one beside the other.
        float[] together = [.. Enumerable.Range(0, Channels).SelectMany(c => new[] { a, b, b, b }.SelectMany(values => values.Skip(c * Pixels).Take(Pixels)))];
        using var map = new FeatureMap(Channels, 4 * Height, Width);
        map.CopyFromPlanes(together);
        FeatureMoments expected = FeatureMoments.Of(map, GramNormalization.Pixels, _compute.Products);

        Assert.InRange(ScalarReference.RelativeError(expected.Gram, mix.Gram), 0, 1e-5);
        Assert.All(expected.Mean.Zip(mix.Mean), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    private static (float[] Features, float[] Target) Of(string kind)
    {
        float[] features = Spread(1), target = [.. Spread(2).Select((value, i) => value * (1 + i / Pixels % 3) + i / Pixels * 0.1f)];
        return kind switch
        {
            "few directions" => (Flattened(features), target),
            "few directions in the painting" => (features, Flattened(target)),
            "flat" => ([.. features.Select((value, i) => 0.2f * (i / Pixels) + 0.01f * value)], target),
            "nothing seen of the painting" => (features, new float[target.Length]),
            "flat painting" => (features, [.. target.Select((_, i) => 0.2f * (i / Pixels))]),
            _ => (features, target),
        };

        // Correlated channels.
        static float[] Spread(int seed)
        {
            float[] noise = ScalarReference.RandomValues(Channels * Pixels, seed);
            return [.. noise.Select((value, i) => value + 0.6f * noise[(i + Pixels * seed) % noise.Length])];
        }

        // All channels are mixtures of five.
        static float[] Flattened(float[] values) =>
            [.. values.Select((_, i) => values[i / Pixels % 5 * Pixels + i % Pixels] + 0.5f * values[(i / Pixels + 2) % 5 * Pixels + i % Pixels])];
    }

    private WassersteinDistance Distance(float[] target, FeatureMetric? metric = null)
    {
        _distances.Add(new WassersteinDistance(Moments(target), metric, _compute));
        return _distances[^1];
    }

    private StyleLoss Loss(WassersteinDistance distance) => new(Tap.Parse("conv2_1"), 3, distance, _compute.Products);

    private static FeatureMap Map(float[] values)
    {
        var map = new FeatureMap(Channels, Height, Width);
        map.CopyFromPlanes(values);
        return map;
    }

    private static FeatureMoments Moments(float[] features)
    {
        int channels = features.Length / Pixels;
        return new FeatureMoments(
            [.. from i in Enumerable.Range(0, channels)
                from j in Enumerable.Range(0, channels)
                select (float)(Enumerable.Range(0, Pixels).Sum(p => (double)features[i * Pixels + p] * features[j * Pixels + p]) / Pixels)],
            [.. Enumerable.Range(0, channels).Select(i => Enumerable.Range(0, Pixels).Sum(p => (double)features[i * Pixels + p]) / Pixels)]);
    }

    // |m - m_t|^2 + tr(C + C_t - 2 (C_t^(1/2) C C_t^(1/2))^(1/2)) for C + e I and C_t + e I.
    private static double Reference(FeatureMoments features, FeatureMoments target, double noise)
    {
        int size = features.Mean.Length;
        double[] covariance = Covariance(features), wanted = Covariance(target);
        double[] root = new SymmetricEigen(wanted, size).Function(value => Math.Sqrt(Math.Max(value, 0)));
        var middle = new SymmetricEigen(Product(root, Product(covariance, root)), size);
        double means = features.Mean.Zip(target.Mean, (m, t) => (m - t) * (m - t)).Sum();
        return means + Trace(covariance) + Trace(wanted) - 2 * middle.Values.Sum(value => Math.Sqrt(Math.Max(value, 0)));

        double[] Covariance(FeatureMoments moments) =>
            [.. moments.Gram.Select((value, i) => value - moments.Mean[i / size] * moments.Mean[i % size] + (i % (size + 1) == 0 ? noise : 0))];

        double[] Product(double[] left, double[] right) =>
            [.. from i in Enumerable.Range(0, size)
                from j in Enumerable.Range(0, size)
                select Enumerable.Range(0, size).Sum(k => left[i * size + k] * right[k * size + j])];

        double Trace(double[] matrix) => Enumerable.Range(0, size).Sum(i => matrix[i * (size + 1)]);
    }

    private float[] CheckGradient(ITapLoss loss, float[] features, double step, double tolerance)
    {
        using FeatureMap map = Map(features), gradient = Map(new float[features.Length]);
        loss.Evaluate(map);
        loss.AddGradient(map, gradient);
        FiniteDifferences.Check(
            values =>
            {
                map.CopyFromPlanes(values);
                return loss.Evaluate(map);
            },
            features, gradient.ToPlanes(), step, tolerance);
        return gradient.ToPlanes();
    }
}
