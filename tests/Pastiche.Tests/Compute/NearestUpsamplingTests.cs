using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class NearestUpsamplingTests
{
    public static TheoryData<int, int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach ((int channels, int height, int columns) in new[]
                { (16, 2, 2), (1, 3, 3), (5, 2, 7), (17, 13, 2), (33, 12, 15), (40, 31, 22) })
                data.Add(lanes, channels, height, columns);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pixels_are_repeated(int lanes, int channels, int height, int width)
    {
        float[] values = ScalarReference.RandomValues(channels * (height / 2) * (width / 2), 1);
        using var pool = new WorkerPool(3);
        using FeatureMap source = Map(values, channels, height / 2, width / 2), target = new(40, 33, 70);
        FillWithOnes(target);

        Vectors.Path(lanes).NearestUpsampling(pool).Forward(source, target, height, width);

        Assert.Equal((channels, height, width), (target.Channels, target.Height, target.Width));
        Assert.Equal(ScalarReference.Enlarge(values, channels, height, width), target.ToPlanes());
        AssertOutsideIsZero(target);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradient_is_the_sum_over_the_copies(int lanes, int channels, int height, int width)
    {
        int h = height / 2, w = width / 2;
        float[] gradient = ScalarReference.RandomValues(channels * height * width, 1);
        // Forward is linear and copies, so that the number of each copy's original says where its gradient goes.
        float[] numbers = ScalarReference.Enlarge([.. Enumerable.Range(0, channels * h * w).Select(i => (float)i)], channels, height, width);
        var expected = new float[channels * h * w];
        for (int i = 0; i < gradient.Length; i++)
            expected[(int)numbers[i]] += gradient[i];
        using var pool = new WorkerPool(2);
        using FeatureMap large = Map(gradient, channels, height, width), small = new(40, 33, 70);
        FillWithOnes(small);
        INearestUpsampling upsampling = Vectors.Path(lanes).NearestUpsampling(pool);

        upsampling.Backward(large, small);

        Assert.Equal((channels, h, w), (small.Channels, small.Height, small.Width));
        Assert.InRange(ScalarReference.RelativeError(expected, small.ToPlanes()), 0, 1e-6);
        AssertOutsideIsZero(small);

        using ActivationBits bits = RandomBits(channels, h, w, expected);
        upsampling.Backward(large, small, bits);
        Assert.InRange(ScalarReference.RelativeError(expected, small.ToPlanes()), 0, 1e-6);
    }

    [Theory]
    [InlineData(7, 6)]
    [InlineData(10, 6)]
    [InlineData(9, 5)]
    public void Another_size_than_twice_is_refused(int height, int width)
    {
        using var pool = new WorkerPool(1);
        using FeatureMap source = new(3, 4, 3), target = new();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Vectors.Path(4).NearestUpsampling(pool).Forward(source, target, height, width));
    }

    private static FeatureMap Map(float[] values, int channels, int height, int width)
    {
        var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);
        return map;
    }

    private static unsafe ActivationBits RandomBits(int channels, int height, int width, float[] masked)
    {
        var random = new Random(5);
        var bits = new ActivationBits();
        bits.Reshape(channels, height, width);
        for (int i = 0; i < masked.Length; i++)
        {
            int channel = i / (height * width), y = i / width % height, x = i % width;
            ushort* bit = bits.Pixel(channel / 16, y, x);
            int mask = 1 << channel % 16;
            bool passes = random.Next(2) == 0;
            *bit = (ushort)(passes ? *bit | mask : *bit & ~mask);
            if (!passes)
                masked[i] = 0;
        }
        return bits;
    }

    private static unsafe void FillWithOnes(FeatureMap map) =>
        new Span<float>(map.Start, (int)(map.Blocks * map.BlockStride)).Fill(1);

    private static unsafe void AssertOutsideIsZero(FeatureMap map)
    {
        double inside = 0, all = 0;
        for (int block = 0; block < map.Blocks; block++)
        {
            for (int y = 0; y < map.Height; y++)
            {
                for (int i = 0; i < map.Width * 16; i++)
                    inside += Math.Abs((double)map.Pixel(block, y, 0)[i]);
            }
        }
        for (nint i = 0; i < map.Blocks * map.BlockStride; i++)
            all += Math.Abs((double)map.Start[i]);
        Assert.Equal(inside, all, inside * 1e-9);
    }
}
