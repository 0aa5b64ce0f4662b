using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Settings;
using Pastiche.Transforms;

namespace Pastiche.Tests.Settings;

public sealed class StyleSettingsTests
{
    /// <summary>Every setting with a value that is not the default.</summary>
    public static TheoryData<string, string> Values => new()
    {
        { "engine", "universal" }, { "size", "300" }, { "style-size", "200" }, { "colors", "palette:autumn.jpg" }, { "init", "noise" }, { "seed", "-4" }, { "model", "compact" },
        { "style-weight", "1e3" }, { "style-loss", "gram" }, { "content-weight", "2.5" }, { "tv-weight", ".5" }, { "style-layers", "relu1_1, conv2_2" },
        { "style-layer-weights", "4, 0.5" }, { "style-falloff", "2" }, { "content-layers", "relu3_3" }, { "pooling", "average" }, { "margin", "7" }, { "raw-features", "true" }, { "iterations", "11" }, { "scales", "2" },
        { "optimizer", "adam" }, { "learning-rate", "1e-6" }, { "history", "5" },
        { "alpha", "0.30000000000000004" }, { "levels", "4:0.8,2" }, { "detail", "0.3" }, { "transform", "ot" },
    };

    private static StyleTransferRequest Defaults { get; } = new() { Content = null!, Styles = [] };

    [Fact]
    public void Every_setting_of_the_table_is_tested() =>
        Assert.Equal(SettingTable.All.Where(setting => setting.ShorthandFor is null).Select(setting => setting.Key).Order(), Values.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_setting_is_reached_by_its_key_and_comes_back(string key, string value)
    {
        StyleSettings settings = StyleSettings.Empty.Set(key, value);
        StyleTransferRequest request = settings.ApplyTo(Defaults);

        Assert.NotEqual(Defaults, request);
        EngineKind engine = SettingTable.Find(key)!.Engine ?? request.Engine;
        Assert.Equal(settings[key], StyleSettings.Of(request with { Engine = engine })[key]);
        Assert.Equal(settings[key], StyleSettings.Empty.Set(key, settings[key]!)[key]);
        Assert.Equal(settings[key], SettingsFile.Parse(SettingsFile.Format(settings), "a.json")[key]);
        Assert.Equal(key, Assert.Single(settings.Given).Key);
    }

    [Fact]
    public void All_settings_reach_the_record_that_they_belong_to()
    {
        StyleSettings settings = Values.Aggregate(StyleSettings.Empty, (current, row) => current.Set(row.Data.Item1, row.Data.Item2));

        StyleTransferRequest request = settings.ApplyTo(Defaults);

        Assert.Equal((300, 200, InitKind.Noise), (request.Size, request.StyleSize, request.Init));
        Assert.Equal((EngineKind.Universal, -4, "compact"), (request.Engine, request.Seed, request.Model));
        Assert.Equal(["relu1_1", "conv2_2"], request.Gatys.StyleLayers);
        Assert.Equal([4, 0.5], request.Gatys.StyleLayerWeights);
        Assert.Equal(["relu3_3"], request.Gatys.ContentLayers);
        GatysOptions gatys = new()
        {
            StyleWeight = 1000,
            StyleLoss = StyleLossKind.Gram,
            ContentWeight = 2.5,
            TotalVariationWeight = 0.5,
            StyleLayers = request.Gatys.StyleLayers,
            StyleLayerWeights = request.Gatys.StyleLayerWeights,
            StyleFalloff = 2,
            ContentLayers = request.Gatys.ContentLayers,
            Pooling = PoolingKind.Average,
            Margin = 7,
            RawFeatures = true,
            Iterations = 11,
            Scales = 2,
            Optimizer = OptimizerKind.Adam,
            LearningRate = 1e-6,
            History = 5,
        };
        Assert.Equal(gatys, request.Gatys);
        Assert.Equal([new(4, 0.8), new(2)], request.Universal.Levels);
        Assert.Equal((0.1 + 0.2, TransformKind.OptimalTransport), (request.Universal.Alpha, request.Universal.Transform));
    }

    [Fact]
    public void Settings_of_a_request_are_those_of_its_engine_and_give_it_back()
    {
        StyleTransferRequest optimised = Defaults with { Gatys = GatysOptions.Slides, StyleSize = 77 };
        StyleTransferRequest universal = Defaults with { Engine = EngineKind.Universal, Universal = new() { Alpha = 1.0 / 3 } };

        Assert.DoesNotContain("alpha", StyleSettings.Of(optimised).Given.Select(setting => setting.Key));
        Assert.DoesNotContain("style-weight", StyleSettings.Of(universal).Given.Select(setting => setting.Key));
        StyleTransferRequest again = StyleSettings.Of(optimised).ApplyTo(Defaults);
        Assert.Equal(optimised.Gatys.StyleLayers, again.Gatys.StyleLayers);
        Assert.Equal(optimised, again with { Gatys = again.Gatys with { StyleLayers = optimised.Gatys.StyleLayers, StyleLayerWeights = optimised.Gatys.StyleLayerWeights, ContentLayers = optimised.Gatys.ContentLayers } });
        Assert.Equal(1.0 / 3, StyleSettings.Of(universal).ApplyTo(Defaults).Universal.Alpha);
    }

    [Fact]
    public void A_picture_to_start_from_is_no_setting() =>
        Assert.Null(StyleSettings.Of(Defaults with { Init = InitKind.Picture })["init"]);

    [Fact]
    public void Textures_take_the_settings_that_they_have()
    {
        StyleSettings settings = StyleSettings.Empty
            .Set("engine", "gatys").Set("style-size", "99").Set("seed", "3").Set("model", "mine").Set("history", "4").Set("alpha", "0.5");

        TextureRequest request = settings.ApplyTo(new TextureRequest { Styles = [] });

        Assert.Equal((EngineKind.Gatys, 99, 3, "mine"), (request.Engine, request.StyleSize, request.Seed, request.Model));
        Assert.Equal((4, 0.5), (request.Gatys.History, request.Universal.Alpha));
        Assert.Null(StyleSettings.Empty.Set("seed", "3").ApplyTo(new TextureRequest { Styles = [] }).StyleSize);
    }

    [Fact]
    public void Upper_settings_win_where_they_say_something()
    {
        StyleSettings lower = StyleSettings.Empty.Set("size", "100").Set("seed", "1"), upper = StyleSettings.Empty.Set("size", "200");

        StyleSettings both = upper.Over(lower);

        Assert.Equal(("200", "1"), (both["size"], both["seed"]));
        Assert.Equal(("100", "200"), (lower["size"], upper["size"]));
        Assert.Null(both.Without("seed")["seed"]);
    }

    [Theory]
    [InlineData("style-weight", "x", "--vary style-weight 'x' is not a number from 0 to 1e12")]
    [InlineData("size", "12", "--vary size '12' is not a whole number from 16 to 16384")]
    [InlineData("optimizer", "sgd", "--vary optimizer 'sgd' is none of lbfgs, adam")]
    [InlineData("raw-features", "yes", "--vary raw-features 'yes' is neither true nor false")]
    [InlineData("style-layers", "", "--vary style-layers names no layer")]
    [InlineData("style-layers", "relu9_9", "--vary style-layers 'relu9_9' is unknown; allowed: conv1_1 to conv5_4 (before the ReLU) and relu1_1 to relu5_4 (after it)")]
    [InlineData("style-layer-weights", "1,-1", "--vary style-layer-weights '-1' is not a number from 0 to 1e12")]
    [InlineData("style-layer-weights", "1,x", "--vary style-layer-weights 'x' is not a number from 0 to 1e12")]
    [InlineData("levels", "6", "--vary levels '6' is no LEVEL or LEVEL:ALPHA; LEVEL is a whole number from 1 to 5, ALPHA a number from 0 to 1")]
    [InlineData("model", " ", "--vary model ' ' names no file")]
    public void Bad_value_is_one_line_with_what_is_allowed(string key, string value, string problem) =>
        Assert.Equal(problem, Assert.Throws<InvalidInputException>(() => StyleSettings.Empty.Set(key, value, "--vary")).Message);

    [Fact]
    public void A_word_for_another_setting_is_kept_as_that_one_and_the_last_given_counts()
    {
        StyleSettings draft = StyleSettings.Empty.Set("iterations", "7").Set("quality", "draft");

        Assert.Equal("iterations=100", draft.ToString());
        Assert.Equal("iterations=7", draft.Set("iterations", "7").ToString());
        Assert.Equal("iterations=1000", StyleSettings.Empty.Set("quality", "best").Over(draft).ToString());
        Assert.Equal(100, draft.ApplyTo(Defaults).Gatys.Iterations);
        Assert.Equal(
            "--vary quality 'fast' is none of draft, good, best",
            Assert.Throws<InvalidInputException>(() => draft.Set("quality", "fast", "--vary")).Message);
    }

    [Fact]
    public void Unknown_setting_is_told_which_there_are() => Assert.StartsWith(
        "style-wieght is no setting; allowed: engine, size, style-size, ",
        Assert.Throws<InvalidInputException>(() => StyleSettings.Empty.Set("style-wieght", "1")).Message);
}
