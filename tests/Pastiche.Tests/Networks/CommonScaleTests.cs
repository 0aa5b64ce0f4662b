using CsCheck;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

public sealed class CommonScaleTests
{
    [Fact]
    public void Mean_activations_at_the_common_scale_are_one()
    {
        using var compute = new NetworkCompute(threads: 2);
        NetworkWeights weights = SmallVgg.Random();
        (float[], int, int)[] pictures = [(SmallVgg.Picture(40, 50), 40, 50), (SmallVgg.Picture(64, 32, seed: 2), 64, 32)];
        var means = CommonScale.Measure(weights, pictures, compute);

        var scaled = CommonScale.Measure(CommonScale.Apply(weights, means), pictures, compute);

        foreach ((string layer, float[] values) in scaled)
        {
            float floor = means[layer].Average() * 0.1f;
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(Math.Min(1, means[layer][i] / floor), values[i], 1e-3);
        }
    }

    [Fact]
    public void Differences_are_worth_the_same_at_the_common_scale()
    {
        NetworkWeights weights = SmallVgg.Random();
        Tap tap = Tap.Parse("relu2_1");
        int channels = weights.Convolutions[tap.Convolution].Outputs;
        weights = weights with { Metrics = new Dictionary<Tap, float[]> { [tap] = ScalarReference.RandomValues(channels * channels, 1) } };
        float[] scale = ScalarReference.RandomValues(channels, 2).Select(value => 1.5f + value).ToArray();
        var means = weights.Convolutions.ToDictionary(layer => layer.Name, layer => layer.Name == "conv2_1" ? scale : Enumerable.Repeat(2f, layer.Outputs).ToArray());

        float[] scaled = CommonScale.Apply(weights, means).Metrics[tap];

        float[] difference = ScalarReference.RandomValues(channels, 3);
        Assert.Equal(Worth(weights.Metrics[tap], difference), Worth(scaled, [.. difference.Zip(scale, (d, s) => d / s)]), 1e-5);

        double Worth(float[] metric, float[] d) => metric.Select((value, i) => (double)value * d[i / channels] * d[i % channels]).Sum();
    }

    [Fact]
    public void Drawn_pictures_excite_VGG19_about_as_much_as_photographs()
    {
        NetworkWeights weights = SharedVgg.Weights;
        IReadOnlyDictionary<string, float[]> photographs = KnownActivations.Of(weights);
        using var compute = new NetworkCompute(threads: 2);
        var drawn = CommonScale.Measure(weights, CalibrationPictures.Draw().Take(1), compute);
        foreach ((string layer, float[] means) in photographs)
            Assert.InRange(drawn[layer].Average() / means.Average(), 0.5, 2);
    }

    [Fact]
    public void Known_activations_belong_to_the_papers_network_only()
    {
        Assert.Empty(KnownActivations.Of(SmallVgg.Random()));
        NetworkWeights weights = SharedVgg.Weights;
        IReadOnlyDictionary<string, float[]> known = KnownActivations.Of(weights);
        Assert.All(weights.Convolutions, layer => Assert.Equal(layer.Outputs, known[layer.Name].Length));
        Assert.Empty(KnownActivations.Of(weights with { Input = InputConvention.Torchvision }));
        // Features scaled by them have means of about 1 on a photograph that was not among those measured.
        using var compute = new NetworkCompute(threads: 2);
        var picture = SharedVgg.Picture("kodim04_96.png");
        var means = CommonScale.Measure(CommonScale.Apply(weights, known), [(picture.Planes, picture.Height, picture.Width)], compute);
        foreach ((string layer, float[] values) in means)
            Assert.InRange(values.Average(), 0.3, 3);
    }

    [Fact]
    public void Layers_that_nobody_has_measured_are_measured_and_the_others_keep_their_scale()
    {
        NetworkWeights weights = SharedVgg.Weights;
        // VGG-19 goes on after conv5_1, where the shared file and the table end.
        ConvolutionWeights last = weights.Convolutions[^1];
        NetworkWeights longer = weights with { Convolutions = [.. weights.Convolutions, last with { Name = "conv5_2" }] };
        using var compute = new NetworkCompute(threads: 2);
        IReadOnlyDictionary<string, float[]> means = MeanActivations.Of(longer, compute), known = KnownActivations.Of(weights);
        Assert.Equal(known["conv5_1"], means["conv5_1"]);
        Assert.Equal(last.Outputs, means["conv5_2"].Length);
        Assert.True(means["conv5_2"].Average() > 0);
    }

    [Fact]
    public void Decoders_make_the_same_of_the_rescaled_features() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 1000], Gen.Int[1, 9].Array[5]).Sample(
            (depth, seed, channels) =>
            {
                NetworkWeights weights = SmallDecoders.Random(depth, seed, channels);
                var random = new Random(seed);
                NetworkWeights scaled = CommonScale.Apply(weights, weights.Convolutions.ToDictionary(
                    layer => layer.Name, layer => Enumerable.Range(0, layer.Outputs).Select(_ => (float)Math.Exp(8 * random.NextDouble() - 4)).ToArray()));

                ScalarNetwork before = new(weights, depth - 1, isAverage: false), after = new(scaled, depth - 1, isAverage: false);
                float[] picture = SmallVgg.Picture(32, 32, seed);
                before.Forward(picture, 32, 32);
                after.Forward(picture, 32, 32);
                foreach ((DecoderWeights one, DecoderWeights other) in weights.Decoders.Zip(scaled.Decoders))
                {
                    float[] expected = SmallDecoder.Decode(one, before.Features(one.From), 32, 32);
                    float[] actual = SmallDecoder.Decode(other, after.Features(one.From), 32, 32);
                    double size = Math.Max(expected.Max(Math.Abs), 1e-3);
                    Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * size));
                    Assert.Equal(one.Level, other.Level);
                }
                Assert.Equal((weights.Padding, weights.Decoders.Count), (scaled.Padding, scaled.Decoders.Count));
            },
            iter: 20);
}
