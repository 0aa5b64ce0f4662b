using System.Text.Json;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Transforms;

namespace Pastiche.Tests.Cli.Texture;

public sealed class TextureCommandTests
{
    [Fact]
    public void Without_options_the_request_has_the_records_defaults()
    {
        using var stage = new TextureStage();

        Assert.Equal(0, stage.Texture());

        TextureRequest request = stage.Request!;
        Assert.Equal(
            new TextureRequest { Styles = request.Styles, Universal = request.Universal, Gatys = request.Gatys }, request);
        Assert.Equal(UniversalOptions.Texture, request.Universal);
        Assert.Equal(GatysOptions.Texture, request.Gatys);
        StyleSource style = Assert.Single(request.Styles);
        Assert.Equal((stage.InFolder("wave.jpg"), 1), (style.Name, style.Weight));
    }

    [Fact]
    public void Every_option_reaches_the_request()
    {
        using var stage = new TextureStage();

        Assert.Equal(0, stage.Run(
            "texture", "@wave.jpg:2", "@night.jpg:0.5", "-o", "@out.jpg", "--size", "640x480", "--style-size", "200", "--seamless", "--passes", "4",
            "--alpha", "0.9", "--levels", "4,2:0.5", "--transform", "ot", "--seed", "-7", "--model", "net.pth", "--threads", "3"));

        TextureRequest request = stage.Request!;
        Assert.Equal([2, 0.5], request.Styles.Select(style => style.Weight));
        Assert.Equal((640, 480, 200, true, 4), (request.Width, request.Height, request.StyleSize, request.IsSeamless, request.Passes));
        Assert.Equal([new UniversalLevel(4), new(2, 0.5)], request.Universal.Levels);
        Assert.Equal((0.9, TransformKind.OptimalTransport), (request.Universal.Alpha, request.Universal.Transform));
        Assert.Equal((-7, "net.pth", 3), (request.Seed, request.Model, request.Threads));
        Assert.Equal((640, 480), stage.CheckedSize);

        Assert.Equal(0, stage.Texture(
            "--engine", "gatys", "--iterations", "12", "--tv-weight", "3", "--style-layers", "relu2_1", "--pooling", "average", "--optimizer", "adam",
            "--learning-rate", "0.1", "--history", "5", "--size", "300"));
        Assert.Equal(EngineKind.Gatys, stage.Request!.Engine);
        Assert.Equal((300, 300), (stage.Request!.Width, stage.Request!.Height));
        Assert.Equal(["relu2_1"], stage.Request!.Gatys.StyleLayers);
        Assert.Equal(
            GatysOptions.Texture with
            {
                Iterations = 12,
                TotalVariationWeight = 3,
                StyleLayers = stage.Request!.Gatys.StyleLayers,
                Pooling = PoolingKind.Average,
                Optimizer = OptimizerKind.Adam,
                LearningRate = 0.1,
                History = 5,
            },
            stage.Request!.Gatys);
    }

    [Fact]
    public void Writes_the_texture_prints_its_path_and_tells_of_levels()
    {
        using var stage = new TextureStage();

        Assert.Equal(0, stage.Texture("--levels", "2,1", "--passes", "2"));

        Assert.Equal("4", stage.Content("out.png"));
        Assert.Equal(["out.png"], stage.Written);
        Assert.Equal(stage.InFolder("out.png"), stage.Output.ToString().Trim());
        Assert.Equal(["model: compact (built in)", "level 1/4", "level 2/4", "level 3/4", "level 4/4"], stage.ErrorLines);
    }

    [Fact]
    public void Quiet_prints_nothing()
    {
        using var stage = new TextureStage();

        Assert.Equal(0, stage.Texture("--quiet"));

        Assert.Empty(stage.Output.ToString());
        Assert.Empty(stage.Error.ToString());
        Assert.Equal(["out.png"], stage.Written);
    }

    [Theory]
    [InlineData("universal --passes 2 --levels 2,1:0.5", 4)]
    [InlineData("gatys --iterations 5", 5)]
    public void Snapshots_and_trace_are_written_as_for_a_repainting(string words, int steps)
    {
        using var stage = new TextureStage();

        Assert.Equal(0, stage.Texture(["@night.jpg:2", "--seamless", "--size", "64x48", "--seed", "7", "--save-every", "2", "--trace", "@trace.json", "--engine", .. words.Split(' ')]));

        Assert.Equal(["out-0002.png", "out-0004.png", "out.png", "trace.json"], stage.Written);
        Assert.Equal("4", stage.Content("out-0004.png"));
        using var document = JsonDocument.Parse(stage.Content("trace.json"));
        JsonElement trace = document.RootElement, settings = trace.GetProperty("settings");
        bool isUniversal = words.StartsWith("universal", StringComparison.Ordinal);
        Assert.Equal(["pastiche", "texture"], trace.GetProperty("commandLine").EnumerateArray().Take(2).Select(word => word.GetString()));
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("content").ValueKind);
        Assert.Equal([1.0, 2], trace.GetProperty("styles").EnumerateArray().Select(style => style.GetProperty("weight").GetDouble()));
        Assert.Equal(stage.InFolder("out.png"), trace.GetProperty("result").GetProperty("file").GetString());
        Assert.Equal(steps, trace.GetProperty("evaluations").GetArrayLength());
        Assert.Equal((64, 48, 64, 7), (Number("width"), Number("height"), Number("styleSize"), Number("seed")));
        Assert.True(settings.GetProperty("isSeamless").GetBoolean());
        Assert.Equal(isUniversal ? JsonValueKind.Object : JsonValueKind.Null, settings.GetProperty("universal").ValueKind);
        Assert.Equal(isUniversal ? JsonValueKind.Number : JsonValueKind.Null, settings.GetProperty("passes").ValueKind);
        Assert.Equal(isUniversal ? JsonValueKind.Null : JsonValueKind.Object, settings.GetProperty("gatys").ValueKind);

        int Number(string name) => settings.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("--trace @out.png", "--trace would write '@out.png', which is the result")]
    [InlineData("--trace @wave.jpg", "--trace would write '@wave.jpg', which is a painting")]
    [InlineData("--save-every 3 --trace @out-0003.png", "--trace would write '@out-0003.png', which is a snapshot")]
    [InlineData("--save-every 0", "--save-every '0' is not a whole number from 1 to 1000000")]
    public void Records_do_not_overwrite_other_files(string words, string problem)
    {
        using var stage = new TextureStage();

        Assert.Equal(2, stage.Texture(words.Split(' ')));

        Assert.Equal("pastiche: " + problem.Replace("@", stage.Folder + Path.DirectorySeparatorChar), Assert.Single(stage.ErrorLines));
        Assert.Empty(stage.Written);
    }

    [Fact]
    public void Levels_that_were_left_out_are_told()
    {
        using var stage = new TextureStage { LeftOut = 3 };

        Assert.Equal(0, stage.Texture());

        Assert.Equal("pastiche: 3 of 15 levels were left out: a picture is too small for them", stage.ErrorLines[^1]);
    }

    [Theory]
    [InlineData(2, "level", "universal", "stopped after 2 of 15 levels")]
    [InlineData(3, "iteration", "gatys", "stopped after 3 of 300 iterations")]
    public void Interruption_keeps_what_was_reached(int after, string step, string engine, string note)
    {
        using var stage = new TextureStage { InterruptAfter = after };

        Assert.Equal(130, stage.Texture("--engine", engine));

        Assert.Equal("pastiche: " + note, stage.ErrorLines[^1]);
        Assert.StartsWith($"{step} {after}/", stage.ErrorLines[^2]);
        Assert.Equal($"{after}", stage.Content("out.png"));
        Assert.Equal(stage.InFolder("out.png"), stage.Output.ToString().Trim());
    }

    [Fact]
    public void Interruption_before_the_first_step_writes_nothing()
    {
        using var stage = new TextureStage { InterruptAfter = 0 };

        Assert.Equal(130, stage.Texture());

        Assert.Equal("pastiche: stopped before the first level; nothing was written", Assert.Single(stage.ErrorLines));
        Assert.Empty(stage.Written);
        Assert.Empty(stage.Output.ToString());
    }

    [Theory]
    [InlineData("--size 0", "--size '0' is no WIDTHxHEIGHT; each is a whole number from 16 to 16384")]
    [InlineData("--size 640x", "--size '640x' is no WIDTHxHEIGHT; each is a whole number from 16 to 16384")]
    [InlineData("--passes 0", "--passes '0' is not a whole number from 1 to 100")]
    [InlineData("--alpha 1.5", "--alpha '1.5' is not a number from 0 to 1")]
    [InlineData("--engine oil", "--engine 'oil' is none of gatys, universal")]
    [InlineData("--iterations 5", "--iterations belongs to --engine gatys, not to --engine universal")]
    [InlineData("--engine gatys --passes 2", "--passes belongs to --engine universal, not to --engine gatys")]
    [InlineData("--seamles", "unknown option '--seamles'; did you mean --seamless?")]
    [InlineData("--content-weight 3", "unknown option '--content-weight'")]
    [InlineData("@none.jpg", "'@none.jpg' does not exist")]
    [InlineData("@night.jpg:0", "STYLE '@night.jpg' has the weight 0, which is not a positive number")]
    [InlineData("-o @wave.jpg", "--output would write '@wave.jpg', which is a painting")]
    [InlineData("-o @out.xyz", "'@out.xyz' has an unknown extension")]
    public void Bad_input_is_one_line_exit_2_and_nothing_done(string words, string problem)
    {
        using var stage = new TextureStage();
        string[] output = words.StartsWith("-o", StringComparison.Ordinal) ? [] : ["-o", "@out.png"];

        Assert.Equal(2, stage.Run(["texture", "@wave.jpg", .. output, .. words.Split(' ')]));

        Assert.Equal("pastiche: " + problem.Replace("@", stage.Folder + Path.DirectorySeparatorChar), Assert.Single(stage.ErrorLines));
        Assert.Null(stage.Request);
        Assert.Empty(stage.Written);
        Assert.Equal("wave.jpg", stage.Content("wave.jpg"));
    }

    [Fact]
    public void What_is_missing_is_told_together()
    {
        using var stage = new TextureStage();

        Assert.Equal(2, stage.Run("texture"));

        Assert.Equal(["pastiche: no painting; give STYLE", "pastiche: no file for the result; give -o OUT"], stage.ErrorLines);
    }

    [Fact]
    public void Help_tells_ranges_and_defaults_of_the_records()
    {
        using var stage = new TextureStage();

        Assert.Equal(0, stage.Run("texture", "--help"));

        string page = string.Join(' ', stage.Output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Range 16 to 16384, default 512x512.", page);
        Assert.Contains("How often to go through all levels. Range 1 to 100, default 3.", page);
        Assert.Contains("Strength of the style, of all levels together. Range 0 to 1, default 1.", page);
        Assert.Contains("Evaluations of loss and gradient to spend, over all sizes. Range 1 to 1000000, default 300.", page);
        Assert.Contains("--seamless", page);
        Assert.All(stage.Output.ToString().Split('\n'), line => Assert.True(line.Length <= 112, line));
    }
}
