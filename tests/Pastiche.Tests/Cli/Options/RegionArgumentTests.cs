using Pastiche.Cli.Options;

namespace Pastiche.Tests.Cli.Options;

public sealed class RegionArgumentTests
{
    private static readonly string[] Files = ["sky.png", "a=b.png", "wave.jpg", "one,two.jpg", "map.png", "odd#00ff00"];

    [Theory]
    [InlineData("sky.png=wave.jpg", "sky.png", null, "wave.jpg")]
    [InlineData("sky.png=wave.jpg:2,night.jpg", "sky.png", null, "wave.jpg:2|night.jpg")]
    [InlineData("a=b.png=wave.jpg", "a=b.png", null, "wave.jpg")]
    [InlineData("sky.png=one,two.jpg:3,wave.jpg", "sky.png", null, "one,two.jpg:3|wave.jpg")]
    [InlineData("sky.png=x=y.jpg", "sky.png", null, "x=y.jpg")]
    [InlineData("map.png#FF0000=wave.jpg", "map.png", "#ff0000", "wave.jpg")]
    [InlineData("#00ff00=wave.jpg", "", "#00ff00", "wave.jpg")]
    [InlineData("odd#00ff00=wave.jpg", "odd#00ff00", null, "wave.jpg")]
    [InlineData("missing.png=missing.jpg", "missing.png", null, "missing.jpg")]
    [InlineData("C:\\sky.png=C:\\wave.jpg:2", "C:\\sky.png", null, "C:\\wave.jpg:2")]
    public void Mask_and_paintings_are_told_apart(string text, string mask, string? colour, string styles)
    {
        RegionArgument region = RegionArgument.Parse(text, Files.Contains)!;

        Assert.Equal(new MaskArgument(mask, colour), region.Mask);
        Assert.Equal(styles.Split('|').Select(style => StyleArgument.Parse(style, Files.Contains)), region.Styles);
    }

    [Theory]
    [InlineData("sky.png")]
    [InlineData("=wave.jpg")]
    [InlineData("sky.png=")]
    [InlineData("")]
    public void Anything_else_is_no_region(string text) => Assert.Null(RegionArgument.Parse(text, Files.Contains));

    [Theory]
    [InlineData("wave.jpg[mask=sky.png]", "wave.jpg", 1, "sky.png", null)]
    [InlineData("wave.jpg[mask=map.png#0000FF]:2", "wave.jpg", 2, "map.png", "#0000ff")]
    [InlineData("wave.jpg:2[mask=sky.png]", "wave.jpg", 2, "sky.png", null)]
    public void A_painting_may_have_a_mask(string text, string file, double weight, string mask, string? colour) =>
        Assert.Equal(new StyleArgument(file, weight, new MaskArgument(mask, colour)), StyleArgument.Parse(text, Files.Contains));
}
