using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Transforms;
using Pastiche.Transforms;

namespace Pastiche.Tests.Engines;

public sealed class UniversalEngineTests : IDisposable
{
    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly NetworkWeights _weights = SmallDecoders.Random();
    private readonly Picture _content = PictureOf(53, 70, 1), _wave = PictureOf(64, 48, 2), _night = PictureOf(40, 81, 3);

    public void Dispose() => _compute.Dispose();

    [Fact]
    public void Levels_follow_one_another_and_strength_0_is_the_plain_reconstruction()
    {
        var options = new UniversalOptions { Levels = [new(4), new(1), new(2)], Alpha = 0, Detail = 0 };
        float[] expected = _content.Planes;
        var pictures = new List<float[]>();
        foreach (int level in new[] { 4, 1, 2 })
        {
            Tap tap = Vgg19.FirstTapOf(level);
            using var encoder = new FeatureNetwork(_weights, [tap], PoolingKind.Max, _compute);
            using var decoder = new DecoderNetwork(_weights.Decoders[level - 1], _compute);
            var canvas = new Canvas(_content.Height, _content.Width, UniversalEngine.MarginOf(level, _content.Height));
            encoder.Forward(canvas.Enlarge(expected), canvas.Height, canvas.Width);
            float[] painted = decoder.Forward(encoder[tap], canvas.Height, canvas.Width);
            expected = new float[_content.Planes.Length];
            canvas.Crop(painted, expected);
            expected = [.. expected.Select(value => Math.Clamp(value, 0, 1))];
            pictures.Add(expected);
        }

        List<(UniversalStep Step, float[] Planes)> steps = Run(options, _content, _wave);

        Assert.Equal([(1, 3), (2, 3), (3, 3)], steps.Select(step => (step.Step.Number, step.Step.Count)));
        for (int i = 0; i < steps.Count; i++)
            AssertSame(pictures[i], steps[i].Planes, 1e-5);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    [InlineData(3)]
    public void Deep_levels_give_back_what_decoding_alone_loses(int level)
    {
        float[] Paint(double alpha, double detail) =>
            Run(new UniversalOptions { Levels = [new(level)], Alpha = alpha, Detail = detail }, _content, _wave)[^1].Planes;
        bool isGivenBack = level >= 4;
        float[] decoded = Paint(alpha: 0, detail: 0), painted = Paint(alpha: 0.2, detail: 0);
        Assert.True(decoded.Zip(_content.Planes, (a, b) => Math.Abs(a - b)).Max() > 0.05f, "the check would prove nothing");

        AssertSame(isGivenBack ? _content.Planes : decoded, Paint(alpha: 0, detail: 1), 1e-5);
        float[] partly = Paint(alpha: 0.2, detail: 0.3);
        AssertSame(isGivenBack ? Given(partly, 0.3f) : painted, partly, 1e-5);

        // What was clamped tells nothing.
        float[] Given(float[] actual, float share) => [.. painted.Select((value, i) => value is > 0 and < 1 && decoded[i] is > 0 and < 1
            ? Math.Clamp(value + share * (_content.Planes[i] - decoded[i]), 0, 1) : actual[i])];
    }

    [Theory]
    [InlineData(TransformKind.WhiteningColouring)]
    [InlineData(TransformKind.AdaIN)]
    [InlineData(TransformKind.OptimalTransport)]
    public void Levels_own_strength_is_a_share_of_the_common_one(TransformKind transform)
    {
        float[] Paint(double alpha, params UniversalLevel[] levels) =>
            Run(new UniversalOptions { Alpha = alpha, Levels = levels, Transform = transform }, _content, _wave)[^1].Planes;

        Assert.Equal(Paint(0.25, new(3), new(2, 0.5)), Paint(0.5, new UniversalLevel(3, 0.5), new(2, 0.25)));
        Assert.NotEqual(Paint(0.25, new(3), new(2)), Paint(0.5, new UniversalLevel(3, 0.5), new(2)));
    }

    [Fact]
    public void Styles_blend_by_weight()
    {
        var options = new UniversalOptions { Alpha = 1, Levels = [new(2)] };
        float[] wave = Run(options, _content, _wave)[^1].Planes, night = Run(options, _content, _night)[^1].Planes;
        using var engine = new UniversalEngine(options, _weights, _compute);
        StyleCode waveCode = engine.Read(_wave), nightCode = engine.Read(_night);

        Assert.Equal(wave, Paint(1, 0));
        Assert.Equal(night, Paint(0, 3));
        Assert.NotEqual(wave, Paint(1, 1));
        Assert.Equal(Paint(1, 3), Paint(2, 6));

        float[] Paint(double waveWeight, double nightWeight) =>
            Run(engine, _content, [new(waveCode, waveWeight), new(nightCode, nightWeight)])[^1].Planes;
    }

    [Fact]
    public void Statistics_of_a_painting_serve_many_photographs()
    {
        var options = new UniversalOptions();
        Picture other = PictureOf(100, 37, 5);
        using var engine = new UniversalEngine(options, _weights, _compute);
        WeightedCode[] codes = [new(engine.Read(_wave), 1)];

        float[] first = Run(engine, _content, codes)[^1].Planes, second = Run(engine, other, codes)[^1].Planes;

        Assert.Equal(Run(options, _content, _wave)[^1].Planes, first);
        Assert.Equal(Run(options, other, _wave)[^1].Planes, second);
    }

    [Fact]
    public void Statistics_are_those_of_the_picture_without_its_margin()
    {
        // At the first level the padding is as the margin, so that photograph and painting have the same statistics.
        var options = new UniversalOptions { Levels = [new(1)], Alpha = 0 };
        float[] plain = Run(options, _content, _content)[^1].Planes, own = Run(options with { Alpha = 1 }, _content, _content)[^1].Planes;
        AssertSame(plain, own, 1e-3);
        Assert.Equal((2, 4, 32, 16), (UniversalEngine.MarginOf(1, 16), UniversalEngine.MarginOf(2, 16), UniversalEngine.MarginOf(5, 33), UniversalEngine.MarginOf(5, 32)));
    }

    [Theory]
    [InlineData(16, 16, 4)]
    [InlineData(17, 200, 4)]
    [InlineData(31, 31, 4)]
    [InlineData(32, 33, 5)]
    public void Levels_for_which_a_picture_is_too_small_are_left_out(int height, int width, int levels)
    {
        Picture small = PictureOf(height, width, 7);

        List<(UniversalStep Step, float[] Planes)> content = Run(new UniversalOptions { Alpha = 1 }, small, _wave);
        List<(UniversalStep Step, float[] Planes)> style = Run(new UniversalOptions { Alpha = 1 }, _content, small);

        Assert.Equal((levels, levels), (content.Count, content[^1].Step.Count));
        Assert.Equal((levels, levels), (style.Count, style[^1].Step.Count));
        Assert.All(content[^1].Planes, value => Assert.InRange(value, 0, 1));
    }

    [Theory]
    [InlineData(TransformKind.WhiteningColouring)]
    [InlineData(TransformKind.AdaIN)]
    [InlineData(TransformKind.OptimalTransport)]
    public void Pictures_without_variety_give_pictures(TransformKind transform)
    {
        var options = new UniversalOptions { Alpha = 1, Transform = transform };
        Picture black = new(48, 40, new float[3 * 48 * 40]), single = new(48, 40, [.. Enumerable.Range(0, 3 * 48 * 40).Select(i => 0.2f + i / (48 * 40) * 0.3f)]);
        Picture grey = new(70, 53, [.. _content.Planes[..(70 * 53)], .. _content.Planes[..(70 * 53)], .. _content.Planes[..(70 * 53)]]);
        foreach (Picture content in new[] { black, single, grey, _content })
        {
            foreach (Picture style in new[] { black, single, grey })
                Assert.All(Run(options, content, style)[^1].Planes, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void Transparent_pixels_do_not_count()
    {
        // Two columns further a feature of the first level sees nothing of them.
        var options = new UniversalOptions { Levels = [new(1)], Alpha = 1 };
        float[] alpha = [.. Enumerable.Range(0, 48 * 64).Select(i => i % 48 < 30 ? 1f : 0f)];
        float[] other = [.. _wave.Planes.Select((value, i) => i % 48 > 31 ? 1 - value : value)];
        Picture a = new(48, 64, _wave.Planes, alpha), b = new(48, 64, other, alpha);

        Assert.Equal(Run(options, _content, a)[^1].Planes, Run(options, _content, b)[^1].Planes);
        Assert.NotEqual(Run(options, _content, _wave)[^1].Planes, Run(options, _content, a)[^1].Planes);

        float[] ofA = Run(options, a, _night)[^1].Planes, ofB = Run(options, b, _night)[^1].Planes;
        // A tile of four pixels has one rounding.
        Assert.All(Enumerable.Range(0, ofA.Length).Where(i => i % 48 < 28), i => Assert.Equal(ofA[i], ofB[i], 1e-5f));

        Picture nothing = new(48, 64, _wave.Planes, new float[48 * 64]);
        Assert.Equal(Run(options, _content, _wave)[^1].Planes, Run(options, _content, nothing)[^1].Planes);
    }

    [Theory]
    [InlineData(TransformKind.AdaIN, 0, 1e-5)]
    // Channels that hardly vary are enlarged, and with them the rounding of tiles that lie elsewhere and of merged statistics.
    [InlineData(TransformKind.AdaIN, 0.7, 1e-3)]
    [InlineData(TransformKind.WhiteningColouring, 0.7, 1e-3)]
    public void Strips_are_not_seen(TransformKind transform, double alpha, double tolerance)
    {
        // With three hundred rows and more even the deepest level is cut.
        float[] opacity = [.. Enumerable.Range(0, 699 * 37).Select(i => i % 37 < 9 && i / 37 < 400 ? 0f : 1f)];
        Picture tall = new(37, 699, SmallVgg.Picture(699, 37, 4), opacity), style = PictureOf(800, 33, 6);
        var options = new UniversalOptions { Alpha = alpha, Transform = transform };
        List<(UniversalStep Step, float[] Planes)> whole = Run(options, tall, style);

        using var engine = new UniversalEngine(options, _weights, _compute, stripPixels: 1);
        List<(UniversalStep Step, float[] Planes)> strips = Run(engine, tall, [new(engine.Read(style), 1)]);

        for (int i = 0; i < whole.Count; i++)
            Assert.InRange(TestImages.Rms(new Picture(37, 699, whole[i].Planes), new Picture(37, 699, strips[i].Planes)), 0, tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Seamless_picture_moves_with_what_it_started_from(int level)
    {
        // No place of a torus is special: whatever is done to a picture that was moved is moved.
        var options = new UniversalOptions { Levels = [new(level)], Alpha = 1, Transform = TransformKind.AdaIN };
        const int Height = 64, Width = 96, Down = 16, Right = 48;
        Picture start = PictureOf(Height, Width, 8), moved = new(Width, Height, Torus.Roll(start.Planes, Height, Width, Down, Right));
        using UniversalEngine mirrored = new(options, _weights, _compute), seamless = new(options, _weights, _compute, isSeamless: true);
        using UniversalEngine inStrips = new(options, _weights, _compute, stripPixels: 1, isSeamless: true);
        WeightedCode[] codes = [new(mirrored.Read(_wave), 1)];

        float[] expected = Torus.Roll(Run(seamless, start, codes)[^1].Planes, Height, Width, Down, Right);

        AssertSame(expected, Run(seamless, moved, codes)[^1].Planes, 1e-4);
        AssertSame(expected, Run(inStrips, moved, codes)[^1].Planes, 1e-4);
        float[] other = Torus.Roll(Run(mirrored, start, codes)[^1].Planes, Height, Width, Down, Right), otherMoved = Run(mirrored, moved, codes)[^1].Planes;
        Assert.True(other.Zip(otherMoved, (a, b) => Math.Abs(a - b)).Max() > 0.01f, "the check would prove nothing");
    }

    [Fact]
    public void Statistics_of_strips_are_those_of_the_whole()
    {
        float[] opacity = [.. Enumerable.Range(0, 801 * 33).Select(i => i % 33 < 9 && i / 33 < 400 ? 0.2f : 1f)];
        var style = new Picture(33, 801, SmallVgg.Picture(801, 33, 6), opacity);
        using UniversalEngine whole = new(new UniversalOptions(), _weights, _compute), strips = new(new UniversalOptions(), _weights, _compute, stripPixels: 1);

        StyleCode expected = whole.Read(style), actual = strips.Read(style);

        Assert.Equal([1, 2, 3, 4, 5], expected.Levels.Keys.Order());
        foreach ((int level, FeatureStatistics statistics) in expected.Levels)
        {
            RandomMatrices.AssertClose(statistics.Mean, actual.Levels[level].Mean, 1e-5);
            RandomMatrices.AssertClose(statistics.Covariance, actual.Levels[level].Covariance, 1e-4);
            Assert.Equal(statistics.Weight, actual.Levels[level].Weight, 1e-6);
        }
    }

    [Fact]
    public void Cancellation_stops_between_levels()
    {
        using var cancellation = new CancellationTokenSource();
        using var engine = new UniversalEngine(new UniversalOptions(), _weights, _compute);
        WeightedCode[] codes = [new(engine.Read(_wave), 1)];
        int steps = 0;

        Assert.Throws<OperationCanceledException>(() => engine.Run(_content, codes, _content.Planes, step =>
        {
            steps++;
            if (step.Number == 2)
                cancellation.Cancel();
        }, cancellation.Token));

        Assert.Equal(2, steps);
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        float[] expected = Run(new UniversalOptions(), _content, _wave)[^1].Planes;
        using var compute = new NetworkCompute(threads: 3);
        using var engine = new UniversalEngine(new UniversalOptions(), _weights, compute);
        Assert.Equal(expected, Run(engine, _content, [new(engine.Read(_wave), 1)])[^1].Planes);
    }

    [Fact]
    public void Networks_without_the_decoders_are_refused()
    {
        var exception = Assert.Throws<InvalidInputException>(() => new UniversalEngine(new UniversalOptions(), SmallVgg.Random(), _compute));
        Assert.Equal("the model has no decoders, which the universal engine needs; compact, which is built in, has them", exception.Message);
        exception = Assert.Throws<InvalidInputException>(() => new UniversalEngine(new UniversalOptions(), SmallDecoders.Random(depth: 5), _compute));
        Assert.Equal("the model has no decoder for level 5, 4; it has 1, 2, 3: choose from these levels", exception.Message);
    }

    private List<(UniversalStep Step, float[] Planes)> Run(UniversalOptions options, Picture content, Picture style)
    {
        using var engine = new UniversalEngine(options, _weights, _compute);
        return Run(engine, content, [new(engine.Read(style), 1)]);
    }

    private static List<(UniversalStep Step, float[] Planes)> Run(UniversalEngine engine, Picture content, IReadOnlyList<WeightedCode> styles)
    {
        float[] before = [.. content.Planes];
        var steps = new List<(UniversalStep, float[])>();
        engine.Run(content, styles, content.Planes, step => steps.Add((step, [.. step.Planes])), TestContext.Current.CancellationToken);
        Assert.Equal(before, content.Planes);
        return steps;
    }

    private static Picture PictureOf(int height, int width, int seed) => new(width, height, SmallVgg.Picture(height, width, seed));

    private static void AssertSame(float[] expected, float[] actual, double tolerance) =>
        Assert.InRange(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max(), 0, tolerance);
}
