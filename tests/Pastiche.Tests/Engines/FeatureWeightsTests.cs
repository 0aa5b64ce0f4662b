using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Tests.Engines;

public sealed class FeatureWeightsTests
{
    [Fact]
    public void Opacity_is_averaged_over_the_pixels_of_a_feature()
    {
        // Five columns and three rows: the last of each are dropped by the pooling.
        float[] alpha = [1, 0, 1, 1, 9, 0, 0, 1, 0.5f, 9, 9, 9, 9, 9, 9];
        var picture = new Picture(5, 3, new float[45], alpha);

        Assert.Equal([0.25f, 0.875f], FeatureWeights.Of(picture, 1)!);
        Assert.Equal([1, 0, 1, 1, 1], FeatureWeights.Of(picture, 0)![..5]);
    }

    [Fact]
    public void Where_all_or_nothing_is_visible_all_count()
    {
        Assert.Null(FeatureWeights.Of(new Picture(4, 4, new float[48]), 1));
        Assert.Null(FeatureWeights.Of(new Picture(4, 4, new float[48], [.. Enumerable.Repeat(1f, 16)]), 1));
        Assert.Null(FeatureWeights.Of(new Picture(4, 4, new float[48], new float[16]), 1));
    }
}
