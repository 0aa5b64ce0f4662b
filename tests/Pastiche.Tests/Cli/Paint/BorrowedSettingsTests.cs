using Pastiche.Engines;
using Pastiche.Settings;

namespace Pastiche.Tests.Cli.Paint;

/// <summary>Which settings win: defaults, the file beside the painting, the preset, the options.</summary>
public sealed class BorrowedSettingsTests
{
    [Fact]
    public void Options_win_over_the_preset_and_the_preset_over_the_file_beside_the_painting()
    {
        using var stage = new PaintStage();
        File.WriteAllText(stage.InFolder("wave.pastiche.json"), """{ "style-weight": 11, "tv-weight": 12, "history": 13 }""");
        stage.Presets.Save("mine", StyleSettings.Empty.Set("style-weight", "21").Set("tv-weight", "22"));

        Assert.Equal(0, stage.Paint("--style-weight", "31", "--preset", "mine"));

        Assert.Equal((31, 22, 13), (stage.Request!.Gatys.StyleWeight, stage.Request.Gatys.TotalVariationWeight, stage.Request.Gatys.History));
        Assert.Equal(GatysOptions.Gatys.ContentWeight, stage.Request.Gatys.ContentWeight);
    }

    [Fact]
    public void File_beside_the_painting_is_read_and_told_and_may_be_left_out()
    {
        using var stage = new PaintStage();
        string file = stage.InFolder("wave.pastiche.json");
        File.WriteAllText(file, """{ "engine": "universal", "alpha": 0.25, "style-size": 99, "init": "noise" }""");

        Assert.Equal(0, stage.Paint());

        Assert.Equal((EngineKind.Universal, 0.25, 99, InitKind.Noise), (stage.Request!.Engine, stage.Request.Universal.Alpha, stage.Request.StyleSize, stage.Request.Init));
        Assert.Equal($"pastiche: settings of {file}; --no-preset leaves them out", stage.ErrorLines[0]);

        Assert.Equal(0, stage.Paint("--no-preset"));
        Assert.Equal((EngineKind.Gatys, (int?)null), (stage.Request.Engine, stage.Request.StyleSize));

        Assert.Equal(0, stage.Paint("--init", "content"));
        Assert.Equal(InitKind.Content, stage.Request.Init);
    }

    [Theory]
    [InlineData("@wave.jpg", "@night.jpg", 1)]
    [InlineData("@wave.jpg", "@night.jpg:2", 2)]
    [InlineData("@night.jpg", "@wave.jpg", 2)]
    [InlineData("@night.jpg:0.5", "@wave.jpg", 1)]
    public void Of_several_paintings_the_one_with_the_largest_share_counts_else_the_first(string one, string other, int seed)
    {
        using var stage = new PaintStage();
        File.WriteAllText(stage.InFolder("wave.pastiche.json"), """{ "seed": 1 }""");
        File.WriteAllText(stage.InFolder("night.pastiche.json"), """{ "seed": 2, "history": 3 }""");

        Assert.Equal(0, stage.Run("paint", "@photo.jpg", "-s", one, "-s", other, "-o", "@out.png"));

        Assert.Equal((seed, seed == 2 ? 3 : 10), (stage.Request!.Seed, stage.Request.Gatys.History));
    }

    [Fact]
    public void Bad_file_beside_the_painting_is_one_line_exit_2_and_nothing_done()
    {
        using var stage = new PaintStage();
        string file = stage.InFolder("wave.pastiche.json");
        File.WriteAllText(file, """{ "style-wieght": 3, "size": 5 }""");

        Assert.Equal(2, stage.Paint());

        Assert.Equal(2, stage.ErrorLines.Length);
        Assert.StartsWith($"pastiche: {file}: style-wieght is no setting; allowed: engine, ", stage.ErrorLines[0]);
        Assert.Equal($"pastiche: {file}: size '5' is not a whole number from 16 to 16384", stage.ErrorLines[1]);
        Assert.Null(stage.Request);
    }

    [Fact]
    public void Preset_may_choose_the_engine_and_have_settings_for_the_other()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Paint("--preset", "pencil"));
        Assert.Equal((EngineKind.Universal, 0.8), (stage.Request!.Engine, stage.Request.Universal.Alpha));

        Assert.Equal(0, stage.Paint("--preset", "pencil", "--engine", "gatys"));
        Assert.Equal((EngineKind.Gatys, 100), (stage.Request.Engine, stage.Request.Gatys.StyleWeight));
    }

    [Fact]
    public void Result_to_repeat_must_tell_how_it_was_made()
    {
        using var stage = new PaintStage();

        Assert.Equal(2, stage.Paint("--like", "@none.png"));
        Assert.Contains("none.png: the file does not exist", Assert.Single(stage.ErrorLines));
    }
}
