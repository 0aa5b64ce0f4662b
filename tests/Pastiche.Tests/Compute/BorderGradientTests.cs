using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class BorderGradientTests
{
    public enum Route
    {
        Plain,
        Masked,
        MaxPooled,
        AveragePooled,
    }

    public static TheoryData<int, Route, int, int, int, int> Cases()
    {
        var data = new TheoryData<int, Route, int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach (Route route in Enum.GetValues<Route>())
            {
                foreach ((int inputs, int outputs, int height, int columns) in new[]
                    { (16, 16, 1, 1), (3, 5, 1, 6), (20, 3, 2, 2), (17, 33, 7, 1), (40, 18, 2, 9), (48, 64, 13, 31) })
                    data.Add(lanes, route, inputs, outputs, height, columns);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_convolution_and_ring_are_the_gradient_under_reflection_and_on_a_torus(
        int lanes, Route route, int inputs, int outputs, int height, int width)
    {
        float[] upstream = ScalarReference.RandomValues(outputs * height * width, 1);
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * 9, 2);
        float[] gradient = ScalarReference.ConvolveBackward(upstream, inputs, height, width, kernel, outputs, PaddingKind.Reflection);
        using ActivationBits? bits = BitsOf(route, inputs, height, width);
        float[] expected = Follow(route, bits, gradient, inputs, height, width);

        Assert.InRange(ScalarReference.RelativeError(expected, Run(lanes, 2, route, bits, upstream, kernel, inputs, outputs, height, width)), 0, 5e-6);

        gradient = ScalarReference.ConvolveBackward(upstream, inputs, height, width, kernel, outputs, PaddingKind.Circular);
        expected = Follow(route, bits, gradient, inputs, height, width);
        float[] actual = Run(lanes, 2, route, bits, upstream, kernel, inputs, outputs, height, width, PaddingKind.Circular);
        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 5e-6);
    }

    [Theory]
    [InlineData(18, 5, 2, 13)]
    [InlineData(5, 20, 6, 7)]
    [InlineData(3, 4, 1, 1)]
    public void Gradient_equals_finite_differences(int inputs, int outputs, int height, int width)
    {
        float[] point = ScalarReference.RandomValues(inputs * height * width, 1), upstream = ScalarReference.RandomValues(outputs * height * width, 2);
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * 9, 3);
        using var pool = new WorkerPool(2);
        using var scratch = new WinogradScratch();
        using var forward = new PackedKernel(kernel, inputs, outputs, [], transposed: false, pool);
        ComputePath path = Vectors.Path(Vectors.Best);

        double Value(float[] planes)
        {
            using FeatureMap map = new(inputs, height, width), result = new(outputs, height, width);
            map.CopyFromPlanes(planes);
            ReflectionPadding.Fill(map);
            GradientSink sink = path.GradientSink();
            sink.Target = result;
            path.Convolution(forward, pool, scratch).Run(map, sink);
            return result.ToPlanes().Zip(upstream, (f, u) => (double)f * u).Sum();
        }

        FiniteDifferences.Check(Value, point, Run(Vectors.Best, 1, Route.Plain, null, upstream, kernel, inputs, outputs, height, width), 1, 1e-5);
    }

    [Fact]
    public void Result_does_not_depend_on_the_number_of_threads()
    {
        const int Inputs = 100, Outputs = 30, Height = 11, Width = 17;
        float[] upstream = ScalarReference.RandomValues(Outputs * Height * Width, 1), kernel = ScalarReference.RandomValues(Outputs * Inputs * 9, 2);
        float[] expected = Run(Vectors.Best, 1, Route.Plain, null, upstream, kernel, Inputs, Outputs, Height, Width);
        for (int threads = 2; threads <= 5; threads++)
            Assert.Equal(expected, Run(Vectors.Best, threads, Route.Plain, null, upstream, kernel, Inputs, Outputs, Height, Width));
    }

    [Fact]
    public void Passes_and_new_weights_allocate_nothing()
    {
        const int Channels = 32, Size = 20;
        float[] kernel = ScalarReference.RandomValues(Channels * Channels * 9, 1);
        using var pool = new WorkerPool(1);
        using BorderGradient border = Vectors.Path(Vectors.Best).BorderGradient(kernel, Channels, Channels, pool);
        using FeatureMap gradient = new(Channels, Size, Size), target = new(Channels, Size, Size);
        GradientSink sink = Vectors.Path(Vectors.Best).GradientSink();
        sink.Target = target;
        border.Add(gradient, sink);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            border.Load(kernel);
            border.Add(gradient, sink);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Run(
        int lanes, int threads, Route route, ActivationBits? bits, float[] upstream, float[] kernel, int inputs, int outputs, int height, int width,
        PaddingKind padding = PaddingKind.Reflection)
    {
        ComputePath path = Vectors.Path(lanes);
        using var pool = new WorkerPool(threads);
        using var scratch = new WinogradScratch();
        using var backward = new PackedKernel(kernel, outputs, inputs, [], transposed: true, pool);
        using BorderGradient border = path.BorderGradient(new float[kernel.Length], inputs, outputs, pool);
        border.Load(kernel);
        int scale = IsPooled(route) ? 2 : 1;
        // An odd size of the pooled map must not matter.
        using FeatureMap gradient = new(outputs, height, width), target = new(inputs, height * scale + scale - 1, width * scale);
        gradient.CopyFromPlanes(upstream);
        GradientSink sink = path.GradientSink();
        (sink.Target, sink.Bits) = (target, bits);
        sink.Pooling = route switch { Route.MaxPooled => PoolingKind.Max, Route.AveragePooled => PoolingKind.Average, _ => null };
        path.Convolution(backward, pool, scratch).Run(gradient, sink);
        border.Add(gradient, sink, padding);
        return target.ToPlanes();
    }

    private static bool IsPooled(Route route) => route is Route.MaxPooled or Route.AveragePooled;

    private static unsafe ActivationBits? BitsOf(Route route, int channels, int height, int width)
    {
        if (route == Route.Plain)
            return null;
        int scale = IsPooled(route) ? 2 : 1;
        var bits = new ActivationBits();
        bits.Reshape(channels, height * scale + scale - 1, width * scale);
        var random = new Random(3);
        for (int block = 0; block < Units.BlocksOf(channels); block++)
        {
            for (int i = 0; i < bits.Height * bits.Width; i++)
                bits.Pixel(block, 0, 0)[i] = (ushort)random.Next(1 << 16);
        }
        return bits;
    }

    private static unsafe float[] Follow(Route route, ActivationBits? bits, float[] gradient, int channels, int height, int width)
    {
        if (bits is null)
            return gradient;
        int scale = IsPooled(route) ? 2 : 1;
        var result = new float[channels * bits.Height * bits.Width];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < height * scale; y++)
            {
                for (int x = 0; x < width * scale; x++)
                {
                    if ((*bits.Pixel(channel / 16, y, x) >> channel % 16 & 1) != 0)
                    {
                        result[(channel * bits.Height + y) * bits.Width + x] =
                            gradient[(channel * height + y / scale) * width + x / scale] * (route == Route.AveragePooled ? 0.25f : 1);
                    }
                }
            }
        }
        return result;
    }
}
