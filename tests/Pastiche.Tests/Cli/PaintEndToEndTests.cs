using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Cli;

/// <summary>The real program paints, with a small random network.</summary>
public sealed class PaintEndToEndTests : IDisposable
{
    private const double OneStepOf8Bits = 1 / 255.0;

    private readonly ProgramStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("gatys", "lbfgs")]
    [InlineData("gatys", "adam")]
    [InlineData("slides", "lbfgs")]
    [InlineData("slides", "adam")]
    public void Result_has_the_photographs_shape_and_less_loss(string preset, string optimizer)
    {
        Assert.Equal(0, Paint("out.png", "--preset", preset, "--optimizer", optimizer, "--iterations", "12", "--trace", "@trace.json"));

        Assert.Equal(["out.png", "trace.json"], _stage.Written);
        Assert.Equal(_stage.InFolder("out.png"), _stage.Output.ToString().Trim());
        Picture result = _stage.Picture("out.png");
        Assert.Equal((64, 48), (result.Width, result.Height));
        Assert.True(TestImages.Rms(Photograph(), result) > 5 * OneStepOf8Bits, "the photograph is hardly changed");
        double[] losses = _stage.Losses("trace.json");
        Assert.Equal(12, losses.Length);
        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(losses[^1] < 0.9 * losses[0], $"the loss went from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void Same_seed_gives_the_same_file_and_another_seed_another()
    {
        foreach ((string name, string seed) in (IEnumerable<(string, string)>)[("a.png", "5"), ("b.png", "5"), ("c.png", "6")])
            Assert.Equal(0, Paint(name, "--init", "noise", "--seed", seed, "--iterations", "6"));

        Assert.Equal(_stage.Bytes("a.png"), _stage.Bytes("b.png"));
        Assert.True(TestImages.Rms(_stage.Picture("a.png"), _stage.Picture("c.png")) > 10 * OneStepOf8Bits);
    }

    [Fact]
    public void Painting_with_hardly_any_share_changes_hardly_anything()
    {
        Assert.Equal(0, Paint("alone.png", "--iterations", "6"));
        Assert.Equal(0, Paint("hardly.png", "--iterations", "6", "--style", "@night.png:0.000001"));
        Assert.Equal(0, Paint("mixed.png", "--iterations", "6", "--style", "@night.png"));

        Picture alone = _stage.Picture("alone.png");
        Assert.InRange(TestImages.Rms(alone, _stage.Picture("hardly.png")), 0, OneStepOf8Bits);
        Assert.True(TestImages.Rms(alone, _stage.Picture("mixed.png")) > 2 * OneStepOf8Bits);
    }

    [Fact]
    public void Model_without_mean_activations_is_measured()
    {
        NetworkWeights weights = ModelFile.Read(_stage.InFolder("net.safetensors"));
        ModelFile.Write(weights with { MeanActivations = null }, _stage.InFolder("bare.safetensors"));

        Assert.Equal(0, Paint("out.png", "--iterations", "3"));
        Assert.Equal(0, _stage.Run(
            ["paint", "@photo.png", "--style", "@wave.png", "-o", "@measured.png", "--model", "@bare.safetensors", "--size", "64", "--threads", "2", "--iterations", "3"],
            TestContext.Current.CancellationToken));

        Assert.Equal(_stage.Picture("out.png").Planes, _stage.Picture("measured.png").Planes);
    }

    [Fact]
    public void Transparency_of_the_photograph_survives()
    {
        PictureFile.Write(TestImages.Smooth(96, 72, hasAlpha: true), _stage.InFolder("photo.png"));

        Assert.Equal(0, Paint("out.png", "--iterations", "3"));

        float[] expected = Photograph().Alpha!;
        Assert.True(expected.Min() < 0.3f && expected.Max() > 0.9f);
        TestImages.AssertClose(expected, _stage.Picture("out.png").Alpha!, OneStepOf8Bits);
    }

    [Fact]
    public void Picture_to_start_from_is_where_it_starts()
    {
        Assert.Equal(0, Paint("out.png", "--init", "@night.png", "--iterations", "1"));

        TestImages.AssertClose(
            Resampling.Resize(_stage.Picture("night.png"), 64, 48).Planes, _stage.Picture("out.png").Planes, OneStepOf8Bits);
    }

    [Fact]
    public void Snapshots_show_the_way_to_the_result()
    {
        Assert.Equal(0, Paint("out.png", "--iterations", "6", "--save-every", "2"));

        Assert.Equal(["out-0002.png", "out-0004.png", "out-0006.png", "out.png"], _stage.Written);
        Picture result = _stage.Picture("out.png");
        double[] distances = [.. _stage.Written.Select(name => TestImages.Rms(result, _stage.Picture(name)))];
        Assert.True(distances[0] > distances[1] && distances[1] > distances[2], string.Join(", ", distances));
        Assert.Equal(0, distances[2]);
    }

    [Fact]
    public void Interruption_writes_the_best_picture_so_far()
    {
        Assert.Equal(0, Paint("three.png", "--iterations", "3"));
        using var interrupted = new CancellationTokenSource();
        using var stage = new ProgramStage { Error = new InterruptingWriter("iteration 3/", interrupted) };

        int exitCode = stage.Run(Words("out.png", "--iterations", "1000", "--trace", "@trace.json"), interrupted.Token);

        Assert.Equal(130, exitCode);
        Assert.Equal(["out.png", "trace.json"], stage.Written);
        Assert.Equal(_stage.Picture("three.png").Planes, stage.Picture("out.png").Planes);
        Assert.Equal(stage.InFolder("out.png"), stage.Output.ToString().Trim());
        Assert.Equal("pastiche: stopped after 3 of 1000 iterations", stage.ErrorLines[^1]);
        Assert.Equal(3, stage.Losses("trace.json").Length);
    }

    [Fact]
    public void Existing_result_is_replaced_and_jpeg_is_written_by_its_extension()
    {
        File.WriteAllText(_stage.InFolder("out.jpg"), "old");

        Assert.Equal(0, Paint("out.jpg", "--iterations", "2"));

        Assert.Equal(["out.jpg"], _stage.Written);
        Assert.Equal([0xFF, 0xD8, 0xFF], _stage.Bytes("out.jpg")[..3]);
        Assert.Equal(64, _stage.Picture("out.jpg").Width);
    }

    [Fact]
    public void Universal_engine_paints_the_photographs_shape_with_the_built_in_model()
    {
        string[] words = ["paint", "@photo.png", "--style", "@wave.png", "--style", "@night.png:2", "-o", "@out.png", "--size", "64", "--threads", "2"];

        Assert.Equal(0, _stage.Run([.. words, "--engine", "universal", "--alpha", "0.8", "--save-every", "4"], TestContext.Current.CancellationToken));

        Assert.Equal(["out-0004.png", "out.png"], _stage.Written);
        Assert.Equal("model: compact (built in)", _stage.ErrorLines[0]);
        Assert.StartsWith("level 5/5", _stage.ErrorLines[^1]);
        Picture result = _stage.Picture("out.png");
        Assert.Equal((64, 48), (result.Width, result.Height));
        Assert.True(TestImages.Rms(Photograph(), result) > 5 * OneStepOf8Bits, "the photograph is hardly changed");
    }

    [Theory]
    [InlineData("--engine universal --model compact")]
    [InlineData("--engine gatys --iterations 3 --model @net.safetensors")]
    public void Folder_comes_out_as_photograph_by_photograph(string words)
    {
        Directory.CreateDirectory(_stage.InFolder("photos"));
        PictureFile.Write(TestImages.Smooth(80, 60), _stage.InFolder("photos/a.png"));
        File.WriteAllText(_stage.InFolder("photos/b.png"), "no picture");
        PictureFile.Write(TestImages.Smooth(15, 40), _stage.InFolder("photos/c.png"));
        PictureFile.Write(TestImages.Smooth(60, 90), _stage.InFolder("photos/d.jpg"));
        string[] common = ["--style", "@wave.png", "--size", "64", "--threads", "2", .. words.Split(' ')];

        Assert.Equal(1, Run(["paint", "@photos", "-o", "@painted", .. common]));
        Assert.Equal(0, Run(["paint", "@photos/a.png", "-o", "@a.png", .. common]));
        Assert.Equal(0, Run(["paint", "@photos/d.jpg", "-o", "@d.jpg", .. common]));

        Assert.Equal(_stage.Bytes("a.png"), _stage.Bytes("painted/a.png"));
        Assert.Equal(_stage.Bytes("d.jpg"), _stage.Bytes("painted/d.jpg"));
        Assert.Equal(["a.png", "d.jpg"], Directory.EnumerateFiles(_stage.InFolder("painted")).Select(Path.GetFileName).Order());
        string[] complaints = [.. _stage.ErrorLines.Where(line => line.StartsWith("pastiche:", StringComparison.Ordinal))];
        Assert.Equal(3, complaints.Length);
        Assert.Contains("b.png: it is not a picture in a supported format", complaints[0]);
        Assert.Contains("c.png: content is 15 x 40 pixels; allowed: at least 16 on each side", complaints[1]);
        Assert.Equal("pastiche: 2 of 4 photographs could not be painted", complaints[2]);
    }

    [Fact]
    public void Folder_is_not_made_when_the_request_is_refused()
    {
        Directory.CreateDirectory(_stage.InFolder("photos"));
        PictureFile.Write(TestImages.Smooth(80, 60), _stage.InFolder("photos/a.png"));

        Assert.Equal(2, Run(["paint", "@photos", "--style", "@wave.png", "-o", "@painted", "--style-layers", "relu3_1,relu3_1"]));

        Assert.StartsWith("pastiche: style layer 'relu3_1' is named more than once", Assert.Single(_stage.ErrorLines));
        Assert.Equal(["photos"], _stage.Written);
    }

    private int Run(string[] words) => _stage.Run(words, TestContext.Current.CancellationToken);

    private int Paint(string output, params string[] words) => _stage.Run(Words(output, words), TestContext.Current.CancellationToken);

    private static string[] Words(string output, params string[] words) =>
        ["paint", "@photo.png", "--style", "@wave.png", "-o", "@" + output, "--model", "@net.safetensors", "--size", "64", "--threads", "2", .. words];

    /// <summary>The photograph at the result's size.</summary>
    private Picture Photograph() => Resampling.Resize(_stage.Picture("photo.png"), 64, 48);

    /// <summary>Presses Ctrl-C once a line with some text is printed.</summary>
    private sealed class InterruptingWriter(string text, CancellationTokenSource interruption) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text) == true)
                interruption.Cancel();
        }
    }
}
