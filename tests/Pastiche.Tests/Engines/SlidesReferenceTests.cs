using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Engines;

/// <summary>The classic slide-deck model against PyTorch: its losses and the gradient of its total.</summary>
public sealed class SlidesReferenceTests
{
    private const string File = "seed_loss_and_gradient.safetensors";

    [Theory]
    [InlineData("content", 16)]
    [InlineData("content", 8)]
    [InlineData("content", 4)]
    [InlineData("noise", 16)]
    [InlineData("noise", 8)]
    [InlineData("noise", 4)]
    public void Losses_and_gradient_equal_those_of_PyTorch(string start, int lanes)
    {
        NetworkWeights weights = SharedVgg.Weights;
        IReadOnlyDictionary<string, float[]> reference = SharedVgg.Reference(File);
        Picture content = SharedVgg.Picture("kodim04_96.png"), style = SharedVgg.Picture("starry_night_96.png");
        float[] planes = start == "noise" ? reference["noise"] : content.Planes, gradient = new float[planes.Length];
        using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
        using var engine = new GatysEngine(GatysOptions.Slides, weights, compute);
        GatysObjective objective = engine.CreateObjective(content, [new WeightedGrams(engine.Read(style), 1)]);

        objective.Evaluate(planes, gradient);

        double contentLoss = objective.Terms.Where(term => term.Key.StartsWith("content", StringComparison.Ordinal)).Sum(term => term.Value);
        double styleLoss = objective.Terms.Where(term => term.Key.StartsWith("style", StringComparison.Ordinal)).Sum(term => term.Value);
        double expectedContent = SharedVgg.Number(File, $"content_loss_from_{start}");
        double expectedStyle = 10_000 * SharedVgg.Number(File, $"style_loss_from_{start}");
        double cosine = ScalarReference.Cosine(reference[$"grad_from_{start}"], gradient);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{lanes} lanes: content {contentLoss / Math.Max(expectedContent, 1) - 1:e2} style {styleLoss / expectedStyle - 1:e2} cosine {cosine:f7}");
        Assert.InRange(contentLoss, expectedContent * (1 - 1e-4), expectedContent * (1 + 1e-4) + 1e-6);
        Assert.InRange(styleLoss, expectedStyle * (1 - 1e-4), expectedStyle * (1 + 1e-4));
        Assert.InRange(cosine, 0.9999, 1 + 1e-6);
        Assert.InRange(ScalarReference.RelativeError(reference[$"grad_from_{start}"], gradient), 0, 1e-2);
    }

    [Fact]
    public void The_preset_is_the_classic_model()
    {
        GatysOptions slides = GatysOptions.Slides;
        Assert.Equal(["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2"], slides.StyleLayers);
        Assert.Equal(["conv3_3", "conv3_4"], slides.ContentLayers);
        Assert.Equal((1.0, 10_000.0, 300), (slides.ContentWeight, slides.StyleWeight, slides.Iterations));
        Assert.Equal((0.0, 0), (slides.TotalVariationWeight, slides.Margin));
        Assert.True(slides.RawFeatures);
        Assert.Equal(OptimizerKind.Lbfgs, slides.Optimizer);
    }
}
