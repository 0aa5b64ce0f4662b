using Pastiche.Compute;
using Pastiche.Engines;

namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintArgumentsTests
{
    [Fact]
    public void Without_options_the_request_has_the_records_defaults()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint());

        StyleTransferRequest request = stage.Request!;
        Assert.Equal(GatysOptions.Gatys, request.Gatys);
        Assert.Equal(
            new StyleTransferRequest { Content = request.Content, Styles = request.Styles }, request);
    }

    [Fact]
    public void Preset_supplies_the_defaults()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--preset", "slides"));

        AssertSame(GatysOptions.Slides, stage.Request!.Gatys);
    }

    [Fact]
    public void Options_override_the_preset_and_nothing_else_of_it()
    {
        using var stage = new PaintStage();

        // The order on the command line does not matter.
        Assert.Equal(0, stage.Paint("--style-weight", "5", "--iterations", "7", "--raw-features", "false", "--preset", "slides"));

        AssertSame(GatysOptions.Slides with { StyleWeight = 5, Iterations = 7, RawFeatures = false }, stage.Request!.Gatys);
    }

    [Fact]
    public void Every_option_reaches_the_request()
    {
        using var stage = new PaintStage();

        int exitCode = stage.Paint(
            "--size", "300", "--style-size=200", "--style-weight", "1e3", "--content-weight", "2.5", "--tv-weight", ".5",
            "--style-layers", "relu1_1, conv2_2", "--style-layers", "relu3_1", "--style-layer-weights", "256,64", "--style-layer-weights", "0", "--content-layers", "relu3_3", "--pooling", "average",
            "--raw-features", "--iterations", "11", "--optimizer", "adam", "--learning-rate", "0.1", "--history", "5",
            "--init", "noise", "--seed", "-4", "--model", "./weights.pth", "--threads", "3");

        Assert.Equal("", string.Join('|', stage.ErrorLines.Where(line => line.StartsWith("pastiche"))));
        Assert.Equal(0, exitCode);
        StyleTransferRequest request = stage.Request!;
        Assert.Equal(["relu1_1", "conv2_2", "relu3_1"], request.Gatys.StyleLayers);
        Assert.Equal([256, 64, 0], request.Gatys.StyleLayerWeights);
        Assert.Equal(["relu3_3"], request.Gatys.ContentLayers);
        Assert.Equal(
            new GatysOptions
            {
                StyleWeight = 1000,
                ContentWeight = 2.5,
                TotalVariationWeight = 0.5,
                StyleLayers = request.Gatys.StyleLayers,
                StyleLayerWeights = request.Gatys.StyleLayerWeights,
                ContentLayers = request.Gatys.ContentLayers,
                Pooling = PoolingKind.Average,
                RawFeatures = true,
                Iterations = 11,
                Optimizer = OptimizerKind.Adam,
                LearningRate = 0.1,
                History = 5,
            },
            request.Gatys);
        Assert.Equal((300, 200, InitKind.Noise), (request.Size, request.StyleSize, request.Init));
        Assert.Equal((-4, "./weights.pth", 3), (request.Seed, request.Model, request.Threads));
    }

    [Fact]
    public void Switch_does_not_swallow_the_photograph()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Run("paint", "--raw-features", "--quiet", "@photo.jpg", "--style", "@wave.jpg", "--output", "@out.png"));

        Assert.True(stage.Request!.Gatys.RawFeatures);
    }

    [Fact]
    public void Several_styles_keep_order_weights_and_names()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--style", "@night.jpg:3"));

        Assert.Equal(
            [(stage.InFolder("wave.jpg"), 1.0), (stage.InFolder("night.jpg"), 3.0)],
            stage.Request!.Styles.Select(style => (style.Name!, style.Weight)));
    }

    [Fact]
    public void Painting_whose_name_ends_like_a_weight_is_found()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no colons in file names");
        using var stage = new PaintStage();
        File.WriteAllText(stage.InFolder("study:2"), "");

        Assert.Equal(0, stage.Paint("--style", "@study:2"));

        Assert.Equal((stage.InFolder("study:2"), 1.0), (stage.Request!.Styles[1].Name!, stage.Request.Styles[1].Weight));
    }

    [Fact]
    public void Init_may_be_a_picture()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--init", "@night.jpg"));

        Assert.Equal(InitKind.Picture, stage.Request!.Init);
        Assert.NotNull(stage.Request.InitPicture);
    }

    [Theory]
    [InlineData("--size", "15", "--size '15' is not a whole number from 16 to 16384")]
    [InlineData("--size", "512.5", "--size '512.5' is not a whole number from 16 to 16384")]
    [InlineData("--size", "99999999999", "--size '99999999999' is not a whole number from 16 to 16384")]
    [InlineData("--style-size", "x", "--style-size 'x' is not a whole number from 16 to 16384")]
    [InlineData("--style-weight", "-3", "--style-weight '-3' is not a number from 0 to 1e12")]
    [InlineData("--content-weight", "NaN", "--content-weight 'NaN' is not a number from 0 to 1e12")]
    [InlineData("--tv-weight", "1e13", "--tv-weight '1e13' is not a number from 0 to 1e12")]
    [InlineData("--tv-weight", "1,5", "--tv-weight '1,5' is not a number from 0 to 1e12")]
    [InlineData("--iterations", "0", "--iterations '0' is not a whole number from 1 to 1000000")]
    [InlineData("--learning-rate", "2", "--learning-rate '2' is not a number from 1e-6 to 1")]
    [InlineData("--history", "0", "--history '0' is not a whole number from 1 to 200")]
    [InlineData("--seed", "1.5", "--seed '1.5' is not a whole number from -2147483648 to 2147483647")]
    [InlineData("--threads", "0", "--threads '0' is not a whole number from 1 to 1024")]
    [InlineData("--save-every", "0", "--save-every '0' is not a whole number from 1 to 1000000")]
    [InlineData("--optimizer", "sgd", "--optimizer 'sgd' is none of lbfgs, adam")]
    [InlineData("--pooling", "min", "--pooling 'min' is none of max, average")]
    [InlineData("--preset", "cubist", "--preset 'cubist' is none of gatys, gram, slides, oil, woodcut, watercolour, mosaic, pencil, stained-glass")]
    [InlineData("--style-layers", ",", "--style-layers names no layer")]
    [InlineData("--style-layer-weights", "1,1e13", "--style-layer-weights '1e13' is not a number from 0 to 1e12")]
    [InlineData("--init", " ", "--init ' ' names no file")]
    [InlineData("--model", "", "--model '' names no file")]
    [InlineData("--trace", "", "--trace '' names no file")]
    [InlineData("--style", "", "--style '' names no file")]
    [InlineData("--style", "@night.jpg:0", "--style '@night.jpg' has the weight 0, which is not a positive number")]
    [InlineData("--style", "@night.jpg:-0.5", "--style '@night.jpg' has the weight -0.5, which is not a positive number")]
    [InlineData("--style", "@night.jpg:inf", "'@night.jpg:inf' does not exist")]
    [InlineData("--style", "@none.jpg", "'@none.jpg' does not exist")]
    [InlineData("--layers", "a", "unknown option '--layers'; did you mean --style-layers or --content-layers?")]
    [InlineData("--styles", "a", "unknown option '--styles'; did you mean --style?")]
    public void Bad_value_is_one_line_exit_2_and_nothing_done(string option, string value, string problem)
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint(option, value));

        string expected = "pastiche: " + problem.Replace("@", stage.Folder + Path.DirectorySeparatorChar);
        Assert.Equal(expected, Assert.Single(stage.ErrorLines));
        Assert.Null(stage.Request);
        Assert.Empty(stage.Written);
        Assert.Empty(stage.Output.ToString());
    }

    [Fact]
    public void Missing_arguments_are_all_named()
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Run("paint"));

        Assert.Equal(
            ["pastiche: no photograph; give CONTENT", "pastiche: no painting; give --style FILE", "pastiche: no file for the result; give -o OUT"],
            stage.ErrorLines);
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        using var stage = new PaintStage();

        int exitCode = stage.Run(
            "paint", "@none.jpg", "--style", "@missing.jpg", "--style", "@wave.jpg:-1", "-o", "@out.xyz", "--size", "3",
            "--style-weight", "-1", "--init", "@absent.png", "--trace", "@nowhere/trace.json");

        Assert.Equal(2, exitCode);
        string[] fragments = ["none.jpg", "missing.jpg", "the weight -1", "out.xyz", "--size", "--style-weight", "absent.png", "--trace"];
        Assert.Equal(fragments.Length, stage.ErrorLines.Length);
        Assert.All(fragments, fragment => Assert.Single(stage.ErrorLines, line => line.Contains(fragment)));
        Assert.All(stage.ErrorLines, line => Assert.StartsWith("pastiche: ", line));
        Assert.Null(stage.Request);
        Assert.Empty(stage.Written);
    }

    // Records compare their lists by identity.
    private static void AssertSame(GatysOptions expected, GatysOptions actual)
    {
        Assert.Equal(expected.StyleLayers, actual.StyleLayers);
        Assert.Equal(expected.StyleLayerWeights, actual.StyleLayerWeights);
        Assert.Equal(expected.ContentLayers, actual.ContentLayers);
        Assert.Equal(expected, actual with { StyleLayers = expected.StyleLayers, StyleLayerWeights = expected.StyleLayerWeights, ContentLayers = expected.ContentLayers });
    }
}
