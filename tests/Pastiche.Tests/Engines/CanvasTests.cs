using Pastiche.Engines;

namespace Pastiche.Tests.Engines;

public sealed class CanvasTests
{
    [Fact]
    public void Margin_mirrors_the_picture()
    {
        float[] planes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];       // [3, 2, 3]
        var canvas = new Canvas(2, 3, 1);

        float[] enlarged = canvas.Enlarge(planes);

        Assert.Equal((4, 5), (canvas.Height, canvas.Width));
        Assert.Equal([5, 4, 5, 6, 5, 2, 1, 2, 3, 2, 5, 4, 5, 6, 5, 2, 1, 2, 3, 2], enlarged[..20]);
    }

    [Fact]
    public void Margin_repeats_a_picture_that_is_to_tile()
    {
        float[] planes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];       // [3, 2, 3]
        float[] enlarged = new Canvas(2, 3, 1, isTiled: true).Enlarge(planes), far = new Canvas(2, 3, 7, isTiled: true).Enlarge(planes);

        Assert.Equal([6, 4, 5, 6, 4, 3, 1, 2, 3, 1, 6, 4, 5, 6, 4, 3, 1, 2, 3, 1], enlarged[..20]);
        Assert.Equal([6, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4], far[..17]);
    }

    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(5, 3, 8)]
    [InlineData(20, 31, 0)]
    [InlineData(16, 40, 3)]
    public void Cropping_gives_back_what_was_enlarged(int height, int width, int margin)
    {
        float[] planes = Networks.SmallVgg.Picture(height, width), result = new float[planes.Length];
        var canvas = new Canvas(height, width, margin);
        canvas.Crop(canvas.Enlarge(planes), result);
        Assert.Equal(planes, result);
    }
}
