using System.Globalization;
using Pastiche.Engines;

namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintHelpTests
{
    [Fact]
    public void Page_tells_ranges_and_defaults_of_the_records()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Run("paint", "--help"));

        string page = string.Join(' ', stage.Output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string standard = GatysOptions.Gatys.StyleWeight.ToString(CultureInfo.InvariantCulture);
        string slides = GatysOptions.Slides.StyleWeight.ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"Range 0 to 1e12, default {standard}; gram: 2; slides: {slides}.", page);
        Assert.Contains("Range 16 to 16384, default 512.", page);
        Assert.Contains("Range 1e-6 to 1, default 0.02.", page);
        Assert.Contains("Default relu4_2; slides: conv3_3,conv3_4.", page);
        Assert.Contains("--optimizer lbfgs|adam", page);
        Assert.Contains("The extension decides the format: .png .jpg.", page);
        Assert.Contains("Examples:", page);
    }

    [Fact]
    public void Help_wins_over_what_is_wrong_besides()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Run("paint", "--size", "3", "--help"));

        Assert.Empty(stage.Error.ToString());
    }

    [Fact]
    public void Lines_fit_the_page()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, stage.Run("paint", "-h"));

        Assert.All(stage.Output.ToString().Split('\n'), line => Assert.True(line.Length <= 112, line));
    }
}
