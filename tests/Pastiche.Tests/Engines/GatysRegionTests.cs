using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Regions;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests.Engines;

public sealed class GatysRegionTests : IDisposable
{
    private const int Height = 34, Width = 47;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly NetworkWeights _weights = SmallVgg.Random();
    private readonly Picture _content = PictureOf(Height, Width, 1), _wave = PictureOf(33, 40, 5), _night = PictureOf(40, 38, 6);
    private readonly float[] _left = MaskPictures.Left(Width, Height, 25, 4), _strength = MaskPictures.Left(Width, Height, 20, 60);

    public void Dispose() => _compute.Dispose();

    [Theory]
    [InlineData("gatys", false, StyleLossKind.Gram)]
    [InlineData("gatys", true, StyleLossKind.Gram)]
    [InlineData("gatys", true, StyleLossKind.Wasserstein)]
    [InlineData("slides", true, StyleLossKind.Gram)]
    public void Gradient_agrees_with_differences(string preset, bool hasStrength, StyleLossKind styleLoss)
    {
        using var engine = new GatysEngine(GatysOptions.Presets[preset] with { StyleLoss = styleLoss }, _weights, _compute);
        RegionMap map = RegionMap.Divide(Height, Width, Regions(), [], hasStrength ? _strength : null);
        GatysObjective objective = engine.CreateObjective(_content, Grams(engine), map);
        float[] point = SmallVgg.Picture(Height, Width, seed: 9), gradient = new float[point.Length];

        double value = objective.Evaluate(point, gradient);

        Assert.Equal(value, objective.Terms.Values.Sum(), value * 1e-12);
        FiniteDifferences.Check(planes => objective.Evaluate(planes, new float[planes.Length]), point, gradient, 2e-6, 0.02);
    }

    [Theory]
    [InlineData(StyleLossKind.Gram)]
    [InlineData(StyleLossKind.Wasserstein)]
    public void Strips_do_not_change_what_regions_give(StyleLossKind styleLoss)
    {
        const int Rows = 150;
        Picture content = PictureOf(Rows, Width, 1);
        // One region ends within a strip, the other is missing in the first rows.
        float[] upper = [.. Enumerable.Range(0, Rows * Width).Select(i => Math.Clamp((70 - i / Width) / 20f, 0, 1))];
        RegionMap map = RegionMap.Divide(Rows, Width, [new("upper", upper, [0])], [1]);
        float[] point = SmallVgg.Picture(Rows, Width, seed: 9), expected = new float[point.Length], actual = new float[point.Length];

        double whole = Evaluate(null, expected), cut = Evaluate(1, actual);

        Assert.Equal(whole, cut, whole * 1e-5);
        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 1e-4);

        double Evaluate(int? stripPixels, float[] gradient)
        {
            using var engine = new GatysEngine(GatysOptions.Gatys with { StyleLoss = styleLoss }, _weights, _compute, stripPixels: stripPixels);
            return engine.CreateObjective(content, Grams(engine), map).Evaluate(point, gradient);
        }
    }

    [Fact]
    public void One_region_everywhere_is_to_the_bit_what_no_region_gives()
    {
        RegionMap map = RegionMap.Divide(Height, Width, [new("all", [.. Enumerable.Repeat(1f, Height * Width)], [0, 1])], []);
        Assert.Equal(Paint(null), Paint(map));
    }

    [Theory]
    [InlineData(StyleLossKind.Gram)]
    [InlineData(StyleLossKind.Wasserstein)]
    public void Guided_losses_of_a_region_everywhere_are_the_plain_ones(StyleLossKind styleLoss)
    {
        // Two equal halves of every pixel: the map is not plain, the sums are.
        float[] half = [.. Enumerable.Repeat(0.5f, Height * Width)];
        RegionMap map = RegionMap.Divide(Height, Width, [new("a", half, [0, 1]), new("b", half, [0, 1])], []);
        using var engine = new GatysEngine(GatysOptions.Gatys with { StyleLoss = styleLoss }, _weights, _compute);
        float[] point = SmallVgg.Picture(Height, Width, seed: 9), gradient = new float[point.Length], guided = new float[point.Length];

        double plain = engine.CreateObjective(_content, Grams(engine)).Evaluate(point, gradient);
        double value = engine.CreateObjective(_content, Grams(engine), map).Evaluate(point, guided);

        Assert.Equal(plain, value, plain * 1e-5);
        Assert.InRange(ScalarReference.RelativeError(gradient, guided), 0, 1e-4);
    }

    [Fact]
    public void The_order_of_regions_does_not_matter() => Assert.Equal(
        Paint(RegionMap.Divide(Height, Width, Regions(), [])), Paint(RegionMap.Divide(Height, Width, [.. Regions().Reverse()], [])));

    [Fact]
    public void Uncovered_pixels_keep_the_photograph_and_have_no_gradient_of_style()
    {
        float[] spot = MaskPictures.Left(Width, Height, 12);
        RegionMap map = RegionMap.Divide(Height, Width, [new("left", spot, [0])], []);
        float[] painted = Paint(map);
        Assert.All(Enumerable.Range(0, painted.Length).Where(i => i % Width > 12), i => Assert.Equal(_content.Planes[i], painted[i]));
        Assert.NotEqual(_content.Planes, painted);

        // Shallow layers see three pixels around.
        using var engine = new GatysEngine(
            GatysOptions.Gatys with { ContentWeight = 0, TotalVariationWeight = 0, StyleLayers = ["relu1_1", "relu1_2"] }, _weights, _compute);
        var gradient = new float[_content.Planes.Length];
        engine.CreateObjective(_content, Grams(engine), map).Evaluate(_content.Planes, gradient);
        Assert.All(Enumerable.Range(0, gradient.Length).Where(i => i % Width > 16), i => Assert.Equal(0, gradient[i]));
        Assert.Contains(Enumerable.Range(0, gradient.Length).Where(i => i % Width < 12), i => gradient[i] != 0);
    }

    [Fact]
    public void A_constant_strength_is_a_smaller_weight_of_the_style()
    {
        RegionMap map = RegionMap.Divide(Height, Width, [], [0, 1], [.. Enumerable.Repeat(0.25f, Height * Width)]);
        using GatysEngine engine = new(GatysOptions.Gatys, _weights, _compute), weaker = new(GatysOptions.Gatys with { StyleWeight = 0.25 * GatysOptions.Gatys.StyleWeight }, _weights, _compute);
        float[] point = SmallVgg.Picture(Height, Width, seed: 9), expected = new float[point.Length], actual = new float[point.Length];

        double value = weaker.CreateObjective(_content, Grams(weaker)).Evaluate(point, expected);

        Assert.Equal(value, engine.CreateObjective(_content, Grams(engine), map).Evaluate(point, actual), value * 1e-4);
        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 1e-3);
    }

    [Fact]
    public void Layers_for_which_a_region_or_a_painting_is_too_small_are_left_out_for_it_alone()
    {
        float[] spot = [.. Enumerable.Range(0, Height * Width).Select(i => i % Width < 5 && i / Width < 5 ? 1f : 0)];       // 25 pixels: relu3_1 has 16, relu4_1 64
        RegionMap map = RegionMap.Divide(Height, Width, [new("spot", spot, [0])], [1]);
        using var engine = new GatysEngine(GatysOptions.Gatys with { TotalVariationWeight = 0 }, _weights, _compute);
        GatysObjective objective = engine.CreateObjective(_content, Grams(engine), map);
        objective.Evaluate(_content.Planes, new float[_content.Planes.Length]);
        Assert.Equal(
            ["content relu4_2", "style relu1_1 in spot", "style relu1_1 in the rest", "style relu2_1 in spot", "style relu2_1 in the rest",
                "style relu3_1 in spot", "style relu3_1 in the rest", "style relu4_1 in the rest", "style relu5_1 in the rest"],
            objective.Terms.Keys.Order());

        float[] alpha = [.. Enumerable.Range(0, 40 * 33).Select(i => i < 100 ? 1f : 0)];
        Assert.Equal(["relu1_1", "relu2_1", "relu3_1", "relu4_1"],
            engine.Read(new Picture(40, 33, _wave.Planes, alpha)).Moments.Keys.Order().Select(tap => tap.ToString()));
    }

    private Region[] Regions() => [new("left", _left, [0]), new("right", MaskPictures.Not(_left), [1])];

    private WeightedGrams[] Grams(GatysEngine engine) => [new(engine.Read(_wave), 1), new(engine.Read(_night), 2)];

    private float[] Paint(RegionMap? map)
    {
        using var engine = new GatysEngine(GatysOptions.Gatys with { Iterations = 8 }, _weights, _compute);
        float[] best = [];
        engine.Run(_content, Grams(engine), _content.Planes, step => best = [.. step.Best], TestContext.Current.CancellationToken, map);
        return best;
    }

    private static Picture PictureOf(int height, int width, int seed) => new(width, height, SmallVgg.Picture(height, width, seed));
}
