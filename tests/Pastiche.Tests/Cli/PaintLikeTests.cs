using Pastiche.Imaging;
using Pastiche.Settings;

namespace Pastiche.Tests.Cli;

/// <summary>Results tell how they were made and can be repeated, with the real program and a small network.</summary>
public sealed class PaintLikeTests : IDisposable
{
    private readonly ProgramStage _stage = new();

    public void Dispose() => _stage.Dispose();

    public static TheoryData<string> Extensions => [.. PictureFile.WritableExtensions];

    [Fact]
    public void Same_photograph_and_paintings_give_the_same_file_to_the_bit()
    {
        Assert.Equal(0, Run(
            "paint", "@photo.png", "-s", "@wave.png:2", "-s", "@night.png", "-o", "@out.png", "--model", "@net.safetensors", "--size", "64", "--iterations", "5",
            "--init", "noise", "--seed", "3", "--style-weight", "0.30000000000000004", "--style-layers", "relu1_1,conv2_2", "--style-layer-weights", "3,0.1", "--optimizer", "adam", "--threads", "2"));

        Assert.Equal(0, Run("paint", "@photo.png", "--like", "@out.png", "-o", "@again.png"));

        Assert.Equal(_stage.Bytes("out.png"), _stage.Bytes("again.png"));
    }

    [Fact]
    public void Result_of_the_universal_engine_and_from_a_picture_repeats_too()
    {
        Assert.Equal(0, Run("paint", "@photo.png", "-s", "@wave.png", "-o", "@out.png", "--engine", "universal", "--size", "64", "--alpha", "0.7", "--levels", "3,2:0.5", "--init", "@night.png"));

        Assert.Equal(0, Run("paint", "@photo.png", "--like", "@out.png", "-o", "@again.png"));

        Assert.Equal(_stage.Bytes("out.png"), _stage.Bytes("again.png"));
    }

    [Fact]
    public void Options_and_other_paintings_win()
    {
        Assert.Equal(0, Paint("out.png", "--iterations", "3"));

        Assert.Equal(0, Run("paint", "@photo.png", "--like", "@out.png", "-s", "@night.png", "--iterations", "2", "-o", "@other.png"));

        Recipe recipe = Recipe.Read(_stage.InFolder("other.png"));
        Assert.Equal(("2", "64"), (recipe.Settings["iterations"], recipe.Settings["size"]));
        Assert.Equal("night.png", Assert.Single(recipe.Styles).File);
    }

    [Fact]
    public void Painting_that_is_gone_is_named()
    {
        Assert.Equal(0, Paint("out.png", "--iterations", "1"));
        File.Delete(_stage.InFolder("wave.png"));

        Assert.Equal(2, Run("paint", "@photo.png", "--like", "@out.png", "-o", "@again.png"));

        Assert.Equal(
            $"pastiche: the painting 'wave.png' of {_stage.InFolder("out.png")} is neither beside it nor in the current folder; give --style FILE",
            _stage.ErrorLines[^1]);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Every_format_tells_how_it_was_made(string extension)
    {
        Assert.Equal(0, Paint("out" + extension, "--iterations", "1", "--style-weight", "0.1"));

        Recipe recipe = Recipe.Read(_stage.InFolder("out" + extension));
        Assert.Equal(("0.1", "wave.png", "net"), (recipe.Settings["style-weight"], recipe.Styles[0].File, recipe.Model));
        Assert.Equal(64, recipe.ModelSha256.Length);
    }

    [Fact]
    public void Without_metadata_nothing_is_told()
    {
        Assert.Equal(0, Paint("out.png", "--iterations", "1", "--no-metadata"));
        Assert.Null(PictureFile.ReadNote(_stage.InFolder("out.png")));

        Assert.Equal(2, Run("paint", "@photo.png", "--like", "@out.png", "-s", "@wave.png", "-o", "@again.png"));
        Assert.Contains("does not tell how it was made", _stage.ErrorLines[^1]);
    }

    [Fact]
    public void Another_model_of_the_same_name_is_noted()
    {
        Assert.Equal(0, Paint("out.png", "--iterations", "1"));
        byte[] model = _stage.Bytes("net.safetensors");
        model[^1] ^= 1; // the last bit of a bias or mean
        File.WriteAllBytes(_stage.InFolder("net.safetensors"), model);

        Assert.Equal(0, Run("paint", "@photo.png", "--like", "@out.png", "-o", "@again.png"));

        Assert.Contains("model net is not the one that made", _stage.ErrorLines[^1]);
    }

    [Fact]
    public void Info_tells_and_gives_settings_to_use()
    {
        Assert.Equal(0, Paint("out.jpg", "--iterations", "1", "--style-weight", "0.1", "--style-layer-weights", "1,0,0,0,2"));
        _stage.Output.GetStringBuilder().Clear();

        Assert.Equal(0, Run("info", "@out.jpg"));
        string[] lines = _stage.Output.ToString().Split(Environment.NewLine);
        Assert.Contains("style               wave.png (share 1)", lines);
        Assert.Contains("style-weight        0.1", lines);
        Assert.Contains("style-layer-weights 1,0,0,0,2", lines);

        _stage.Output.GetStringBuilder().Clear();
        Assert.Equal(0, Run("info", "@out.jpg", "--json"));
        Assert.Equal("0.1", SettingsFile.Parse(_stage.Output.ToString(), "info")["style-weight"]);

        Assert.Equal(2, Run("info", "@photo.png"));
    }

    [Fact]
    public void Tune_saves_a_weight_beside_the_painting_that_paint_then_uses()
    {
        string[] words = ["tune", "@photo.png", "@wave.png", "--balance", "0.8", "--tolerance", "0.1", "--size", "64", "--iterations", "40", "--threads", "2"];
        Assert.True(Run(words) == 0, _stage.Error.ToString());

        string file = _stage.InFolder("wave.pastiche.json");
        Assert.Equal(file, _stage.Output.ToString().Trim());
        StyleSettings settings = SettingsFile.Read(file);
        Assert.Equal(["engine", "style-weight"], settings.Given.Select(setting => setting.Key));
        Assert.StartsWith("style-weight  balance", _stage.ErrorLines[0]);
        Assert.Contains(settings["style-weight"]!, _stage.ErrorLines[^1]);

        Assert.Equal(2, Run(words));
        Assert.Equal($"pastiche: '{file}' exists; --force replaces it", _stage.ErrorLines[^1]);
        Assert.Equal(0, Run([.. words, "--force"]));

        Assert.Equal(0, Paint("out.png", "--iterations", "1"));
        Assert.Equal(settings["style-weight"], Recipe.Read(_stage.InFolder("out.png")).Settings["style-weight"]);
    }

    [Fact]
    public void Tune_saves_nothing_when_the_balance_is_not_reached()
    {
        Assert.Equal(2, Run("tune", "@photo.png", "@wave.png", "--balance", "0.999", "--size", "64", "--iterations", "2", "--threads", "2"));

        Assert.Contains("--balance 0.999 was not reached; nearest is ", _stage.ErrorLines[^1]);
        Assert.Empty(_stage.Written);
    }

    private int Paint(string output, params string[] words) => Run(
        ["paint", "@photo.png", "--style", "@wave.png", "-o", "@" + output, "--model", "@net.safetensors", "--size", "64", "--threads", "2", .. words]);

    private int Run(params string[] words) => _stage.Run(words, TestContext.Current.CancellationToken);
}
