using System.Runtime.InteropServices;
using System.Text.Json;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintTraceTests
{
    [Fact]
    public void Trace_tells_all_that_is_needed_to_repeat_and_to_understand_a_run()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint(
            "--style", "@night.jpg:3", "--preset", "slides", "--iterations", "2", "--pooling", "average", "--seed", "7", "--trace", "@trace.json"));

        JsonElement trace = Read(stage);
        Assert.Equal("pastiche", trace.GetProperty("commandLine")[0].GetString());
        Assert.Contains("--preset", trace.GetProperty("commandLine").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(stage.InFolder("photo.jpg"), trace.GetProperty("content").GetString());
        Assert.Equal(
            [(stage.InFolder("wave.jpg"), 1.0), (stage.InFolder("night.jpg"), 3.0)],
            trace.GetProperty("styles").EnumerateArray().Select(style => (style.GetProperty("file").GetString()!, style.GetProperty("weight").GetDouble())));

        JsonElement result = trace.GetProperty("result");
        Assert.Equal(stage.InFolder("out.png"), result.GetProperty("file").GetString());
        Assert.Equal((2, 1), (result.GetProperty("width").GetInt32(), result.GetProperty("height").GetInt32()));
        Assert.True(result.GetProperty("completed").GetBoolean());
        Assert.Equal(4.5, result.GetProperty("elapsedSeconds").GetDouble());

        JsonElement settings = trace.GetProperty("settings");
        Assert.Equal("slides", settings.GetProperty("preset").GetString());
        Assert.Equal((512, 512), (settings.GetProperty("size").GetInt32(), settings.GetProperty("styleSize").GetInt32()));
        Assert.Equal(("content", 7), (settings.GetProperty("init").GetString(), settings.GetProperty("seed").GetInt32()));

        JsonElement environment = trace.GetProperty("environment");
        Assert.Equal("1.2.3", environment.GetProperty("pastiche").GetString());
        Assert.Equal(RuntimeInformation.FrameworkDescription, environment.GetProperty("dotNet").GetString());
        Assert.Equal(RuntimeInformation.OSDescription, environment.GetProperty("operatingSystem").GetString());
        Assert.Equal(("Vector512", 2), (environment.GetProperty("instructionSet").GetString(), environment.GetProperty("threads").GetInt32()));
        Assert.Equal(("vgg19", "00ff"), (environment.GetProperty("model").GetString(), environment.GetProperty("modelSha256").GetString()));
    }

    [Fact]
    public void Trace_has_every_engine_setting_as_it_was_in_effect()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--preset", "slides", "--optimizer", "adam", "--style-weight", "0.1", "--trace", "@trace.json"));

        JsonElement gatys = Read(stage).GetProperty("settings").GetProperty("gatys");
        IEnumerable<string> expected = typeof(GatysOptions)
            .GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.Equal(expected, gatys.EnumerateObject().Select(property => property.Name));
        Assert.Equal("adam", gatys.GetProperty("optimizer").GetString());
        Assert.Equal("max", gatys.GetProperty("pooling").GetString());
        Assert.Equal(0.1, gatys.GetProperty("styleWeight").GetDouble());
        Assert.True(gatys.GetProperty("rawFeatures").GetBoolean());
        Assert.Equal(["conv3_3", "conv3_4"], gatys.GetProperty("contentLayers").EnumerateArray().Select(layer => layer.GetString()));
    }

    [Fact]
    public void Trace_has_every_evaluation_with_its_terms()
    {
        using var stage = new PaintStage { InterruptAfter = 3 };

        Assert.Equal(130, stage.Paint("--trace", "@trace.json"));

        JsonElement trace = Read(stage);
        Assert.False(trace.GetProperty("result").GetProperty("completed").GetBoolean());
        JsonElement[] evaluations = [.. trace.GetProperty("evaluations").EnumerateArray()];
        Assert.Equal([1000.0, 500.0, 250.0], evaluations.Select(evaluation => evaluation.GetProperty("loss").GetDouble()));
        Assert.Equal([1, 2, 3], evaluations.Select(evaluation => evaluation.GetProperty("iteration").GetInt32()));
        Assert.Equal(375.0, evaluations[1].GetProperty("terms").GetProperty("style relu1_1").GetDouble());
        Assert.Equal(125.0, evaluations[1].GetProperty("terms").GetProperty("content relu4_2").GetDouble());
    }

    [Fact]
    public void Loss_that_diverged_is_still_json()
    {
        using var stage = new PaintStage
        {
            Engine = (_, progress, _) =>
            {
                var picture = new Picture(1, 1, new float[3]);
                progress!.Report(new StyleProgress(
                    1, 1, double.NaN, new Dictionary<string, double> { ["style"] = double.PositiveInfinity }, TimeSpan.Zero, null, () => picture));
                return new StyleResult(picture, [double.NaN], true, new RunRecord("", "", 1, "", "", TimeSpan.Zero));
            },
        };

        Assert.Equal(0, stage.Paint("--trace", "@trace.json"));

        Assert.Equal("NaN", Read(stage).GetProperty("evaluations")[0].GetProperty("loss").GetString());
    }

    private static JsonElement Read(PaintStage stage) => JsonDocument.Parse(stage.Content("trace.json")).RootElement;
}
