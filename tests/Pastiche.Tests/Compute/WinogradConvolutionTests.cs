using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class WinogradConvolutionTests
{
    public static TheoryData<int, int, int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach ((int inputs, int outputs, int height, int columns) in new[]
                { (16, 16, 1, 1), (1, 1, 3, 2), (3, 17, 5, 7), (16, 33, 4, 4), (20, 40, 13, 61), (64, 48, 30, 9), (48, 16, 17, 65) })
                data.Add(lanes, inputs, outputs, height, columns);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Convolution_equals_the_scalar_reference(int lanes, int inputs, int outputs, int height, int width)
    {
        float[] input = ScalarReference.RandomValues(inputs * height * width, 1);
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * 9, 2);
        float[] bias = ScalarReference.RandomValues(outputs, 3);
        float[] expected = ScalarReference.Convolve(input, inputs, height, width, kernel, bias, outputs);

        float[] actual = Run(lanes, 2, input, inputs, outputs, height, width, kernel, bias, transposed: false);

        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 5e-6);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transposed_convolution_is_the_gradient_with_respect_to_the_input(
        int lanes, int inputs, int outputs, int height, int width)
    {
        float[] gradient = ScalarReference.RandomValues(outputs * height * width, 1);
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * 9, 2);
        float[] expected = ScalarReference.ConvolveBackward(gradient, inputs, height, width, kernel, outputs);

        float[] actual = Run(lanes, 2, gradient, outputs, inputs, height, width, kernel, [], transposed: true);

        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 5e-6);
    }

    [Theory]
    [InlineData(16, 254, 8e-6)]
    [InlineData(8, 254, 8e-6)]
    [InlineData(4, 254, 8e-6)]
    [InlineData(16, 272, 3e-6)]     // small tiles, which round less
    [InlineData(8, 272, 3e-6)]
    [InlineData(4, 272, 3e-6)]
    public void Large_kernels_and_many_tiles_equal_the_scalar_reference(int lanes, int outputs, double tolerance)
    {
        const int Inputs = 257, Height = 131, Width = 133;     // more tiles than one pass takes
        float[] input = ScalarReference.RandomValues(Inputs * Height * Width, 1);
        float[] kernel = ScalarReference.RandomValues(outputs * Inputs * 9, 2);
        float[] bias = ScalarReference.RandomValues(outputs, 3);
        var random = new Random(4);
        int[] samples = [.. Enumerable.Range(0, 2000).Select(_ => random.Next(outputs * Height * Width))];
        float[] expected = [.. samples.Select(i => (float)ScalarReference.ConvolveAt(
            input, Inputs, Height, Width, kernel, bias, i / (Height * Width), i / Width % Height, i % Width))];

        float[] actual = Run(lanes, 3, input, Inputs, outputs, Height, Width, kernel, bias, transposed: false);

        Assert.InRange(ScalarReference.RelativeError(expected, [.. samples.Select(i => actual[i])]), 0, tolerance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Loaded_weights_are_those_of_a_new_kernel(bool transposed)
    {
        const int Inputs = 21, Outputs = 37;
        using var pool = new WorkerPool(2);
        float[] kernel = ScalarReference.RandomValues(Inputs * Outputs * 9, 1), bias = ScalarReference.RandomValues(Outputs, 2);
        using var expected = new PackedKernel(kernel, Inputs, Outputs, bias, transposed, pool);
        using var actual = new PackedKernel(
            ScalarReference.RandomValues(kernel.Length, 3), Inputs, Outputs, ScalarReference.RandomValues(Outputs, 4), transposed, pool);
        float* memory = actual.Panel(0, 0, null);

        actual.Load(kernel, bias);

        Assert.True(memory == actual.Panel(0, 0, null));
        int length = expected.Panels * expected.Points.Count * expected.PanelFloats;
        Assert.Equal(new ReadOnlySpan<float>(expected.Panel(0, 0, null), length).ToArray(), new ReadOnlySpan<float>(memory, length).ToArray());
        Assert.Equal(bias, new ReadOnlySpan<float>(actual.Bias, Outputs).ToArray());
        actual.Load(kernel, []);
        Assert.All(new ReadOnlySpan<float>(actual.Bias, Outputs).ToArray(), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentOutOfRangeException>(() => actual.Load(kernel.AsSpan(1), []));
    }

    [Theory]
    [InlineData(40, 72, 37, 51)]
    [InlineData(300, 260, 21, 18)]
    public void Result_does_not_depend_on_the_number_of_threads(int inputs, int outputs, int height, int width)
    {
        float[] input = ScalarReference.RandomValues(inputs * height * width, 1);
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * 9, 2);
        float[] bias = ScalarReference.RandomValues(outputs, 3);
        float[] expected = Run(Vectors.Best, 1, input, inputs, outputs, height, width, kernel, bias, transposed: false);

        for (int threads = 2; threads <= 8; threads++)
            Assert.Equal(expected, Run(Vectors.Best, threads, input, inputs, outputs, height, width, kernel, bias, transposed: false));
    }

    private static float[] Run(
        int lanes, int threads, float[] input, int inputs, int outputs, int height, int width,
        float[] kernel, float[] bias, bool transposed)
    {
        using var pool = new WorkerPool(threads);
        using var scratch = new WinogradScratch();
        using var weights = new PackedKernel(kernel, inputs, outputs, bias, transposed, pool);
        using var source = new FeatureMap(inputs, height, width);
        using var target = new FeatureMap(outputs, height, width);
        source.CopyFromPlanes(input);
        ComputePath path = Vectors.Path(lanes);
        GradientSink sink = path.GradientSink();
        sink.Target = target;
        path.Convolution(weights, pool, scratch).Run(source, sink);
        AssertBorderIsZero(target);
        return target.ToPlanes();
    }

    private static unsafe void AssertBorderIsZero(FeatureMap map)
    {
        double inside = map.ToPlanes().Sum(value => Math.Abs((double)value)), all = 0;
        for (nint i = 0; i < map.Blocks * map.BlockStride; i++)
            all += Math.Abs((double)map.Start[i]);
        Assert.InRange(all, inside * (1 - 1e-9), inside * (1 + 1e-9));
    }
}
