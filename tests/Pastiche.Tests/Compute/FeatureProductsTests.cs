using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class FeatureProductsTests
{
    public static TheoryData<int, int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach ((int channels, int height, int columns) in new[] { (1, 1, 1), (16, 3, 5), (17, 9, 50), (40, 31, 29), (64, 6, 101) })
                data.Add(lanes, channels, height, columns);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gram_sums_products_over_pixels(int lanes, int channels, int height, int width)
    {
        float[] features = ScalarReference.RandomValues(channels * height * width, 1);
        using var map = Map(features, channels, height, width);
        var gram = new float[channels * channels];
        using var pool = new WorkerPool(3);
        using IFeatureProducts products = Vectors.Path(lanes).Products(pool);

        products.Gram(map, gram);

        Assert.InRange(ScalarReference.RelativeError(Gram(features, channels), gram), 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_and_differences_are_added_where_asked(int lanes, int channels, int height, int width)
    {
        int pixels = height * width;
        float[] features = ScalarReference.RandomValues(channels * pixels, 1), reference = ScalarReference.RandomValues(channels * pixels, 2);
        float[] start = ScalarReference.RandomValues(channels * pixels, 3);
        float[] matrix = Gram(ScalarReference.RandomValues(channels * 3, 4), channels);
        using var pool = new WorkerPool(2);
        using IFeatureProducts products = Vectors.Path(lanes).Products(pool);
        using FeatureMap map = Map(features, channels, height, width), other = Map(reference, channels, height, width);
        foreach (bool onlyPositive in new[] { false, true })
        {
            using FeatureMap product = Map(start, channels, height, width), difference = Map(start, channels, height, width);
            float[] expectedProduct = [.. start], expectedDifference = [.. start];
            for (int i = 0; i < features.Length; i++)
            {
                if (onlyPositive && features[i] <= 0)
                    continue;
                double sum = 0;
                for (int j = 0; j < channels; j++)
                    sum += (double)matrix[i / pixels * channels + j] * features[j * pixels + i % pixels];
                expectedProduct[i] += (float)sum;
                expectedDifference[i] += 0.7f * (features[i] - reference[i]);
            }

            products.AddProduct(matrix, map, product, onlyPositive);
            products.AddDifference(0.7f, map, other, difference, onlyPositive);

            Assert.InRange(ScalarReference.RelativeError(expectedProduct, product.ToPlanes()), 0, 1e-6);
            Assert.InRange(ScalarReference.RelativeError(expectedDifference, difference.ToPlanes()), 0, 1e-6);
        }
        double distance = features.Zip(reference, (a, b) => Math.Pow((double)a - b, 2)).Sum();
        Assert.Equal(distance, products.SquaredDistance(map, other), distance * 1e-6);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Channels_are_summed_and_offsets_added(int lanes, int channels, int height, int width)
    {
        int pixels = height * width;
        float[] features = ScalarReference.RandomValues(channels * pixels, 1), shares = ScalarReference.RandomValues(pixels, 2);
        double[] offset = [.. ScalarReference.RandomValues(channels, 3).Select(value => (double)value)], sums = new double[channels];
        using var pool = new WorkerPool(3);
        using IFeatureProducts products = Vectors.Path(lanes).Products(pool);
        using FeatureMap map = Map(features, channels, height, width), plain = Map(new float[features.Length], channels, height, width);
        using FeatureMap shared = Map(new float[features.Length], channels, height, width);
        float[] nothing = new float[channels * channels];

        products.Sum(map, sums);
        products.AddProduct(nothing, map, plain, onlyPositive: true, offset: offset);
        products.AddProduct(nothing, map, shared, onlyPositive: false, offset: offset, shares: shares);

        for (int channel = 0; channel < channels; channel++)
            Assert.Equal(Enumerable.Range(0, pixels).Sum(p => (double)features[channel * pixels + p]), sums[channel], 1e-5 * pixels);
        Assert.Equal(features.Select((value, i) => value > 0 ? (float)offset[i / pixels] : 0), plain.ToPlanes());
        Assert.InRange(ScalarReference.RelativeError([.. features.Select((_, i) => (float)offset[i / pixels] * shares[i % pixels])], shared.ToPlanes()), 0, 1e-6);
    }

    [Theory]
    [InlineData(57, 83)]
    [InlineData(9, 14)]
    public void Sums_do_not_depend_on_the_number_of_threads(int height, int width)
    {
        const int Channels = 48;
        using FeatureMap map = Map(ScalarReference.RandomValues(Channels * height * width, 1), Channels, height, width);
        float[][] grams = [.. Enumerable.Range(1, 8).Select(threads =>
        {
            using var pool = new WorkerPool(threads);
            using IFeatureProducts products = ComputePath.For(ComputePath.Best).Products(pool);
            var gram = new float[Channels * Channels];
            products.Gram(map, gram);
            return gram;
        })];
        Assert.All(grams, gram => Assert.Equal(grams[0], gram));
    }

    private static FeatureMap Map(float[] values, int channels, int height, int width)
    {
        var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);
        return map;
    }

    private static float[] Gram(float[] features, int channels)
    {
        int pixels = features.Length / channels;
        var gram = new float[channels * channels];
        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < channels; j++)
            {
                double sum = 0;
                for (int pixel = 0; pixel < pixels; pixel++)
                    sum += (double)features[i * pixels + pixel] * features[j * pixels + pixel];
                gram[i * channels + j] = (float)sum;
            }
        }
        return gram;
    }
}
