using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Transforms;

namespace Pastiche.Tests.Transforms;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(16, 1, 1, 2)]
    [InlineData(8, 18, 9, 11)]
    [InlineData(4, 40, 37, 5)]
    [InlineData(8, 33, 2, 70)]
    public void Mean_and_covariance_are_those_of_plain_arithmetic(int lanes, int channels, int height, int width)
    {
        float[] values = Values(channels, height, width, 1), weights = [.. ScalarReference.RandomValues(height * width, 5).Select(MathF.Abs)];

        RandomMatrices.AssertClose(Plain(values, channels, null).Covariance, Compute(values, channels, height, width, null, lanes).Covariance, 1e-5);
        RandomMatrices.AssertClose(Plain(values, channels, null).Mean, Compute(values, channels, height, width, null, lanes).Mean, 1e-6);
        RandomMatrices.AssertClose(Plain(values, channels, weights).Covariance, Compute(values, channels, height, width, weights, lanes).Covariance, 1e-5);
        RandomMatrices.AssertClose(Plain(values, channels, weights).Mean, Compute(values, channels, height, width, weights, lanes).Mean, 1e-6);
    }

    [Fact]
    public void Large_means_cost_no_digits()
    {
        float[] values = [.. Values(20, 50, 60, 1).Select(value => 100 + 0.01f * value)];

        // The values themselves are rounded to 1e-5; plain arithmetic sees them so, too.
        RandomMatrices.AssertClose(Plain(values, 20, null).Covariance, Compute(values, 20, 50, 60).Covariance, 1e-4);
    }

    [Fact]
    public void Pixels_of_weight_0_are_left_out()
    {
        const int Channels = 7, Height = 12, Width = 10;
        float[] values = Values(Channels, Height, Width, 1), weights = new float[Height * Width];
        weights.AsSpan(3 * Width, 6 * Width).Fill(1);
        float[] rows = [.. Enumerable.Range(0, Channels).SelectMany(c => values.AsSpan((c * Height + 3) * Width, 6 * Width).ToArray())];
        float[] wild = [.. values.Select((value, i) => weights[i % weights.Length] == 0 ? 1e6f : value)];

        FeatureStatistics expected = Plain(rows, Channels, null), actual = Compute(wild, Channels, Height, Width, weights);

        RandomMatrices.AssertClose(expected.Mean, actual.Mean, 1e-6);
        RandomMatrices.AssertClose(expected.Covariance, actual.Covariance, 1e-5);
        Assert.Equal(60, actual.Weight);
        Assert.Equal(0, Compute(values, Channels, Height, Width, new float[Height * Width]).Weight);
    }

    [Fact]
    public void A_window_is_as_a_map_of_its_own()
    {
        const int Channels = 18, Height = 12, Width = 10;
        float[] values = Values(Channels, Height, Width, 1), weights = [.. ScalarReference.RandomValues(4 * 7, 5).Select(MathF.Abs)];
        float[] own = [.. from channel in Enumerable.Range(0, Channels) from y in Enumerable.Range(5, 4) from x in Enumerable.Range(2, 7)
            select values[(channel * Height + y) * Width + x]];
        using var compute = new NetworkCompute(2);
        using var pass = new StatisticsPass(compute.Pool, compute.Products);
        using var map = new FeatureMap(Channels, Height, Width);
        map.CopyFromPlanes(values);
        foreach (float[]? shares in new[] { null, weights })
        {
            FeatureStatistics expected = Compute(own, Channels, 4, 7, shares), actual = pass.Compute(map, new FeatureWindow(5, 2, 4, 7), shares);
            Assert.Equal(expected.Mean, actual.Mean);
            Assert.Equal(expected.Covariance, actual.Covariance);
            Assert.Equal(expected.Weight, actual.Weight);
        }
    }

    [Fact]
    public void Strips_merge_to_the_whole()
    {
        const int Channels = 7, Height = 12, Width = 10;
        float[] values = Values(Channels, Height, Width, 1), weights = [.. ScalarReference.RandomValues(Height * Width, 5).Select(MathF.Abs)];
        FeatureStatistics merged = new(new double[Channels], new double[Channels * Channels], 0, 0);
        foreach ((int start, int end) in new[] { (0, 1), (1, 4), (4, 12) })
        {
            float[] rows = [.. Enumerable.Range(0, Channels).SelectMany(c => values.AsSpan((c * Height + start) * Width, (end - start) * Width).ToArray())];
            merged = FeatureStatistics.Merge(merged, Compute(rows, Channels, end - start, Width, weights[(start * Width)..(end * Width)]));
        }
        FeatureStatistics whole = Compute(values, Channels, Height, Width, weights);
        RandomMatrices.AssertClose(whole.Mean, merged.Mean, 1e-6);
        RandomMatrices.AssertClose(whole.Covariance, merged.Covariance, 1e-5);
        Assert.Equal(whole.Weight, merged.Weight, 1e-9);
    }

    [Fact]
    public void Mixture_has_the_weighted_moments_of_its_parts()
    {
        const int Channels = 6, Pixels = 2000;
        float[] a = Values(Channels, 1, Pixels, 1), b = [.. Values(Channels, 1, Pixels, 2).Select(value => 2 * value + 1)];
        // Three times as many pixels of b as of a.
        float[] all = [.. Enumerable.Range(0, Channels).SelectMany(c => (float[])[.. Row(a, c), .. Row(b, c), .. Row(b, c), .. Row(b, c)])];

        FeatureStatistics mixed = FeatureStatistics.Mix([Plain(a, Channels, null), Plain(b, Channels, null)], [0.5, 1.5]);

        FeatureStatistics expected = Plain(all, Channels, null);
        RandomMatrices.AssertClose(expected.Mean, mixed.Mean, 1e-9);
        RandomMatrices.AssertClose(expected.Covariance, mixed.Covariance, 1e-3); // numbers less one
        RandomMatrices.AssertClose(Plain(a, Channels, null).Covariance, FeatureStatistics.Mix([Plain(a, Channels, null), Plain(b, Channels, null)], [3, 0]).Covariance, 1e-12);

        static float[] Row(float[] values, int channel) => values[(channel * Pixels)..((channel + 1) * Pixels)];
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        const int Channels = 40, Height = 70, Width = 65;
        float[] values = Values(Channels, Height, Width, 1), weights = [.. ScalarReference.RandomValues(Height * Width, 5).Select(MathF.Abs)];
        FeatureStatistics expected = Compute(values, Channels, Height, Width, weights, threads: 1);
        for (int threads = 2; threads <= 4; threads++)
        {
            FeatureStatistics actual = Compute(values, Channels, Height, Width, weights, threads: threads);
            Assert.Equal(expected.Mean, actual.Mean);
            Assert.Equal(expected.Covariance, actual.Covariance);
        }
    }

    private static float[] Values(int channels, int height, int width, int seed) =>
        [.. ScalarReference.RandomValues(channels * height * width, seed).Select((value, i) => value + i / (height * width) % 3)];

    private static FeatureStatistics Compute(
        float[] values, int channels, int height, int width, float[]? weights = null, int lanes = 8, int threads = 2)
    {
        using var compute = new NetworkCompute(threads, Vectors.Width(lanes));
        using var pass = new StatisticsPass(compute.Pool, compute.Products);
        using var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);
        return pass.Compute(map, weights);
    }

    private static FeatureStatistics Plain(float[] values, int channels, float[]? weights)
    {
        int pixels = values.Length / channels;
        double[] w = [.. Enumerable.Range(0, pixels).Select(p => (double)(weights?[p] ?? 1))];
        double weight = w.Sum(), squared = w.Sum(value => value * value);
        double[] mean = [.. Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, pixels).Sum(p => w[p] * values[c * pixels + p]) / weight)];
        double[] covariance =
            [.. from i in Enumerable.Range(0, channels)
                from j in Enumerable.Range(0, channels)
                select Enumerable.Range(0, pixels).Sum(p => w[p] * (values[i * pixels + p] - mean[i]) * (values[j * pixels + p] - mean[j]))
                    / (weight - squared / weight)];
        return new FeatureStatistics(mean, covariance, weight, squared);
    }
}
