using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Tests.Networks;
using Pastiche.Transforms;

namespace Pastiche.Tests;

public sealed class RequestValidationTests
{
    private static readonly Picture Photo = new(40, 30, SmallVgg.Picture(30, 40));
    private static readonly StyleTransferRequest Valid = new() { Content = Photo, Styles = [new StyleSource(Photo, Name: "wave.jpg")] };

    [Fact]
    public void A_valid_request_has_no_problems()
    {
        Assert.Empty(RequestValidation.Problems(Valid));
        Assert.Empty(RequestValidation.Problems(Valid with { Gatys = GatysOptions.Slides }));
        Assert.Empty(RequestValidation.FitProblems(Valid with { Size = 64 }, SmallVgg.Random()));
    }

    [Fact]
    public void Every_range_names_the_thing_the_value_and_what_is_allowed()
    {
        Check("style weight is -1; allowed: 0 to 1000000000000", Valid with { Gatys = new GatysOptions { StyleWeight = -1 } });
        Check("content weight is NaN; allowed: 0 to 1000000000000", Valid with { Gatys = new GatysOptions { ContentWeight = double.NaN } });
        Check("iterations is 0; allowed: 1 to 1000000", Valid with { Gatys = new GatysOptions { Iterations = 0 } });
        Check("margin is 257; allowed: 0 to 256", Valid with { Gatys = new GatysOptions { Margin = 257 } });
        Check("size is 15; allowed: 16 to 16384", Valid with { Size = 15 });
        Check("threads is 0; allowed: 1 to 1024", Valid with { Threads = 0 });
        Check("optimizer is 7; allowed: Lbfgs, Adam", Valid with { Gatys = new GatysOptions { Optimizer = (OptimizerKind)7 } });
        Check("weight of style 'wave.jpg' is 0; allowed: above 0, to 1000000000000", Valid with { Styles = [new StyleSource(Photo, 0, "wave.jpg")] });
        Check("weight of style '1' is Infinity; allowed: above 0, to 1000000000000", Valid with { Styles = [new StyleSource(Photo, double.PositiveInfinity)] });
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Check("content is missing", Valid with { Content = null! });
        Check("styles is missing", Valid with { Styles = null! });
        Check("styles is empty; at least one is needed", Valid with { Styles = [] });
        Check("a style is missing its picture", Valid with { Styles = [new StyleSource(null!)] });
        Check("gatys is missing", Valid with { Gatys = null! });
        Check("style layers is missing", Valid with { Gatys = new GatysOptions { StyleLayers = null! } });
        Check("style layer weights is missing", Valid with { Gatys = new GatysOptions { StyleLayerWeights = null! } });
        Check("init is a picture but none is given; set InitPicture", Valid with { Init = InitKind.Picture });
    }

    [Fact]
    public void Layers_must_exist_once_and_something_must_count()
    {
        Assert.StartsWith(
            "style layer 'relu9_9' is unknown; allowed: conv1_1 to conv5_4",
            Assert.Single(RequestValidation.Problems(Valid with { Gatys = new GatysOptions { StyleLayers = ["relu9_9"] } })));
        Check("content layer 'relu4_2' is named more than once", Valid with { Gatys = new GatysOptions { ContentLayers = ["relu4_2", "relu4_2"] } });
        Assert.StartsWith(
            "neither style nor content counts",
            Assert.Single(RequestValidation.Problems(Valid with { Gatys = new GatysOptions { StyleWeight = 0, ContentLayers = [], TotalVariationWeight = 1 } })));
    }

    [Theory]
    [InlineData("1,2", 1.0, 2.0)]
    [InlineData("0,0,0,0,0", 0.0, 0.0, 0.0, 0.0, 0.0)]
    [InlineData("1,1,1,1,-1", 1.0, 1.0, 1.0, 1.0, -1.0)]
    [InlineData("1,1,1,1,NaN", 1.0, 1.0, 1.0, 1.0, double.NaN)]
    [InlineData("1,1,1,1,1100000000000", 1.0, 1.0, 1.0, 1.0, 1.1e12)]
    public void Weights_of_style_layers_are_as_many_in_range_and_not_all_0(string named, params double[] weights) => Check(
        $"style layer weights are {named}; allowed: none, or a number from 0 to 1000000000000 for each of the 5 style layers, not all 0",
        Valid with { Gatys = new GatysOptions { StyleLayerWeights = weights } });

    [Fact]
    public void Pictures_must_be_large_enough_and_finite()
    {
        Check("content is 15 x 40 pixels; allowed: at least 16 on each side", Valid with { Content = new Picture(15, 40, new float[3 * 15 * 40]) });
        float[] planes = [.. Photo.Planes];
        planes[77] = float.NaN;
        Check("content has values that are not finite; allowed: 0 to 1", Valid with { Content = new Picture(40, 30, planes) });
        Check("init has values that are not finite; allowed: 0 to 1", Valid with { Init = InitKind.Picture, InitPicture = new Picture(40, 30, planes) });
    }

    [Fact]
    public void Sizes_must_fit_the_layers_the_model_and_the_memory()
    {
        NetworkWeights weights = SmallVgg.Random();
        var narrow = Valid with { Content = new Picture(640, 16, new float[3 * 640 * 16]), Size = 128 };
        Assert.Equal(
            "content is 128 x 3 pixels at the size asked for; layer relu5_1 needs at least 16 on each side: choose a larger size or earlier layers",
            Assert.Single(RequestValidation.FitProblems(narrow, weights)));
        Assert.Equal(
            "layer relu5_1 is not in the model, whose last convolution is conv3_1",
            Assert.Single(RequestValidation.FitProblems(Valid, SmallVgg.Random(depth: 5))));
        var shallow = new GatysOptions { StyleLayerWeights = [1, 1, 1, 0, 0], ContentLayers = ["relu3_1"] };
        Assert.Empty(RequestValidation.FitProblems(Valid with { Gatys = shallow }, SmallVgg.Random(depth: 5)));
        // Content that shallow keeps the picture whole: four maps of 64 channels at 16384 x 12288 are 200 GB.
        var huge = Valid with { Size = 16384, StyleSize = 64, Gatys = new GatysOptions { ContentLayers = ["relu1_1"] } };
        string problem = Assert.Single(RequestValidation.FitProblems(huge, SmallVgg.Random(channels: [64, 8, 8, 8, 8])));
        Assert.StartsWith("content at 16384 x 12288 pixels needs about", problem);
    }

    [Fact]
    public void Memory_of_the_universal_engine_is_that_of_strips()
    {
        NetworkWeights weights = SmallDecoders.Random();
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        // A pixel of the picture costs 60 bytes and more; the square that needs twice what this machine has, if it may be that large.
        int side = (int)Math.Sqrt(2 * available / 60);
        Assert.SkipWhen(side > 100_000, "the machine is too large for the test");
        StyleTransferRequest request = Valid with { Engine = EngineKind.Universal };

        var fit = new EngineFit(RequestValidation.EngineOf(request), weights);

        Assert.Empty(fit.SizeProblems("content", side / 8, side / 8));
        Assert.StartsWith($"content at {side} x {side} pixels needs about", Assert.Single(fit.SizeProblems("content", side, side)));
    }

    [Fact]
    public void The_engine_decides_which_options_count()
    {
        StyleTransferRequest universal = Valid with { Engine = EngineKind.Universal, Gatys = new GatysOptions { StyleWeight = -1 } };
        Assert.Empty(RequestValidation.Problems(universal));
        Assert.Empty(RequestValidation.Problems(Valid with { Universal = new UniversalOptions { Alpha = 2 } }));
        Check("engine is 9; allowed: Gatys, Universal", Valid with { Engine = (EngineKind)9 });
        Check("universal is missing", universal with { Universal = null! });
        Check("levels is missing", universal with { Universal = new UniversalOptions { Levels = null! } });
        Check("a level is missing", universal with { Universal = new UniversalOptions { Levels = [null!] } });
        Check("levels is empty; at least one is needed", universal with { Universal = new UniversalOptions { Levels = [] } });
        Check("alpha is 2; allowed: 0 to 1", universal with { Universal = new UniversalOptions { Alpha = 2 } });
        Check("alpha is NaN; allowed: 0 to 1", universal with { Universal = new UniversalOptions { Alpha = double.NaN } });
        Check("level is 6; allowed: 1 to 5", universal with { Universal = new UniversalOptions { Levels = [new(6)] } });
        Check("alpha is -1; allowed: 0 to 1", universal with { Universal = new UniversalOptions { Levels = [new(5, -1)] } });
        Check("transform is 7; allowed: WhiteningColouring, AdaIN, OptimalTransport", universal with { Universal = new UniversalOptions { Transform = (TransformKind)7 } });
    }

    [Fact]
    public void Universal_engine_must_find_a_level_that_fits()
    {
        NetworkWeights weights = SmallDecoders.Random();
        StyleTransferRequest request = Valid with { Engine = EngineKind.Universal, Size = 16 };
        Assert.Empty(RequestValidation.FitProblems(request, weights));
        Assert.Equal(
            ["content is 16 x 12 pixels at the size asked for; level 4 needs at least 16 on each side: choose a larger size or lower levels",
                "style 'wave.jpg' is 16 x 12 pixels at the size asked for; level 4 needs at least 16 on each side: choose a larger size or lower levels"],
            RequestValidation.FitProblems(request with { Universal = new UniversalOptions { Levels = [new(5), new(4)] } }, weights));
        Assert.StartsWith("the model has no decoders", Assert.Single(RequestValidation.FitProblems(request, SmallVgg.Random())));
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        var request = Valid with { Size = 1, StyleSize = 99999, Gatys = new GatysOptions { StyleWeight = -1, StyleLayers = ["a", "b"] }, Model = "none-such" };
        var exception = Assert.Throws<InvalidInputException>(() => Stylizer.Run(request, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(6, exception.Problems.Count);
        Assert.Contains("model none-such was not found", exception.Problems[^1]);
    }

    private static void Check(string expected, StyleTransferRequest request) =>
        Assert.Equal(expected, Assert.Single(RequestValidation.Problems(request)));
}
