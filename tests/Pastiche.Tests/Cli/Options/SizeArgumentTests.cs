using Pastiche.Cli.Options;
using Pastiche.Settings;

namespace Pastiche.Tests.Cli.Options;

public sealed class SizeArgumentTests
{
    private static readonly Bounds Sides = new(16, 4096);

    [Theory]
    [InlineData("640x480", 640, 480)]
    [InlineData("640X480", 640, 480)]
    [InlineData("16x4096", 16, 4096)]
    [InlineData("300", 300, 300)]
    public void Two_numbers_or_one_for_a_square(string text, int width, int height) =>
        Assert.Equal((width, height), SizeArgument.Parse(text, Sides));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("640x")]
    [InlineData("x480")]
    [InlineData("1x2x3")]
    [InlineData("15x480")]
    [InlineData("640x4097")]
    [InlineData("-640x480")]
    [InlineData("64.5x480")]
    [InlineData("640 x 480")]
    [InlineData("99999999999x480")]
    [InlineData("large")]
    public void Anything_else_is_none(string text) => Assert.Null(SizeArgument.Parse(text, Sides));
}
