using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests;

public sealed class TextureValidationTests
{
    private static readonly Picture Painting = new(40, 30, SmallVgg.Picture(30, 40));
    private static readonly TextureRequest Valid = new() { Styles = [new StyleSource(Painting, Name: "wave.jpg")] };

    [Fact]
    public void A_valid_request_has_no_problems()
    {
        Assert.Empty(TextureValidation.Problems(Valid));
        Assert.Empty(TextureValidation.Problems(Valid with { Engine = EngineKind.Gatys }));
        Assert.Empty(TextureValidation.Problems(Valid with { IsSeamless = true, Width = 48, Height = 512 }));
        Assert.Empty(TextureValidation.FitProblems(Valid with { Width = 16, Height = 70 }, SmallDecoders.Random()));
    }

    [Fact]
    public void Every_problem_names_the_thing_the_value_and_what_is_allowed()
    {
        Check("styles is missing", Valid with { Styles = null! });
        Check("styles is empty; at least one is needed", Valid with { Styles = [] });
        Check("a style is missing its picture", Valid with { Styles = [new StyleSource(null!)] });
        Check("universal is missing", Valid with { Universal = null! });
        Check("levels is missing", Valid with { Universal = new UniversalOptions { Levels = null! } });
        Check("gatys is missing", Valid with { Engine = EngineKind.Gatys, Gatys = null! });
        Check("width is 15; allowed: 16 to 16384", Valid with { Width = 15 });
        Check("height is 20000; allowed: 16 to 16384", Valid with { Height = 20000 });
        Check("passes is 0; allowed: 1 to 100", Valid with { Passes = 0 });
        Check("alpha is 2; allowed: 0 to 1", Valid with { Universal = new UniversalOptions { Alpha = 2 } });
        Check("level is 6; allowed: 1 to 5", Valid with { Universal = new UniversalOptions { Levels = [new(6)] } });
        Check("weight of style 'wave.jpg' is -1; allowed: above 0, to 1000000000000", Valid with { Styles = [new StyleSource(Painting, -1, "wave.jpg")] });
        Check("style '1' is 15 x 40 pixels; allowed: at least 16 on each side", Valid with { Styles = [new StyleSource(new Picture(15, 40, new float[3 * 15 * 40]))] });
        Check("style does not count: style weight must be positive, with layers", Valid with { Engine = EngineKind.Gatys, Gatys = GatysOptions.Texture with { StyleWeight = 0 } });
    }

    [Fact]
    public void Seamless_sides_hold_whole_features_of_the_deepest_level_or_layer()
    {
        TextureRequest seamless = Valid with { IsSeamless = true };
        Check("width is 500; a seamless texture with level 5 needs a multiple of 16: 496 or 512", seamless with { Width = 500 });
        Check("height is 500; a seamless texture with layer relu5_1 needs a multiple of 16: 496 or 512", seamless with { Engine = EngineKind.Gatys, Height = 500 });
        Check("height is 502; a seamless texture with level 4 needs a multiple of 8: 496 or 504", seamless with { Height = 502, Universal = new UniversalOptions { Levels = [new(2), new(4)] } });
        Assert.Equal(2, TextureValidation.Problems(seamless with { Width = 33, Height = 513 }).Count);
        Assert.Empty(TextureValidation.Problems(seamless with { Width = 500, Height = 508, Universal = new UniversalOptions { Levels = [new(3)] } }));
        Assert.Empty(TextureValidation.Problems(seamless with { Engine = EngineKind.Gatys, Width = 500, Gatys = GatysOptions.Texture with { StyleLayers = ["relu3_1", "relu1_1"] } }));
        // Level 5 is left out below 32 pixels.
        Assert.Empty(TextureValidation.Problems(seamless with { Width = 24, Height = 40 }));
    }

    [Fact]
    public void Model_and_sizes_must_fit()
    {
        Assert.StartsWith("the model has no decoders", Assert.Single(TextureValidation.FitProblems(Valid, SmallVgg.Random())));
        TextureRequest optimised = Valid with { Engine = EngineKind.Gatys, StyleSize = 16 };
        Assert.Equal(
            "style 'wave.jpg' is 16 x 12 pixels at the size asked for; layer relu5_1 needs at least 16 on each side: choose a larger size or earlier layers",
            Assert.Single(TextureValidation.FitProblems(optimised, SmallVgg.Random())));
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        TextureRequest request = Valid with { Width = 1, Passes = 1000, Universal = new UniversalOptions { Alpha = -1 }, Model = "none-such" };
        var exception = Assert.Throws<InvalidInputException>(() => TextureSynthesizer.Run(request, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(4, exception.Problems.Count);
        Assert.Contains("model none-such was not found", exception.Problems[^1]);
    }

    private static void Check(string expected, TextureRequest request) =>
        Assert.Equal(expected, Assert.Single(TextureValidation.Problems(request)));
}
