using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

public sealed class DecoderNetworkTests
{
    public static TheoryData<int, int> Cases()
    {
        var data = new TheoryData<int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            for (int level = 1; level <= 5; level++)
                data.Add(lanes, level);
        }
        return data;
    }

    [Fact]
    public void Convolutions_are_named_after_those_that_they_undo()
    {
        Assert.Equal(["conv1_1"], DecoderWeights.Names(1));
        Assert.Equal(["conv3_1", "conv2_2", "conv2_1", "conv1_2", "conv1_1"], DecoderWeights.Names(3));
        Assert.Equal(["conv3_1", "conv2_1"], DecoderWeights.Names(3).Where(DecoderWeights.IsEnlarged));
        Assert.Equal("relu3_1", new DecoderWeights(3, []).From.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Planes_equal_the_scalar_reference(int lanes, int level)
    {
        DecoderWeights weights = SmallDecoder.Random(level);
        using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
        using var network = new DecoderNetwork(weights, compute);
        int smallest = 1 << (level - 1);
        bool hasNegative = false;
        // One network for all sizes; the second has odd sizes at every level.
        foreach ((int height, int width) in new[] { (smallest, smallest), (63, 31), (38, 53), (2 * smallest, 3 * smallest) })
        {
            using FeatureMap features = Features(level, height, width);
            float[] before = features.ToPlanes();

            float[] planes = network.Forward(features, height, width);

            float[] expected = SmallDecoder.Decode(weights, before, height, width);
            hasNegative |= expected.Any(value => value < 0);
            Assert.InRange(ScalarReference.RelativeError(expected, planes), 0, 1e-5);
            Assert.Equal(before, features.ToPlanes());
            AssertOutsideIsZero(features);
        }
        Assert.True(hasNegative, "a last convolution with a ReLU would not have been noticed");
    }

    [Fact]
    public void Result_does_not_depend_on_the_number_of_threads()
    {
        DecoderWeights weights = SmallDecoder.Random(4, [16, 32, 40, 64, 64]);
        using FeatureMap features = Features(4, 150, 211, 64);
        float[] expected = Decode(1);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(expected, Decode(threads));

        float[] Decode(int threads)
        {
            using var compute = new NetworkCompute(threads);
            using var network = new DecoderNetwork(weights, compute);
            return network.Forward(features, 150, 211);
        }
    }

    [Fact]
    public void Features_of_another_picture_are_refused()
    {
        using var compute = new NetworkCompute(threads: 1);
        using var network = new DecoderNetwork(SmallDecoder.Random(3), compute);
        using FeatureMap features = Features(3, 20, 24);
        Assert.Equal(3 * 23 * 27, network.Forward(features, 23, 27).Length);
        var exception = Assert.Throws<ArgumentException>(() => network.Forward(features, 24, 24));
        Assert.Contains("features of relu3_1 are [17, 5, 6], but a picture of 24x24 has (17, 6, 6)", exception.Message);
        Assert.Throws<ArgumentException>(() => network.Forward(features, 20, 28));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward(features, 20, 24, new float[5]));
    }

    private static FeatureMap Features(int level, int height, int width, int? channels = null)
    {
        channels ??= SmallDecoder.Random(level).Convolutions[0].Inputs;
        (int h, int w) = SmallDecoder.SizesOf(level, height, width)[^1];
        var map = new FeatureMap(channels.Value, h, w);
        map.CopyFromPlanes(ScalarReference.Rectify(ScalarReference.RandomValues(channels.Value * h * w, height)));
        return map;
    }

    private static unsafe void AssertOutsideIsZero(FeatureMap map)
    {
        double all = 0;
        for (nint i = 0; i < map.Blocks * map.BlockStride; i++)
            all += map.Start[i];
        double inside = map.ToPlanes().Sum(value => (double)value);
        Assert.Equal(inside, all, inside * 1e-9);
    }
}
