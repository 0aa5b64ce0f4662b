using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche.Tests.Regions;

public sealed class MaskTests
{
    [Fact]
    public void Grey_is_a_share_and_what_is_transparent_does_not_belong()
    {
        var picture = new Picture(2, 1, [0.25f, 1, 0.25f, 1, 0.25f, 1], [1, 0.5f]);
        Assert.Equal([0.25f, 0.5f], Mask.Of(picture).Shares);
    }

    [Theory]
    [InlineData(64, 48, 20, 15)]
    [InlineData(37, 29, 11, 9)]
    [InlineData(20, 15, 64, 48)]
    [InlineData(40, 10, 13, 40)]
    public void Scaling_keeps_areas_and_complements_and_makes_no_share_where_none_was(int width, int height, int newWidth, int newHeight)
    {
        float[] disc = MaskPictures.Disc(width, height);
        Mask mask = new(width, height, disc), rest = new(width, height, [.. disc.Select(share => 1 - share)]);

        Mask scaled = mask.Resize(newWidth, newHeight), scaledRest = rest.Resize(newWidth, newHeight);

        Assert.Equal(mask.Area / (width * height), scaled.Area / (newWidth * newHeight), 0.01);
        Assert.All(scaled.Shares.Zip(scaledRest.Shares, (a, b) => a + b), sum => Assert.Equal(1, sum, 1e-5));
        Assert.Equal(0, scaled.Shares[0]);
        Assert.Contains(scaled.Shares, share => share == 1);
    }

    [Fact]
    public void A_reduction_is_the_mean_over_the_area()
    {
        var mask = new Mask(3, 1, [1, 0, 0.5f]);
        Assert.Equal([2 / 3f, 1 / 3f], mask.Resize(2, 1).Shares, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.5f], mask.Resize(1, 1).Shares, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void An_enlargement_is_straight_lines()
    {
        var mask = new Mask(2, 1, [0, 1]);
        Assert.Equal([0, 0.25f, 0.75f, 1], mask.Resize(4, 1).Shares);
    }

    [Fact]
    public void Cutting_out_a_part_of_a_painting_leaves_the_rest_transparent()
    {
        var painting = new Picture(2, 1, [1, 0, 1, 0, 1, 0], [0.5f, 1]);
        Picture part = new Mask(2, 1, [1, 0.25f]).Cut(painting);
        Assert.Equal([0.5f, 0.25f], part.Alpha!);
        Assert.Equal(painting.Planes, part.Planes);
    }

    [Theory]
    [InlineData(768, 512, 768, 512, true)]
    [InlineData(300, 200, 768, 512, true)]
    [InlineData(301, 200, 768, 512, true)]     // 200.67
    [InlineData(301, 202, 768, 512, false)]
    [InlineData(512, 768, 768, 512, false)]
    [InlineData(16, 11, 768, 512, true)]
    public void A_masks_shape_may_differ_by_rounding_only(int maskWidth, int maskHeight, int width, int height, bool fits) =>
        Assert.Equal(fits, Mask.Fits(maskWidth, maskHeight, width, height));

    [Fact]
    public void A_feature_has_the_mean_share_of_its_pixels()
    {
        float[] shares = [.. Enumerable.Range(0, 5 * 7).Select(i => (float)(i % 3))];
        float[] reduced = MaskPyramid.Reduce(shares, 5, 7, 1);
        Assert.Equal(6, reduced.Length);
        Assert.Equal((shares[0] + shares[1] + shares[7] + shares[8]) / 4, reduced[0]);
        Assert.Equal((shares[18] + shares[19] + shares[25] + shares[26]) / 4, reduced[5]);
        Assert.Same(shares, MaskPyramid.Reduce(shares, 5, 7, 0));
    }
}
