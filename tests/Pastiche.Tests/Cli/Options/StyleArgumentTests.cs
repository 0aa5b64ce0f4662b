using Pastiche.Cli.Options;

namespace Pastiche.Tests.Cli.Options;

public sealed class StyleArgumentTests
{
    [Theory]
    [InlineData("wave.jpg", "wave.jpg", 1)]
    [InlineData("wave.jpg:2.5", "wave.jpg", 2.5)]
    [InlineData("wave.jpg:1e-3", "wave.jpg", 0.001)]
    [InlineData("wave.jpg:-1", "wave.jpg", -1)] // refused later, by its weight and not as a missing file
    [InlineData("wave.jpg:", "wave.jpg:", 1)]
    [InlineData("wave.jpg:two", "wave.jpg:two", 1)]
    [InlineData("wave.jpg:1,5", "wave.jpg:1,5", 1)]
    [InlineData(@"C:\wave.jpg", @"C:\wave.jpg", 1)]
    [InlineData(@"C:\wave.jpg:3", @"C:\wave.jpg", 3)]
    [InlineData("10:30.jpg", "10:30.jpg", 1)]
    [InlineData("10:30.jpg:2", "10:30.jpg", 2)]
    [InlineData(":2", ":2", 1)]
    [InlineData("", "", 1)]
    public void Weight_follows_the_last_colon_if_it_is_a_number(string text, string file, double weight) =>
        Assert.Equal(new StyleArgument(file, weight), StyleArgument.Parse(text, exists: _ => false));

    [Fact]
    public void Existing_file_with_a_number_behind_a_colon_is_a_file() =>
        Assert.Equal(new StyleArgument("study:2", 1), StyleArgument.Parse("study:2", exists: name => name == "study:2"));

    [Fact]
    public void Existing_file_with_a_number_behind_a_colon_may_have_a_weight() =>
        Assert.Equal(new StyleArgument("study:2", 0.5), StyleArgument.Parse("study:2:0.5", exists: name => name == "study:2"));
}
