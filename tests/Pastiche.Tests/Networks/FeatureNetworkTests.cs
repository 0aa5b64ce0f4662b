using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

public sealed class FeatureNetworkTests
{
    private static readonly string[][] TapSets =
    [
        ["relu1_1"],
        ["conv1_1", "relu1_1", "conv1_2", "relu1_2"],
        ["relu2_1"],
        ["relu1_2", "conv2_2", "relu3_1"],
        ["relu2_2", "conv3_4", "relu3_4", "relu4_1"],
        ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1"],
    ];

    public static TheoryData<int, int, bool> Cases()
    {
        var data = new TheoryData<int, int, bool>();
        foreach (int lanes in Vectors.Lanes)
        {
            for (int taps = 0; taps < TapSets.Length; taps++)
            {
                data.Add(lanes, taps, false);
                data.Add(lanes, taps, true);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Features_and_gradients_equal_the_scalar_network(int lanes, int tapSet, bool isAverage)
    {
        Tap[] taps = [.. TapSets[tapSet].Select(Tap.Parse)];
        NetworkWeights weights = SmallVgg.Random(input: tapSet % 2 == 0 ? InputConvention.Caffe : InputConvention.Torchvision);
        foreach ((int height, int width) in new[] { (16, 16), (37, 21), (18, 131) })
        {
            float[] picture = SmallVgg.Picture(height, width);
            var reference = new ScalarNetwork(weights, taps.Max(tap => tap.Convolution), isAverage);
            reference.Forward(picture, height, width);
            var gradients = taps.ToDictionary(
                tap => tap, tap => ScalarReference.RandomValues(reference.Features(tap).Length, tap.Convolution));
            using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
            using var network = new FeatureNetwork(weights, taps, isAverage ? PoolingKind.Average : PoolingKind.Max, compute);

            network.Forward(picture, height, width);
            var actual = new float[picture.Length];
            network.Backward(new FixedGradients(gradients), actual);

            foreach (Tap tap in taps)
                Assert.InRange(ScalarReference.RelativeError(reference.Features(tap), network[tap].ToPlanes()), 0, 1e-5);
            Assert.InRange(ScalarReference.RelativeError(reference.Backward(gradients), actual), 0, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reflection_in_every_layer_equals_the_scalar_network(int lanes, int tapSet, bool isAverage)
    {
        Tap[] taps = [.. TapSets[tapSet].Select(Tap.Parse)];
        NetworkWeights weights = SmallVgg.Random() with { Padding = PaddingKind.Reflection };
        int smallest = FeatureNetwork.SmallestSide(taps);
        foreach ((int height, int width) in new[] { (smallest, smallest), (19, 33), (37, 21) })
        {
            float[] picture = SmallVgg.Picture(height, width);
            var reference = new ScalarNetwork(weights, taps.Max(tap => tap.Convolution), isAverage);
            reference.Forward(picture, height, width);
            var gradients = taps.ToDictionary(
                tap => tap, tap => ScalarReference.RandomValues(reference.Features(tap).Length, tap.Convolution));
            using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
            using var network = new FeatureNetwork(weights, taps, isAverage ? PoolingKind.Average : PoolingKind.Max, compute);

            network.Forward(picture, height, width);
            var actual = new float[picture.Length];
            network.Backward(new FixedGradients(gradients), actual);

            foreach (Tap tap in taps)
            {
                Assert.InRange(ScalarReference.RelativeError(reference.Features(tap), network[tap].ToPlanes()), 0, 1e-5);
                AssertBorderIsZero(network[tap]);
            }
            Assert.InRange(ScalarReference.RelativeError(reference.Backward(gradients), actual), 0, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void On_a_torus_every_network_equals_the_scalar_network(int lanes, int tapSet, bool isAverage)
    {
        Tap[] taps = [.. TapSets[tapSet].Select(Tap.Parse)];
        NetworkWeights weights = SmallVgg.Random();
        int smallest = FeatureNetwork.SmallestSide(taps);
        foreach (PaddingKind own in new[] { PaddingKind.Zero, PaddingKind.Reflection })
        {
            foreach ((int height, int width) in own == PaddingKind.Zero ? new[] { (smallest, smallest), (19, 22) } : [(smallest, smallest)])
            {
                float[] picture = SmallVgg.Picture(height, width);
                var reference = new ScalarNetwork(weights with { Padding = PaddingKind.Circular }, taps.Max(tap => tap.Convolution), isAverage);
                reference.Forward(picture, height, width);
                var gradients = taps.ToDictionary(
                    tap => tap, tap => ScalarReference.RandomValues(reference.Features(tap).Length, tap.Convolution));
                using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
                using var network = new FeatureNetwork(
                    weights with { Padding = own }, taps, isAverage ? PoolingKind.Average : PoolingKind.Max, compute, canTile: true);
                network.Forward(picture, height, width);
                float[] before = network[taps[0]].ToPlanes(), actual = new float[picture.Length];

                network.IsTiled = true;
                network.Forward(picture, height, width);
                network.Backward(new FixedGradients(gradients), actual);

                foreach (Tap tap in taps)
                {
                    Assert.InRange(ScalarReference.RelativeError(reference.Features(tap), network[tap].ToPlanes()), 0, 1e-5);
                    AssertBorderIsZero(network[tap]);
                }
                Assert.InRange(ScalarReference.RelativeError(reference.Backward(gradients), actual), 0, 1e-4);
                network.IsTiled = false;
                network.Forward(picture, height, width);
                Assert.Equal(before, network[taps[0]].ToPlanes());
            }
        }
    }

    [Fact]
    public void Only_a_network_that_was_built_for_it_lives_on_a_torus()
    {
        using var compute = new NetworkCompute(threads: 2);
        using var network = new FeatureNetwork(SmallVgg.Random(), [Tap.Parse("relu2_1")], PoolingKind.Max, compute);
        Assert.Throws<InvalidOperationException>(() => network.IsTiled = true);
    }

    [Fact]
    public void Gradient_of_a_reflected_network_equals_finite_differences()
    {
        const int Height = 19, Width = 22;
        // Where no ReLU switches the network is linear, and large steps are exact: small weights and a large bias.
        NetworkWeights weights = SmallVgg.Random(depth: 5);
        weights = weights with
        {
            Padding = PaddingKind.Reflection,
            Convolutions = [.. weights.Convolutions.Select(layer => layer with
            {
                Kernel = [.. layer.Kernel.Select(weight => weight / 10)],
                Bias = [.. layer.Bias.Select(_ => 4f)],
            })],
        };
        Tap[] taps = [Tap.Parse("relu1_2"), Tap.Parse("conv3_1")];
        using var compute = new NetworkCompute(threads: 2);
        using var network = new FeatureNetwork(weights, taps, PoolingKind.Average, compute);
        float[] picture = SmallVgg.Picture(Height, Width), gradient = new float[picture.Length];
        network.Forward(picture, Height, Width);
        Dictionary<Tap, float[]> upstream = taps.ToDictionary(
            tap => tap, tap => ScalarReference.RandomValues(network[tap].ToPlanes().Length, tap.Convolution));
        network.Backward(new FixedGradients(upstream), gradient);

        FiniteDifferences.Check(
            planes =>
            {
                network.Forward(planes, Height, Width);
                return taps.Sum(tap => network[tap].ToPlanes().Zip(upstream[tap], (f, u) => (double)f * u).Sum());
            },
            picture, gradient, 1, 1e-4);
    }

    [Fact]
    public void Reflected_network_does_not_depend_on_the_number_of_threads()
    {
        NetworkWeights weights = SmallVgg.Random(channels: [16, 32, 40, 70, 70]) with { Padding = PaddingKind.Reflection };
        (float[] expectedFeatures, float[] expectedGradient) = Pass(1);
        for (int threads = 2; threads <= 4; threads++)
        {
            (float[] features, float[] gradient) = Pass(threads);
            Assert.Equal(expectedFeatures, features);
            Assert.Equal(expectedGradient, gradient);
        }

        (float[] Features, float[] Gradient) Pass(int threads)
        {
            Tap tap = Tap.Parse("relu5_1");
            float[] picture = SmallVgg.Picture(75, 58), gradient = new float[picture.Length];
            using var compute = new NetworkCompute(threads);
            using var network = new FeatureNetwork(weights, [tap], PoolingKind.Max, compute);
            network.Forward(picture, 75, 58);
            float[] features = network[tap].ToPlanes();
            network.Backward(new FixedGradients(new Dictionary<Tap, float[]> { [tap] = features }), gradient);
            return (features, gradient);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void Reflection_at_the_border_equals_a_picture_that_was_padded_before(int lanes)
    {
        NetworkWeights weights = SmallVgg.Random(depth: 1);
        Tap[] taps = [new Tap(0, false)];
        foreach ((int height, int width) in new[] { (9, 70), (2, 2), (1, 5), (33, 6) })
        {
            float[] picture = SmallVgg.Picture(height, width), padded = Padded(picture, height, width);
            using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
            using var network = new FeatureNetwork(weights, taps, PoolingKind.Max, compute, PaddingKind.Reflection);
            using var larger = new FeatureNetwork(weights, taps, PoolingKind.Max, compute);
            larger.Forward(padded, height + 2, width + 2);
            network.Forward(picture, height, width);

            float[] features = network[taps[0]].ToPlanes();
            Assert.InRange(ScalarReference.RelativeError(Inner(larger[taps[0]].ToPlanes(), height, width), features), 0, 1e-6);

            float[] upstream = ScalarReference.RandomValues(features.Length, 3), gradient = new float[picture.Length];
            network.Backward(new FixedGradients(new Dictionary<Tap, float[]> { [taps[0]] = upstream }), gradient);
            // The layer is linear, so large steps are exact.
            FiniteDifferences.Check(
                planes =>
                {
                    network.Forward(planes, height, width);
                    return network[taps[0]].ToPlanes().Zip(upstream, (f, u) => (double)f * u).Sum();
                },
                picture, gradient, 1, 1e-4);
        }
    }

    [Fact]
    public void One_network_serves_many_sizes_and_keeps_its_memory()
    {
        Tap[] taps = [Tap.Parse("relu2_1")];
        NetworkWeights weights = SmallVgg.Random(depth: 3);
        using var compute = new NetworkCompute(threads: 3);
        using var network = new FeatureNetwork(weights, taps, PoolingKind.Max, compute);
        foreach ((int height, int width) in new[] { (90, 70), (10, 200), (5, 3), (90, 70) })
        {
            float[] picture = SmallVgg.Picture(height, width, seed: height);
            var reference = new ScalarNetwork(weights, 2, isAverage: false);
            reference.Forward(picture, height, width);
            network.Forward(picture, height, width);
            Assert.InRange(ScalarReference.RelativeError(reference.Features(taps[0]), network[taps[0]].ToPlanes()), 0, 1e-5);
        }
    }

    [Fact]
    public void Passes_allocate_next_to_nothing_on_the_managed_heap()
    {
        Tap[] taps = [Tap.Parse("relu1_1"), Tap.Parse("relu3_1")];
        using var compute = new NetworkCompute(threads: 1);
        using var network = new FeatureNetwork(SmallVgg.Random(depth: 5), taps, PoolingKind.Max, compute);
        float[] picture = SmallVgg.Picture(64, 64), gradient = new float[picture.Length];
        var none = new FixedGradients(new Dictionary<Tap, float[]>());
        for (int i = 0; i < 3; i++)
            Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            Pass();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 2000);

        void Pass()
        {
            network.Forward(picture, 64, 64);
            network.Backward(none, gradient);
        }
    }

    [Fact]
    public void A_tap_beyond_the_weights_is_refused_by_name()
    {
        using var compute = new NetworkCompute(threads: 1);
        var exception = Assert.Throws<InvalidInputException>(
            () => new FeatureNetwork(SmallVgg.Random(depth: 5), [Tap.Parse("relu4_1")], PoolingKind.Max, compute));
        Assert.Equal("layer 'relu4_1' is not in the model, whose last convolution is conv3_1", exception.Message);
    }

    private static unsafe void AssertBorderIsZero(FeatureMap map)
    {
        for (int y = -1; y <= map.Height; y++)
        {
            for (int x = -1; x <= map.Width; x += y < 0 || y == map.Height ? 1 : map.Width + 1)
            {
                for (int i = 0; i < map.Blocks * FeatureMap.BlockSize; i++)
                    Assert.Equal(0, map.Pixel(i / FeatureMap.BlockSize, y, x)[i % FeatureMap.BlockSize]);
            }
        }
    }

    private static float[] Padded(float[] picture, int height, int width) =>
        [.. from channel in Enumerable.Range(0, 3)
            from y in Enumerable.Range(-1, height + 2)
            from x in Enumerable.Range(-1, width + 2)
            select picture[(channel * height + Reflection.Inside(y, height)) * width + Reflection.Inside(x, width)]];

    private static float[] Inner(float[] planes, int height, int width) =>
        [.. planes.Where((_, i) => i % (width + 2) is int x && x > 0 && x <= width && i / (width + 2) % (height + 2) is int y && y > 0 && y <= height)];

    [Fact]
    public void Pass_may_stop_at_a_tap_and_leave_others_out()
    {
        using var compute = new NetworkCompute(threads: 2);
        Tap[] taps = [Tap.Parse("relu1_1"), Tap.Parse("relu3_1"), Tap.Parse("relu4_1")];
        using var network = new FeatureNetwork(SmallVgg.Random(), taps, PoolingKind.Max, compute);
        float[] picture = SmallVgg.Picture(33, 40);
        network.Forward(SmallVgg.Picture(33, 40, seed: 2), 33, 40);
        float[] deepest = network[taps[2]].ToPlanes(), other = network[taps[1]].ToPlanes();

        network.Forward(picture, 33, 40, taps[..2]);

        float[] first = network[taps[0]].ToPlanes(), second = network[taps[1]].ToPlanes();
        Assert.NotEqual(other, second);
        Assert.Equal(deepest, network[taps[2]].ToPlanes());
        network.Forward(SmallVgg.Picture(33, 40, seed: 2), 33, 40, [taps[2]]);
        Assert.Equal(first, network[taps[0]].ToPlanes());
        Assert.Equal(second, network[taps[1]].ToPlanes());
        Assert.Equal(deepest, network[taps[2]].ToPlanes());
        network.Forward(picture, 33, 40);
        Assert.Equal(first, network[taps[0]].ToPlanes());
        Assert.Equal(second, network[taps[1]].ToPlanes());
        // Four pixels are enough for relu3_1 but not for relu4_1.
        network.Forward(SmallVgg.Picture(4, 4), 4, 4, taps[..2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward(SmallVgg.Picture(4, 4), 4, 4));
    }
}
