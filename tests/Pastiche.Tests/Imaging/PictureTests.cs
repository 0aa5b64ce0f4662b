using Pastiche.Imaging;

namespace Pastiche.Tests.Imaging;

public sealed class PictureTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 2, 11)]
    [InlineData(65536, 65536, 0)]       // 3 x 65536 x 65536 is 0 in 32 bits
    public void Arrays_must_fit_the_size(int width, int height, int values) =>
        Assert.ThrowsAny<ArgumentException>(() => new Picture(width, height, new float[values]));

    [Fact]
    public void Alpha_must_fit_the_size() =>
        Assert.Throws<ArgumentException>(() => new Picture(2, 1, new float[6], new float[3]));
}
