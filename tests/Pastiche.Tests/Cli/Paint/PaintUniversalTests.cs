using System.Text.Json;
using Pastiche.Engines;
using Pastiche.Transforms;

namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintUniversalTests
{
    [Fact]
    public void Defaults_are_those_of_the_record()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--engine", "universal"));

        StyleTransferRequest request = stage.Request!;
        var expected = new UniversalOptions();
        Assert.Equal(EngineKind.Universal, request.Engine);
        Assert.Equal(expected.Levels, request.Universal.Levels);
        Assert.Equal((expected.Alpha, expected.Transform), (request.Universal.Alpha, request.Universal.Transform));
    }

    [Fact]
    public void Every_option_reaches_the_engine()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--engine", "universal", "--alpha", "0.25", "--levels", "4, 2:0.5", "--levels", "1", "--transform", "ot"));

        UniversalOptions options = stage.Request!.Universal;
        Assert.Equal([new UniversalLevel(4), new(2, 0.5), new(1)], options.Levels);
        Assert.Equal((0.25, TransformKind.OptimalTransport), (options.Alpha, options.Transform));
    }

    [Theory]
    [InlineData("--alpha", "1.5", "--alpha '1.5' is not a number from 0 to 1")]
    [InlineData("--transform", "style", "--transform 'style' is none of wct, adain, ot")]
    [InlineData("--levels", "6", "--levels '6' is no LEVEL or LEVEL:ALPHA; LEVEL is a whole number from 1 to 5, ALPHA a number from 0 to 1")]
    [InlineData("--levels", "3:2", "--levels '3:2' is no LEVEL or LEVEL:ALPHA; LEVEL is a whole number from 1 to 5, ALPHA a number from 0 to 1")]
    [InlineData("--levels", "3:", "--levels '3:' is no LEVEL or LEVEL:ALPHA; LEVEL is a whole number from 1 to 5, ALPHA a number from 0 to 1")]
    [InlineData("--levels", ",", "--levels names no level")]
    [InlineData("--style-weight", "3", "--style-weight belongs to --engine gatys, not to --engine universal")]
    [InlineData("--preset", "slides", "--preset slides is for --engine gatys, not for --engine universal")]
    [InlineData("--raw-features", "true", "--raw-features belongs to --engine gatys, not to --engine universal")]
    public void Bad_value_is_one_line_exit_2_and_nothing_done(string option, string value, string problem)
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint("--engine", "universal", option, value));

        Assert.Equal("pastiche: " + problem, Assert.Single(stage.ErrorLines));
        Assert.Null(stage.Request);
    }

    [Fact]
    public void Engines_must_be_known_and_optimisation_has_no_levels()
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint("--engine", "oil"));
        Assert.Equal(2, stage.Paint("--levels", "3"));

        Assert.Equal(
            ["pastiche: --engine 'oil' is none of gatys, universal", "pastiche: --levels belongs to --engine universal, not to --engine gatys"],
            stage.ErrorLines);
    }

    [Fact]
    public void Levels_are_counted_and_can_be_saved()
    {
        using var stage = new PaintStage { DefaultModel = "compact" };

        Assert.Equal(0, stage.Paint("--engine", "universal", "--levels", "3,2,1", "--save-every", "2"));

        Assert.Equal(["model: compact (built in)", "level 1/3", "level 2/3  0.5 s left", "level 3/3  0.0 s left"], stage.ErrorLines);
        Assert.Equal(["out-0002.png", "out.png"], stage.Written);
    }

    [Fact]
    public void Interruption_keeps_the_levels_that_were_reached()
    {
        using var stage = new PaintStage { InterruptAfter = 2 };

        Assert.Equal(130, stage.Paint("--engine", "universal"));

        Assert.Equal("pastiche: stopped after 2 of 5 levels", stage.ErrorLines[^1]);
        Assert.Equal("2", stage.Content("out.png"));
    }

    [Fact]
    public void Trace_has_the_settings_of_the_engine_that_ran()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--engine", "universal", "--levels", "2:0.5,1", "--transform", "adain", "--trace", "@trace.json"));

        using var trace = JsonDocument.Parse(stage.Content("trace.json"));
        JsonElement settings = trace.RootElement.GetProperty("settings"), universal = settings.GetProperty("universal");
        Assert.Equal("universal", settings.GetProperty("engine").GetString());
        Assert.Equal(JsonValueKind.Null, settings.GetProperty("gatys").ValueKind);
        Assert.Equal(JsonValueKind.Null, settings.GetProperty("preset").ValueKind);
        Assert.Equal("adaIN", universal.GetProperty("transform").GetString());
        Assert.Equal((2, 0.5), (universal.GetProperty("levels")[0].GetProperty("level").GetInt32(), universal.GetProperty("levels")[0].GetProperty("alpha").GetDouble()));
        JsonElement[] steps = [.. trace.RootElement.GetProperty("evaluations").EnumerateArray()];
        Assert.Equal(2, steps.Length);
        Assert.Equal(JsonValueKind.Null, steps[0].GetProperty("loss").ValueKind);
    }
}
