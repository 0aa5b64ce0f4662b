using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Training;

namespace Pastiche.Tests.Training;

public sealed class PhotoCropTests
{
    [Theory]
    [InlineData(1000, 500, 128, 128, 384)] // three times the side fits
    [InlineData(500, 300, 128, 128, 300)]  // the short side is the limit
    [InlineData(100, 200, 128, 100, 100)]  // to be enlarged
    public void Windows_are_log_uniform_within_the_photograph(int width, int height, int side, int least, int most)
    {
        var photo = new Photo("", width, height, []);
        PhotoCrop[] crops = [.. Draw(photo, side, 4000)];
        Assert.Equal(least, crops.Min(crop => crop.Window));
        Assert.InRange(crops.Max(crop => crop.Window), most - 1, most);
        Assert.Equal(Math.Sqrt(least * (double)most), Math.Exp(crops.Average(crop => Math.Log(crop.Window))), tolerance: 0.01 * most);
        Assert.Equal(Math.Sqrt(least * (double)most), Statistic(crops, 0.5), tolerance: 0.03 * most);
    }

    [Fact]
    public void Places_reach_every_border_and_no_further()
    {
        var photo = new Photo("", 300, 200, []);
        PhotoCrop[] crops = [.. Draw(photo, 128, 4000)];
        Assert.All(crops, crop =>
        {
            Assert.InRange(crop.Left, 0, photo.Width - crop.Window);
            Assert.InRange(crop.Top, 0, photo.Height - crop.Window);
        });
        Assert.Contains(crops, crop => crop.Left == 0);
        Assert.Contains(crops, crop => crop.Top == 0);
        Assert.Contains(crops, crop => crop.Left == photo.Width - crop.Window);
        Assert.Contains(crops, crop => crop.Top == photo.Height - crop.Window);
        Assert.Equal(0.5, crops.Average(crop => crop.Left / (double)(photo.Width - crop.Window)), tolerance: 0.02);
    }

    [Fact]
    public void Half_of_the_crops_are_flipped() =>
        Assert.Equal(0.5, Draw(new Photo("", 300, 200, []), 128, 4000).Average(crop => crop.IsFlipped ? 1 : 0), tolerance: 0.03);

    [Theory]
    [InlineData(48, 48)]
    [InlineData(70, 48)]
    [InlineData(40, 64)]
    public void A_cut_is_the_window_resampled(int window, int side)
    {
        Photo photo = Drawn(100, 80);
        var crop = new PhotoCrop(Left: 13, Top: 5, window, IsFlipped: false, ColourJitter.None);
        Picture expected = Resampling.Resize(Window(photo, crop), side, side);
        TestImages.AssertClose(expected.Planes, Cut(photo, crop, side), 1e-5);
    }

    [Fact]
    public void A_flipped_cut_is_the_mirror_image()
    {
        Photo photo = Drawn(100, 80);
        var crop = new PhotoCrop(Left: 20, Top: 9, Window: 60, IsFlipped: false, ColourJitter.None);
        float[] plain = Cut(photo, crop, 32), flipped = Cut(photo, crop with { IsFlipped = true }, 32);
        Assert.NotEqual(plain, flipped);
        Assert.Equal(plain, flipped.Chunk(32).SelectMany(row => Enumerable.Reverse(row)));
    }

    [Fact]
    public void Colours_stay_within_the_range_after_ringing_and_jitter()
    {
        var random = new Random(3);
        var photo = new Photo("", 90, 90, [.. Enumerable.Range(0, 3 * 90 * 90).Select(_ => (byte)(255 * random.Next(2)))]);
        var crop = new PhotoCrop(Left: 0, Top: 0, Window: 90, IsFlipped: false, new ColourJitter(1.15, 1.15, 1.15));
        float[] planes = Cut(photo, crop, 64);
        Assert.All(planes, value => Assert.InRange(value, 0, 1));
        Assert.Contains(0f, planes);
        Assert.Contains(1f, planes);
    }

    private static IEnumerable<PhotoCrop> Draw(Photo photo, int side, int count) =>
        Enumerable.Range(0, count).Select(key =>
        {
            var random = new SplitMix64((ulong)key);
            return PhotoCrop.Draw(ref random, photo, side);
        });

    private static double Statistic(PhotoCrop[] crops, double quantile) =>
        crops.Select(crop => crop.Window).Order().ElementAt((int)(quantile * crops.Length));

    private static float[] Cut(Photo photo, PhotoCrop crop, int side)
    {
        var planes = new float[3 * side * side];
        crop.Cut(photo, new LanczosFilter(crop.Window, side), planes);
        return planes;
    }

    private static Photo Drawn(int width, int height) =>
        new("", width, height, [.. TestImages.Smooth(width, height).Planes.Select(value => (byte)(255 * value))]);

    private static Picture Window(Photo photo, PhotoCrop crop)
    {
        var planes = new float[3 * crop.Window * crop.Window];
        for (int i = 0; i < planes.Length; i++)
        {
            (int channel, int y, int x) = (i / (crop.Window * crop.Window), i / crop.Window % crop.Window, i % crop.Window);
            planes[i] = photo.Planes[(channel * photo.Height + crop.Top + y) * photo.Width + crop.Left + x] / 255f;
        }
        return new Picture(crop.Window, crop.Window, planes);
    }
}
