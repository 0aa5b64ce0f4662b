using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Regions;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Networks;
using Pastiche.Tests.Regions;

namespace Pastiche.Tests.Engines;

public sealed class StyleLayerWeightsTests : IDisposable
{
    private const int Height = 34, Width = 47;

    private readonly NetworkCompute _compute = new(threads: 2);
    private readonly NetworkWeights _weights = SmallVgg.Random();
    private readonly Picture _content = new(Width, Height, SmallVgg.Picture(Height, Width)), _style = new(40, 33, SmallVgg.Picture(33, 40, seed: 5));

    public void Dispose() => _compute.Dispose();

    [Theory]
    [InlineData(4, new double[] { 256, 64, 16, 4, 1 })]
    [InlineData(0.5, new double[] { 1, 2, 4, 8, 16 })]
    [InlineData(1, new double[] { 1, 1, 1, 1, 1 })]
    public void Falloff_weighs_each_block_as_many_times_as_the_next(double falloff, double[] weights)
    {
        GatysOptions byBlock = GatysOptions.Gatys with { StyleFalloff = falloff }, one = byBlock with { StyleFalloff = 1, StyleLayerWeights = weights };
        Assert.Equal(GatysTaps.StyleWeights(one), GatysTaps.StyleWeights(byBlock));

        GatysOptions sameBlock = byBlock with { StyleLayers = ["relu3_1", "conv3_4"], StyleLayerWeights = [1, 3] };
        Assert.Equal([0.5 * byBlock.StyleWeight, 1.5 * byBlock.StyleWeight], GatysTaps.StyleWeights(sameBlock).Values);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    [InlineData(1e12, false)]
    [InlineData(1e-300, true)]
    public void Equal_weights_give_what_none_give_to_the_bit(double weight, bool hasRegions)
    {
        GatysOptions options = GatysOptions.Gatys with { StyleWeight = 0.7, Iterations = 4 };
        Assert.Equal(Paint(options, hasRegions), Paint(options with { StyleLayerWeights = [.. Enumerable.Repeat(weight, 5)] }, hasRegions));
        Assert.NotEqual(Paint(options, hasRegions), Paint(options with { StyleLayerWeights = [weight, weight, weight, weight, 0] }, hasRegions));
    }

    [Theory]
    [InlineData(StyleLossKind.Gram, false)]
    [InlineData(StyleLossKind.Gram, true)]
    [InlineData(StyleLossKind.Wasserstein, false)]
    [InlineData(StyleLossKind.Wasserstein, true)]
    public void A_layers_loss_is_its_weight_over_the_mean_times_the_plain_one(StyleLossKind styleLoss, bool hasRegions)
    {
        GatysOptions options = GatysOptions.Gatys with { StyleLoss = styleLoss, StyleFalloff = 1 };
        double[] factors = [10.0 / 4, 5.0 / 4, 3.0 / 4, 0, 2.0 / 4];

        IReadOnlyDictionary<string, double> plain = Terms(options), weighted = Terms(options with { StyleLayerWeights = [10, 5, 3, 0, 2] });

        foreach ((string name, double loss) in plain)
        {
            int layer = options.StyleLayers.ToList().FindIndex(layer => name.StartsWith($"style {layer}", StringComparison.Ordinal));
            double factor = layer < 0 ? 1 : factors[layer];
            Assert.Equal(loss * factor, weighted.GetValueOrDefault(name), loss * 1e-9);
        }
        Assert.DoesNotContain(weighted.Keys, name => name.Contains("relu4_1"));

        IReadOnlyDictionary<string, double> Terms(GatysOptions options)
        {
            using var engine = new GatysEngine(options, _weights, _compute);
            GatysObjective objective = Objective(engine, hasRegions);
            objective.Evaluate(SmallVgg.Picture(Height, Width, seed: 9), new float[3 * Height * Width]);
            return objective.Terms;
        }
    }

    [Theory]
    [InlineData(StyleLossKind.Gram, false)]
    [InlineData(StyleLossKind.Gram, true)]
    [InlineData(StyleLossKind.Wasserstein, false)]
    [InlineData(StyleLossKind.Wasserstein, true)]
    public void Gradient_agrees_with_differences(StyleLossKind styleLoss, bool hasRegions)
    {
        using var engine = new GatysEngine(GatysOptions.Gatys with { StyleLoss = styleLoss, StyleLayerWeights = [1, 4, 16, 0, 64] }, _weights, _compute);
        GatysObjective objective = Objective(engine, hasRegions);
        float[] point = SmallVgg.Picture(Height, Width, seed: 9), gradient = new float[point.Length];

        double value = objective.Evaluate(point, gradient);

        Assert.Equal(value, objective.Terms.Values.Sum(), value * 1e-12);
        FiniteDifferences.Check(planes => objective.Evaluate(planes, new float[planes.Length]), point, gradient, 2e-6, 0.02);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_weight_of_0_leaves_the_layer_out_and_asks_for_no_tap(bool hasRegions)
    {
        // Of 2,2,0 the mean is 4/3: the two that are left count 3/2 as much each.
        GatysOptions zero = GatysOptions.Gatys with { StyleWeight = 2, StyleLayers = ["relu1_1", "relu2_1", "relu5_1"], StyleLayerWeights = [2, 2, 0], Iterations = 4 };
        GatysOptions without = zero with { StyleWeight = 3, StyleLayers = ["relu1_1", "relu2_1"], StyleLayerWeights = [] };

        Assert.Equal(GatysTaps.All(without), GatysTaps.All(zero));
        Assert.Equal(Paint(without, hasRegions), Paint(zero, hasRegions));
    }

    private float[] Paint(GatysOptions options, bool hasRegions)
    {
        using var engine = new GatysEngine(options, _weights, _compute);
        float[] best = [];
        engine.Run(_content, Styles(engine), _content.Planes, step => best = [.. step.Best], CancellationToken.None, Map(hasRegions));
        return best;
    }

    private GatysObjective Objective(GatysEngine engine, bool hasRegions) => engine.CreateObjective(_content, Styles(engine), Map(hasRegions));

    private WeightedGrams[] Styles(GatysEngine engine) => [new(engine.Read(_style), 1), new(engine.Read(_content), 1)];

    private static RegionMap? Map(bool hasRegions) =>
        hasRegions ? RegionMap.Divide(Height, Width, [new("left", MaskPictures.Left(Width, Height, 25, 4), [0])], [1]) : null;
}
