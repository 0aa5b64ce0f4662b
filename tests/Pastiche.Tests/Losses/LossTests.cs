using Pastiche.Compute;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Losses;

public sealed class LossTests : IDisposable
{
    private const int Channels = 18, Height = 9, Width = 11;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly float[] _features = ScalarReference.RandomValues(Channels * Height * Width, 1);
    private readonly float[] _reference = ScalarReference.RandomValues(Channels * Height * Width, 2);

    public void Dispose() => _compute.Dispose();

    [Fact]
    public void Content_loss_is_the_weighted_mean_squared_difference()
    {
        using FeatureMap target = Map(_reference), features = Map(_features);
        var loss = new ContentLoss(Tap.Parse("conv3_3"), 2.5, target, _compute.Products);
        double expected = 2.5 * _features.Zip(_reference, (f, r) => Math.Pow((double)f - r, 2)).Average();
        Assert.Equal(expected, loss.Evaluate(features), expected * 1e-6);
        Assert.Equal("content conv3_3", loss.Name);
        CheckGradient(loss);
    }

    [Theory]
    [InlineData(GramNormalization.Pixels)]
    [InlineData(GramNormalization.Elements)]
    internal void Style_loss_is_the_weighted_mean_squared_difference_of_Gram_matrices(GramNormalization normalization)
    {
        double divisor = Height * Width * (normalization == GramNormalization.Elements ? Channels : 1);
        float[] target = Gram(_reference, divisor);
        using FeatureMap features = Map(_features);
        var loss = new StyleLoss(Tap.Parse("conv2_1"), 3, new GramDistance(target, normalization), _compute.Products);
        double expected = 3 * Gram(_features, divisor).Zip(target, (g, a) => Math.Pow((double)g - a, 2)).Average();
        Assert.Equal(expected, loss.Evaluate(features), expected * 1e-5);
        CheckGradient(loss);
    }

    [Fact]
    public void Under_a_metric_losses_are_those_of_the_features_that_the_teacher_would_predict()
    {
        // The teacher's features are a linear map of ours; its losses of them are ours under the map's metric.
        const int Teachers = 23, Pixels = Height * Width;
        float[] map = ScalarReference.RandomValues(Teachers * Channels, 5);
        var metric = new FeatureMetric([.. from i in Enumerable.Range(0, Channels)
                                           from j in Enumerable.Range(0, Channels)
                                           select (float)(Enumerable.Range(0, Teachers).Sum(t => (double)map[t * Channels + i] * map[t * Channels + j]) * Channels / Teachers)]);
        using FeatureMap target = Map(_reference), features = Map(_features);
        using var content = new MetricContentLoss(Tap.Parse("conv3_3"), 2.5, target, metric, _compute.Products);
        var style = new StyleLoss(Tap.Parse("conv2_1"), 3, new GramDistance(Gram(_reference, Pixels), GramNormalization.Pixels, metric), _compute.Products);

        float[] predicted = Predict(_features), predictedReference = Predict(_reference);
        double expectedContent = 2.5 * predicted.Zip(predictedReference, (f, r) => Math.Pow((double)f - r, 2)).Average();
        double expectedStyle = 3 * Gram(predicted, Pixels, Teachers).Zip(Gram(predictedReference, Pixels, Teachers), (g, a) => Math.Pow((double)g - a, 2)).Average();
        Assert.Equal(expectedContent, content.Evaluate(features), expectedContent * 1e-5);
        Assert.Equal(expectedStyle, style.Evaluate(features), expectedStyle * 1e-4);
        Assert.Equal("content conv3_3", content.Name);
        CheckGradient(content);
        // Of the fourth degree in the features, and steep.
        CheckGradient(style, step: 2e-3);

        float[] Predict(float[] values) => [.. from t in Enumerable.Range(0, Teachers)
                                               from p in Enumerable.Range(0, Pixels)
                                               select (float)Enumerable.Range(0, Channels).Sum(c => (double)map[t * Channels + c] * values[c * Pixels + p])];
    }

    [Fact]
    public void After_a_ReLU_gradients_pass_only_where_the_feature_is_positive()
    {
        using FeatureMap target = Map(_reference), features = Map(_features), gradient = Map(new float[_features.Length]);
        foreach (ITapLoss loss in new ITapLoss[]
        {
            new ContentLoss(Tap.Parse("relu3_3"), 1, target, _compute.Products),
            new MetricContentLoss(Tap.Parse("relu3_3"), 1, target, Identity, _compute.Products),
            new StyleLoss(Tap.Parse("relu2_1"), 1, new GramDistance(Gram(_reference, 1), GramNormalization.Pixels), _compute.Products),
        })
        {
            gradient.Clear();
            loss.Evaluate(features);
            loss.AddGradient(features, gradient);
            float[] values = gradient.ToPlanes();
            Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(_features[i] > 0, values[i] != 0));
        }
    }

    [Fact]
    public void Losses_are_zero_at_their_own_target()
    {
        using FeatureMap target = Map(_reference), same = Map(_reference);
        Assert.Equal(0, new ContentLoss(Tap.Parse("conv1_1"), 1, target, _compute.Products).Evaluate(same));
        var gram = new float[Channels * Channels];
        GramMatrix.Compute(target, GramNormalization.Pixels, _compute.Products, gram);
        Assert.Equal(0, new StyleLoss(Tap.Parse("conv1_1"), 1, new GramDistance(gram, GramNormalization.Pixels), _compute.Products).Evaluate(same));
    }

    [Fact]
    public void Mixed_Gram_matrices_are_the_weighted_mean()
    {
        float[] a = [1, 2, 3, 4], b = [5, 6, 7, 8];
        Assert.Equal([4, 5, 6, 7], GramMatrix.Mix([a, b], [1, 3]));
        Assert.Equal(a, GramMatrix.Mix([a, b], [2, 0]));
    }

    [Fact]
    public void Total_variation_measures_neighbours_only()
    {
        var loss = new TotalVariationLoss(1, _compute.Pool);
        float[] picture = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];      // [3, 2, 2]
        Assert.Equal(2.0 / 12, loss.Evaluate(picture, 2, 2, new float[12]), 1e-12);
        Assert.Equal(0, loss.Evaluate(Enumerable.Repeat(0.3f, 12).ToArray(), 2, 2, new float[12]));

        foreach (int width in new[] { 1, 5, 37 })      // narrower and wider than a vector
        {
            float[] planes = ScalarReference.RandomValues(3 * 7 * width, 3), gradient = new float[planes.Length];
            loss.Evaluate(planes, 7, width, gradient);
            FiniteDifferences.Check(x => loss.Evaluate(x, 7, width, new float[x.Length]), planes, gradient, 1e-3, 1e-4);
        }
    }

    [Fact]
    public void Total_variation_of_a_torus_sees_the_seam()
    {
        TotalVariationLoss plain = new(1, _compute.Pool), torus = new(1, _compute.Pool, isTiled: true);
        float[] step = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];      // [3, 2, 3]
        Assert.Equal(2.0 / 18, plain.Evaluate(step, 2, 3, new float[18]), 1e-12);
        Assert.Equal(4.0 / 18, torus.Evaluate(step, 2, 3, new float[18]), 1e-12);

        foreach (int width in new[] { 1, 5, 37 })
        {
            float[] planes = ScalarReference.RandomValues(3 * 7 * width, 3), gradient = new float[planes.Length];
            double value = torus.Evaluate(planes, 7, width, gradient);
            FiniteDifferences.Check(x => torus.Evaluate(x, 7, width, new float[x.Length]), planes, gradient, 1e-3, 1e-4);

            float[] rolledGradient = new float[planes.Length];
            Assert.Equal(value, torus.Evaluate(Torus.Roll(planes, 7, width, 3, 2), 7, width, rolledGradient), value * 1e-6);
            Assert.InRange(ScalarReference.RelativeError(Torus.Roll(gradient, 7, width, 3, 2), rolledGradient), 0, 1e-5);
        }
    }

    private static FeatureMetric Identity => new([.. Enumerable.Range(0, Channels * Channels).Select(i => i % (Channels + 1) == 0 ? 1f : 0)]);

    private static FeatureMap Map(float[] values)
    {
        var map = new FeatureMap(Channels, Height, Width);
        map.CopyFromPlanes(values);
        return map;
    }

    private static float[] Gram(float[] features, double divisor, int channels = Channels)
    {
        const int Pixels = Height * Width;
        return [.. from i in Enumerable.Range(0, channels)
                   from j in Enumerable.Range(0, channels)
                   select (float)(Enumerable.Range(0, Pixels).Sum(p => (double)features[i * Pixels + p] * features[j * Pixels + p]) / divisor)];
    }

    private void CheckGradient(ITapLoss loss, double step = 1e-2)
    {
        using FeatureMap features = Map(_features), gradient = Map(new float[_features.Length]);
        loss.Evaluate(features);
        loss.AddGradient(features, gradient);
        FiniteDifferences.Check(
            values =>
            {
                using FeatureMap map = Map(values);
                return loss.Evaluate(map);
            },
            _features, gradient.ToPlanes(), step, 1e-3);
    }
}
