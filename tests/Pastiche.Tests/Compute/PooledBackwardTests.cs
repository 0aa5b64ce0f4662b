using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class PooledBackwardTests
{
    public static TheoryData<int, bool, int, int, int, int> Cases()
    {
        var data = new TheoryData<int, bool, int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach ((int inputs, int outputs, int height, int width) in new[] { (16, 16, 2, 2), (20, 40, 3, 5), (7, 48, 27, 45), (33, 17, 50, 88) })
            {
                data.Add(lanes, false, inputs, outputs, height, width);
                data.Add(lanes, true, inputs, outputs, height, width);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public unsafe void Gradient_is_that_of_the_map_at_full_size(int lanes, bool isAverage, int inputs, int outputs, int height, int width)
    {
        PoolingKind pooling = isAverage ? PoolingKind.Average : PoolingKind.Max;
        ComputePath path = Vectors.Path(lanes);
        using var pool = new WorkerPool(2);
        using var scratch = new WinogradScratch();
        using var kernel = new PackedKernel(ScalarReference.RandomValues(inputs * outputs * 9, 1), outputs, inputs, [], transposed: true, pool);
        IConvolution convolution = path.Convolution(kernel, pool, scratch);
        using var pooled = new FeatureMap(outputs, height / 2, width / 2);
        pooled.CopyFromPlanes(ScalarReference.RandomValues(outputs * (height / 2) * (width / 2), 2));
        using var bits = new ActivationBits();
        bits.Reshape(outputs, height, width);
        var random = new Random(3);
        for (int i = 0; i < Units.BlocksOf(outputs) * height * width; i++)
            bits.Pixel(0, 0, 0)[i] = (ushort)random.Next(1 << 16);
        using var full = new FeatureMap(outputs, height, width);
        full.Clear();
        GradientSink spread = path.GradientSink(), sink = path.GradientSink();
        (spread.Target, spread.Bits, spread.Pooling) = (full, bits, pooling);
        spread.Take(pooled, 0, 0, height / 2, pool);
        using FeatureMap expected = new(inputs, height, width), actual = new(inputs, height, width);
        sink.Target = expected;
        convolution.Run(full, sink);

        using PooledBackward backward = path.PooledBackward(convolution, outputs, bits, pooling, pool.Count);
        sink.Target = actual;
        backward.Run(pooled, sink);

        Assert.Equal(expected.ToPlanes(), actual.ToPlanes());
        Assert.Contains(actual.ToPlanes(), value => value != 0);
    }
}
