using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

public sealed class StripNetworkTests
{
    private static readonly string[][] TapSets =
    [
        ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1"],
        ["conv1_1", "relu1_2", "conv2_2", "relu2_2", "relu3_1"],
        ["relu4_1"],
        ["conv3_1"],
    ];

    public static TheoryData<int, int, bool, bool> Cases()
    {
        var data = new TheoryData<int, int, bool, bool>();
        foreach (int lanes in Vectors.Lanes)
        {
            for (int taps = 0; taps < TapSets.Length; taps++)
            {
                data.Add(lanes, taps, false, false);
                data.Add(lanes, taps, true, true);
            }
        }
        data.Add(Vectors.Lanes[0], 0, false, true);
        return data;
    }

    // 48 rows of a strip are its own at least: two strips and more, the last of one feature, odd rows.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Features_and_gradients_equal_the_whole_network(int lanes, int tapSet, bool isAverage, bool isReflected)
    {
        Tap[] taps = [.. TapSets[tapSet].Select(Tap.Parse)];
        NetworkWeights weights = SmallVgg.Random() with { Padding = isReflected ? PaddingKind.Reflection : PaddingKind.Zero };
        PoolingKind pooling = isAverage ? PoolingKind.Average : PoolingKind.Max;
        using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
        using var whole = new FeatureNetwork(weights, taps, pooling, compute, PaddingKind.Reflection);
        using var cut = new StripNetwork(weights, taps, [], pooling, compute, PaddingKind.Reflection, mostPixels: 1);
        foreach ((int height, int width) in new[] { (96, 17), (151, 38), (197, 16), (37, 50) })
        {
            float[] picture = SmallVgg.Picture(height, width), expected = new float[picture.Length], actual = new float[picture.Length];
            whole.Forward(picture, height, width);
            var gradients = taps.ToDictionary(tap => tap, tap => ScalarReference.RandomValues(whole[tap].ToPlanes().Length, tap.Convolution));
            whole.Backward(new FixedGradients(gradients), expected);
            var bands = new FixedBands(gradients, tap => whole[tap]);

            cut.Forward(picture, height, width, bands);
            cut.Backward(bands, picture, actual);

            foreach (Tap tap in taps)
            {
                float[] features = cut.IsRead(tap) ? bands.Features(tap) : cut[tap].ToPlanes();
                Assert.InRange(ScalarReference.RelativeError(whole[tap].ToPlanes(), features), 0, 4e-6);
            }
            Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 1e-5);
        }
    }

    [Fact]
    public void A_picture_in_one_piece_gives_the_whole_networks_bits()
    {
        Tap[] taps = [.. TapSets[0].Select(Tap.Parse)];
        NetworkWeights weights = SmallVgg.Random() with { Padding = PaddingKind.Reflection };
        float[] picture = SmallVgg.Picture(96, 33), expected = new float[picture.Length], actual = new float[picture.Length];
        using var compute = new NetworkCompute(threads: 2);
        using var whole = new FeatureNetwork(weights, taps, PoolingKind.Max, compute);
        using var strips = new StripNetwork(weights, taps, [], PoolingKind.Max, compute);
        whole.Forward(picture, 96, 33);
        var gradients = taps.ToDictionary(tap => tap, tap => ScalarReference.RandomValues(whole[tap].ToPlanes().Length, tap.Convolution));
        whole.Backward(new FixedGradients(gradients), expected);
        var bands = new FixedBands(gradients, tap => whole[tap]);

        strips.Forward(picture, 96, 33, bands);
        strips.Backward(bands, picture, actual);

        Assert.Equal(expected, actual);
        Assert.All(taps, tap => Assert.Equal(whole[tap].ToPlanes(), strips.IsRead(tap) ? bands.Features(tap) : strips[tap].ToPlanes()));
    }

    [Theory]
    [InlineData("relu2_1", "relu2_1", false)]       // nothing above the cut
    [InlineData("relu1_1,relu3_1", "relu1_1", false)]
    [InlineData("relu1_1,relu3_1", "relu3_1", true)]
    public void Features_that_are_asked_for_in_one_piece_are_kept(string names, string wholeNames, bool isCut)
    {
        Tap[] taps = [.. names.Split(',').Select(Tap.Parse)], wholeTaps = [.. wholeNames.Split(',').Select(Tap.Parse)];
        using var compute = new NetworkCompute(threads: 1);
        using var strips = new StripNetwork(SmallVgg.Random(), taps, wholeTaps, PoolingKind.Max, compute, mostPixels: 1);
        using var whole = new FeatureNetwork(SmallVgg.Random(), taps, PoolingKind.Max, compute);
        float[] picture = SmallVgg.Picture(120, 20);

        strips.Forward(picture, 120, 20, null);
        whole.Forward(picture, 120, 20);

        Assert.Equal(isCut, strips.IsRead(taps[0]));
        Assert.InRange(ScalarReference.RelativeError(whole[wholeTaps[0]].ToPlanes(), strips[wholeTaps[0]].ToPlanes()), 0, 4e-6);
    }

    [Fact]
    public void A_picture_that_is_to_tile_is_not_cut()
    {
        using var compute = new NetworkCompute(threads: 1);
        using var network = new StripNetwork(
            SmallVgg.Random(), [Tap.Parse("relu1_1"), Tap.Parse("relu3_1")], [], PoolingKind.Max, compute, canTile: true, mostPixels: 1)
        {
            IsTiled = true,
        };
        Assert.False(network.IsRead(Tap.Parse("relu1_1")));
    }

    [Fact]
    public void Weights_that_end_before_a_tap_are_refused()
    {
        using var compute = new NetworkCompute(threads: 1);
        Assert.Contains("relu4_1", Assert.Throws<InvalidInputException>(
            () => new StripNetwork(SmallVgg.Random(depth: 5), [Tap.Parse("relu4_1")], [], PoolingKind.Max, compute)).Message, StringComparison.Ordinal);
    }

    /// <summary>Puts bands of features together, and adds given gradients band by band.</summary>
    private sealed class FixedBands(IReadOnlyDictionary<Tap, float[]> gradients, Func<Tap, FeatureMap> shapeOf) : IBandReader
    {
        private readonly FixedGradients _whole = new(gradients);
        private readonly Dictionary<Tap, List<FeatureMap>> _bands = [];

        public float[] Features(Tap tap)
        {
            FeatureMap shape = shapeOf(tap);
            using var all = new FeatureMap(shape.Channels, shape.Height, shape.Width);
            int top = 0;
            foreach (FeatureMap band in _bands[tap])
            {
                all.CopyRows(band, 0, top, band.Height);
                top += band.Height;
                band.Dispose();
            }
            Assert.Equal(shape.Height, top);
            _bands.Remove(tap);
            return all.ToPlanes();
        }

        public void Read(Tap tap, FeatureMap band, int top)
        {
            if (!_bands.TryGetValue(tap, out List<FeatureMap>? bands))
                _bands.Add(tap, bands = []);
            Assert.Equal(bands.Sum(above => above.Height), top);
            var copy = new FeatureMap();
            copy.CopyFrom(band);
            bands.Add(copy);
        }

        public void AddGradient(Tap tap, FeatureMap features, FeatureMap gradient) => _whole.AddGradient(tap, features, gradient);

        public void AddGradient(Tap tap, FeatureMap band, int top, FeatureMap gradient, int target)
        {
            FeatureMap shape = shapeOf(tap);
            using var all = new FeatureMap(shape.Channels, shape.Height, shape.Width);
            all.CopyFromPlanes(gradients[tap]);
            using var part = new FeatureMap(band.Channels, band.Height, band.Width);
            part.CopyRows(all, top, 0, band.Height);
            float[] planes = part.ToPlanes();
            part.CopyRows(gradient, target, 0, band.Height);
            new FixedGradients(new Dictionary<Tap, float[]> { [tap] = planes }).AddGradient(tap, band, part);
            gradient.CopyRows(part, 0, target, band.Height);
        }
    }
}
