using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class ReflectionPaddingTests
{
    [Theory]
    [InlineData(16, 3, 5)]
    [InlineData(5, 1, 1)]
    [InlineData(20, 1, 4)]
    [InlineData(33, 9, 2)]
    public void Border_takes_the_mirrored_pixels(int channels, int height, int width)
    {
        float[] values = ScalarReference.RandomValues(channels * height * width, 1);
        using var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);

        ReflectionPadding.Fill(map);

        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = -1; y <= height; y++)
            {
                for (int x = -1; x <= width; x++)
                {
                    int sy = height == 1 ? 0 : y < 0 ? 1 : y == height ? height - 2 : y, sx = width == 1 ? 0 : x < 0 ? 1 : x == width ? width - 2 : x;
                    Assert.Equal(values[(channel * height + sy) * width + sx], Value(map, channel, y, x));
                }
            }
        }
    }

    [Theory]
    [InlineData(16, 3, 5)]
    [InlineData(5, 1, 1)]
    [InlineData(20, 1, 4)]
    public void Border_of_a_torus_takes_the_pixels_of_the_opposite_border(int channels, int height, int width)
    {
        float[] values = ScalarReference.RandomValues(channels * height * width, 1);
        using var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(values);

        ReflectionPadding.Fill(map, PaddingKind.Circular);

        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = -1; y <= height; y++)
            {
                for (int x = -1; x <= width; x++)
                    Assert.Equal(values[(channel * height + (y + height) % height) * width + (x + width) % width], Value(map, channel, y, x));
            }
        }
    }

    [Theory]
    [InlineData(16, 3, 5)]
    [InlineData(5, 1, 1)]
    [InlineData(33, 9, 4)]
    public unsafe void Cleared_border_is_as_before(int channels, int height, int width)
    {
        using var map = new FeatureMap(channels, height, width);
        map.CopyFromPlanes(ScalarReference.RandomValues(channels * height * width, 1));
        var length = checked((int)(map.Blocks * map.BlockStride));
        float[] before = new ReadOnlySpan<float>(map.Start, length).ToArray();

        ReflectionPadding.Fill(map);
        Assert.NotEqual(before, new ReadOnlySpan<float>(map.Start, length).ToArray());
        ReflectionPadding.Clear(map);

        Assert.Equal(before, new ReadOnlySpan<float>(map.Start, length).ToArray());
    }

    [Theory]
    [InlineData(16, 16, 7, 10)]
    [InlineData(3, 20, 4, 1)]
    [InlineData(18, 5, 2, 13)]
    public void Folded_gradient_is_that_of_the_padded_convolution(int inputs, int outputs, int height, int width)
    {
        float[] point = ScalarReference.RandomValues(inputs * height * width, 1), upstream = ScalarReference.RandomValues(outputs * height * width, 2);
        float[] kernel = ScalarReference.RandomValues(inputs * outputs * 9, 3);
        using var pool = new WorkerPool(2);
        using var scratch = new WinogradScratch();
        var path = ComputePath.For(ComputePath.Best);
        using var forward = new PackedKernel(kernel, inputs, outputs, [], transposed: false, pool);
        using var backward = new PackedKernel(kernel, outputs, inputs, [], transposed: true, pool);
        GradientSink sink = path.GradientSink();

        float[] Convolve(float[] planes)
        {
            using FeatureMap map = new(inputs, height, width), result = new(outputs, height, width);
            map.CopyFromPlanes(planes);
            ReflectionPadding.Fill(map);
            sink.Target = result;
            path.Convolution(forward, pool, scratch).Run(map, sink);
            return result.ToPlanes();
        }

        using FeatureMap gradient = new(outputs, height, width), enlarged = new(), padded = new(inputs, height + 2, width + 2), folded = new();
        gradient.CopyFromPlanes(upstream);
        ReflectionPadding.Enlarge(gradient, enlarged);
        sink.Target = padded;
        path.Convolution(backward, pool, scratch).Run(enlarged, sink);
        ReflectionPadding.Fold(padded, folded);

        FiniteDifferences.Check(
            planes => Convolve(planes).Zip(upstream, (f, u) => (double)f * u).Sum(), point, folded.ToPlanes(), 1, 1e-5);
    }

    private static unsafe float Value(FeatureMap map, int channel, int y, int x) =>
        map.Pixel(channel / FeatureMap.BlockSize, y, x)[channel % FeatureMap.BlockSize];
}
