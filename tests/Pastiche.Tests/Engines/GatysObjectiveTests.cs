using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Engines;

public sealed class GatysObjectiveTests
{
    private const int Height = 34, Width = 47;

    private static readonly Picture Content = new(Width, Height, SmallVgg.Picture(Height, Width));
    private static readonly Picture Style = new(40, 33, SmallVgg.Picture(33, 40, seed: 5));

    public static TheoryData<string, bool, int> Cases()
    {
        var data = new TheoryData<string, bool, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach (string preset in GatysOptions.Presets.Keys)
            {
                data.Add(preset, false, lanes);
                data.Add(preset, true, lanes);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_of_the_whole_function_agrees_with_its_differences(string preset, bool isAverage, int lanes)
    {
        GatysOptions options = GatysOptions.Presets[preset] with
        {
            TotalVariationWeight = 3,
            Pooling = isAverage ? PoolingKind.Average : PoolingKind.Max,
        };
        using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
        using var engine = new GatysEngine(options, Weights(compute), compute);
        GatysObjective objective = engine.CreateObjective(Content, [new WeightedGrams(engine.Read(Style), 1)]);
        float[] point = SmallVgg.Picture(Height, Width, seed: 9), gradient = new float[point.Length];

        double value = objective.Evaluate(point, gradient);

        Assert.Equal(value, objective.Terms.Values.Sum(), value * 1e-12);
        // Steps are as small as float allows: ReLU and max pooling have kinks everywhere.
        FiniteDifferences.Check(planes => objective.Evaluate(planes, new float[planes.Length]), point, gradient, 2e-6, 0.02);
    }

    [Theory]
    [InlineData("gatys", StyleLossKind.Gram, false)]
    [InlineData("gatys", StyleLossKind.Wasserstein, true)]
    [InlineData("slides", StyleLossKind.Gram, false)]
    public void A_picture_in_strips_has_the_function_of_the_whole_one(string preset, StyleLossKind styleLoss, bool isReflected)
    {
        const int Rows = 133;
        GatysOptions options = GatysOptions.Presets[preset] with { StyleLoss = styleLoss };
        NetworkWeights weights = SmallVgg.Random() with { Padding = isReflected ? PaddingKind.Reflection : PaddingKind.Zero };
        // A painting with a transparent part is read by weights.
        float[] alpha = [.. Enumerable.Range(0, Rows * 40).Select(i => i % 40 < 20 ? 1f : 0.25f)];
        Picture content = new(Width, Rows, SmallVgg.Picture(Rows, Width)), painting = new(40, Rows, SmallVgg.Picture(Rows, 40, seed: 5));
        Picture partly = new(40, Rows, SmallVgg.Picture(Rows, 40, seed: 6), alpha);
        float[] point = SmallVgg.Picture(Rows, Width, seed: 9), expected = new float[point.Length], actual = new float[point.Length];
        using var compute = new NetworkCompute(threads: 2);

        (double whole, var wholeTerms) = Evaluate(null, expected);
        (double cut, var cutTerms) = Evaluate(1, actual);

        Assert.Equal(whole, cut, whole * 1e-5);
        Assert.All(wholeTerms, term => Assert.Equal(term.Value, cutTerms[term.Key], whole * 1e-5));
        // Roots of covariances magnify the rounding of sums.
        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, styleLoss == StyleLossKind.Wasserstein ? 1e-3 : 1e-4);

        (double, IReadOnlyDictionary<string, double>) Evaluate(int? stripPixels, float[] gradient)
        {
            using var engine = new GatysEngine(options, weights, compute, stripPixels: stripPixels);
            GatysObjective objective = engine.CreateObjective(
                content, [new WeightedGrams(engine.Read(painting), 1), new WeightedGrams(engine.Read(partly), 1)]);
            return (objective.Evaluate(point, gradient), objective.Terms);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_with_Wasserstein_losses_agrees_with_its_differences(bool isRaw)
    {
        GatysOptions options = GatysOptions.Gatys with { StyleLoss = StyleLossKind.Wasserstein, RawFeatures = isRaw };
        using var compute = new NetworkCompute(threads: 2);
        using var engine = new GatysEngine(options, Weights(compute), compute);
        GatysObjective objective = engine.CreateObjective(Content, [new WeightedGrams(engine.Read(Style), 1), new WeightedGrams(engine.Read(Content), 2)]);
        float[] point = SmallVgg.Picture(Height, Width, seed: 9), gradient = new float[point.Length];

        double value = objective.Evaluate(point, gradient);

        Assert.Equal(value, objective.Terms.Values.Sum(), value * 1e-12);
        FiniteDifferences.Check(planes => objective.Evaluate(planes, new float[planes.Length]), point, gradient, 2e-5, 0.03);
    }

    [Fact]
    public void A_network_padded_by_reflection_gets_no_margin()
    {
        using var compute = new NetworkCompute(threads: 2);
        NetworkWeights zero = Weights(compute), reflection = zero with { Padding = PaddingKind.Reflection };
        float[] without = Paint(reflection, margin: 0);

        Assert.Equal(without, Paint(reflection, margin: 6));
        Assert.NotEqual(Paint(zero, margin: 0), Paint(zero, margin: 6));

        float[] Paint(NetworkWeights weights, int margin)
        {
            using var engine = new GatysEngine(GatysOptions.Gatys with { Margin = margin, Iterations = 3 }, weights, compute);
            float[] best = [];
            engine.Run(Content, [new WeightedGrams(engine.Read(Style), 1)], Content.Planes, step => best = [.. step.Best], CancellationToken.None);
            return best;
        }
    }

    [Fact]
    public void Content_loss_is_zero_at_the_content_and_style_losses_at_the_style()
    {
        using var compute = new NetworkCompute(threads: 2);
        using var engine = new GatysEngine(GatysOptions.Gram with { TotalVariationWeight = 0 }, Weights(compute), compute);
        var gradient = new float[Content.Planes.Length];
        GatysObjective objective = engine.CreateObjective(Content, [new WeightedGrams(engine.Read(Content), 1)]);

        Assert.Equal(0, objective.Evaluate(Content.Planes, gradient));
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_weight_means_the_same_whatever_the_scale_of_the_network()
    {
        using var compute = new NetworkCompute(threads: 2);
        NetworkWeights weights = SmallVgg.Random();
        // Every second layer three times as strong: a different network with the same features at the common scale.
        NetworkWeights louder = weights with
        {
            Convolutions = [.. weights.Convolutions.Select((layer, i) => layer with
            {
                Kernel = [.. layer.Kernel.Select(value => value * (i % 2 == 0 ? 3 : 1 / 3f))],
                Bias = [.. layer.Bias.Select(value => value * (i % 2 == 0 ? 3 : 1))],
            })],
        };
        double[] values = [.. new[] { weights, louder }.Select(network =>
        {
            var means = CommonScale.Measure(network, [(Style.Planes, Style.Height, Style.Width)], compute);
            using var engine = new GatysEngine(GatysOptions.Gatys, CommonScale.Apply(network, means), compute);
            GatysObjective objective = engine.CreateObjective(Content, [new WeightedGrams(engine.Read(Style), 1)]);
            return objective.Evaluate(SmallVgg.Picture(Height, Width, seed: 9), new float[Content.Planes.Length]);
        })];
        Assert.Equal(values[0], values[1], values[0] * 1e-4);
    }

    [Fact]
    public void The_best_planes_are_those_of_the_smallest_loss_reported()
    {
        using var compute = new NetworkCompute(threads: 2);
        GatysOptions options = GatysOptions.Gatys with { Optimizer = OptimizerKind.Adam, LearningRate = 0.3, Iterations = 12, Margin = 0 };
        using var engine = new GatysEngine(options, Weights(compute), compute);
        WeightedGrams[] styles = [new WeightedGrams(engine.Read(Style), 1)];
        double smallest = double.PositiveInfinity;
        float[] best = [];
        engine.Run(Content, styles, Content.Planes, step =>
        {
            smallest = Math.Min(smallest, step.Loss);
            best = [.. step.Best];
        }, CancellationToken.None);

        double again = engine.CreateObjective(Content, styles).Evaluate(best, new float[best.Length]);
        Assert.Equal(smallest, again, smallest * 1e-6);
        Assert.All(best, value => Assert.InRange(value, 0f, 1f));
    }

    [Fact]
    public void A_loss_without_weight_is_not_computed()
    {
        using var compute = new NetworkCompute(threads: 2);
        using var engine = new GatysEngine(GatysOptions.Gatys with { StyleWeight = 0, TotalVariationWeight = 1 }, Weights(compute), compute);
        GatysObjective objective = engine.CreateObjective(Content, [new WeightedGrams(engine.Read(Style), 1)]);
        objective.Evaluate(SmallVgg.Picture(Height, Width, seed: 9), new float[Content.Planes.Length]);
        Assert.Equal(["content relu4_2", "total variation"], objective.Terms.Keys);
    }

    [Fact]
    public void A_loss_that_is_never_finite_is_a_failure_and_no_black_picture()
    {
        using var compute = new NetworkCompute(threads: 2);
        NetworkWeights weights = SmallVgg.Random();
        NetworkWeights overflowing = weights with
        {
            Convolutions = [.. weights.Convolutions.Select(layer => layer with { Kernel = [.. layer.Kernel.Select(value => value * 1e10f)] })],
        };
        using var engine = new GatysEngine(GatysOptions.Gatys with { Iterations = 3 }, overflowing, compute);
        var exception = Assert.Throws<InvalidOperationException>(
            () => engine.Run(Content, [new WeightedGrams(engine.Read(Style), 1)], Content.Planes, _ => { }, CancellationToken.None));
        Assert.Contains("not a finite number", exception.Message);
    }

    [Theory]
    [InlineData(false, StyleLossKind.Gram)]
    [InlineData(true, StyleLossKind.Gram)]
    [InlineData(true, StyleLossKind.Wasserstein)]
    public void Seamless_objective_moves_with_the_picture(bool isReflected, StyleLossKind styleLoss)
    {
        PaddingKind padding = isReflected ? PaddingKind.Reflection : PaddingKind.Zero;
        const int Height = 48, Width = 64, Down = 32, Right = 16;
        using var compute = new NetworkCompute(threads: 2);
        GatysOptions options = GatysOptions.Texture with { StyleLoss = styleLoss };
        using var engine = new GatysEngine(options, Weights(compute) with { Padding = padding }, compute, isSeamless: true);
        using var plain = new GatysEngine(options, Weights(compute) with { Padding = padding }, compute);
        float[] start = SmallVgg.Picture(Height, Width, seed: 9), moved = Torus.Roll(start, Height, Width, Down, Right);
        var canvas = new Picture(Width, Height, start);
        WeightedGrams[] styles = [new WeightedGrams(engine.Read(Style), 1)];
        GatysObjective objective = engine.CreateObjective(canvas, styles);
        float[] gradient = new float[start.Length], movedGradient = new float[start.Length];

        double value = objective.Evaluate(start, gradient), movedValue = objective.Evaluate(moved, movedGradient);

        Assert.Equal(value, movedValue, value * 1e-5);
        // A ReLU next to zero may switch: a few values of many.
        Assert.InRange(ScalarReference.RelativeError(Torus.Roll(gradient, Height, Width, Down, Right), movedGradient), 0, 1e-2);
        FiniteDifferences.Check(planes => objective.Evaluate(planes, new float[planes.Length]), start, gradient, 2e-6, 0.02);
        // The paintings are read alike.
        GatysObjective bordered = plain.CreateObjective(new Picture(Style.Width, Style.Height, Style.Planes), [new WeightedGrams(plain.Read(Style), 1)]);
        bordered.Evaluate(Style.Planes, new float[Style.Planes.Length]);
        double nothing = bordered.Terms.Where(term => term.Key.StartsWith("style", StringComparison.Ordinal)).Sum(term => term.Value);
        Assert.InRange(nothing, 0, value * 1e-6);
    }

    [Fact]
    public void Transparent_pixels_of_a_painting_do_not_count()
    {
        using var compute = new NetworkCompute(threads: 2);
        GatysOptions options = GatysOptions.Texture with { StyleLayers = ["relu1_1"], TotalVariationWeight = 0 };
        using var engine = new GatysEngine(options, Weights(compute), compute);
        // One column further a feature of the first layer sees nothing of them.
        float[] alpha = [.. Enumerable.Range(0, 40 * 33).Select(i => i % 40 < 24 ? 1f : 0f)];
        float[] other = [.. Style.Planes.Select((value, i) => i % 40 > 24 ? 1 - value : value)];

        Assert.Equal(ValueFor(new Picture(40, 33, Style.Planes, alpha)), ValueFor(new Picture(40, 33, other, alpha)));
        Assert.NotEqual(ValueFor(Style), ValueFor(new Picture(40, 33, Style.Planes, alpha)));
        double all = ValueFor(Style), nearlyAll = ValueFor(new Picture(40, 33, Style.Planes, [.. alpha.Select(_ => 0.5f)]));
        Assert.Equal(all, nearlyAll, all * 1e-4);

        double ValueFor(Picture style) => engine.CreateObjective(Content, [new WeightedGrams(engine.Read(style), 1)])
            .Evaluate(Content.Planes, new float[Content.Planes.Length]);
    }

    private static NetworkWeights Weights(NetworkCompute compute)
    {
        NetworkWeights weights = SmallVgg.Random();
        return CommonScale.Apply(weights, CommonScale.Measure(weights, [(Content.Planes, Height, Width)], compute));
    }
}
