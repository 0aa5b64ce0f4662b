using Pastiche.Colours;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Settings;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Settings;

public sealed class RecipeTests
{
    private static readonly Picture Grey = TestImages.Smooth(20, 20);

    private static readonly StyleTransferRequest Request = new()
    {
        Content = Grey,
        Styles = [new StyleSource(Grey, 2, Path.Combine("home", "me", "wave.jpg")), new StyleSource(Grey)],
        Engine = EngineKind.Universal,
        Universal = new UniversalOptions { Alpha = 1.0 / 3 },
        Seed = 9,
    };

    private static readonly StyleResult Result =
        new(Grey, [], true, new RunRecord("1.2.3", "Vector512", 2, "compact", "00ff", TimeSpan.FromSeconds(1))) { Iterations = 5 };

    [Fact]
    public void It_tells_settings_paintings_model_and_version_and_no_folder()
    {
        Recipe recipe = Recipe.Of(Request, Result, Path.Combine("secret", "start.png"));

        Assert.Equal(("1.2.3", "compact", "00ff"), (recipe.Version, recipe.Model, recipe.ModelSha256));
        Assert.Equal([new RecipeStyle("wave.jpg", 2), new RecipeStyle(null, 1)], recipe.Styles);
        Assert.Equal(("universal", "9", "compact"), (recipe.Settings["engine"], recipe.Settings["seed"], recipe.Settings["model"]));
        Assert.Equal(("start.png", (int?)null), (recipe.InitFile, recipe.StoppedAfter));
        Assert.DoesNotContain("home", recipe.ToJson());
        Assert.DoesNotContain("secret", recipe.ToJson());
        Assert.Equal(2, Recipe.Of(Request, Result with { Completed = false, Iterations = 2 }).StoppedAfter);
        Assert.Equal("net.safetensors", Recipe.Of(Request with { Model = Path.Combine("a", "net.safetensors") }, Result).Settings["model"]);
    }

    [Fact]
    public void Masks_are_told_and_palettes_have_no_folder()
    {
        StyleTransferRequest request = Request with
        {
            Regions = [new StyleRegion(Grey, Request.Styles, Path.Combine("home", "me", "map.png#ff0000")), new StyleRegion(Grey, Request.Styles)],
            Styles = [Request.Styles[0] with { Mask = Grey }],
            Strength = Grey,
            Colours = ColourMode.Parse("palette:" + Path.Combine("home", "me", "autumn.jpg"))!,
        };

        var recipe = Recipe.Parse(Recipe.Of(request, Result).ToJson(), "a.png");

        Assert.Equal(["region map.png#ff0000", "region 2", "part of wave.jpg", "strength"], recipe.Masks);
        Assert.Equal("palette:autumn.jpg", recipe.Settings["colors"]);
        Assert.Empty(Recipe.Parse(Recipe.Of(Request, Result).ToJson(), "a.png").Masks);
    }

    [Fact]
    public void It_comes_back_from_json_to_the_bit()
    {
        Recipe recipe = Recipe.Of(Request, Result, "start.png");

        Recipe again = Recipe.Parse(recipe.ToJson(), "a.png");

        Assert.Equal(recipe.Styles, again.Styles);
        Assert.Equal((recipe.Version, recipe.Model, recipe.ModelSha256, recipe.InitFile), (again.Version, again.Model, again.ModelSha256, again.InitFile));
        Assert.Equal(1.0 / 3, again.Settings.ApplyTo(Request with { Universal = new() }).Universal.Alpha);
        Assert.Equal(recipe.ToJson(), again.ToJson());
    }

    [Theory]
    [InlineData("{}", "a.png does not tell how it was made: ")]
    [InlineData("holiday", "a.png does not tell how it was made: ")]
    [InlineData("null", "a.png does not tell how it was made: it is null")]
    [InlineData("""{"pastiche":"9","model":"m","model-sha256":"0","styles":[],"later":1,"settings":{"size":3}}""", "a.png: size '3' is not a whole number")]
    [InlineData("""{"pastiche":"9","model":"m","model-sha256":"0","styles":[],"settings":{"hue":3}}""", "a.png: hue is no setting; allowed: ")]
    public void What_does_not_tell_is_named(string json, string problem) =>
        Assert.StartsWith(problem, Assert.Throws<InvalidInputException>(() => Recipe.Parse(json, "a.png")).Message);
}
