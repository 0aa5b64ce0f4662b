using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Regions;
using Pastiche.Tests.Compute;
using Pastiche.Transforms;

namespace Pastiche.Tests.Regions;

public sealed class RegionBlendTests
{
    [Fact]
    public void Each_region_gets_its_transform_and_what_is_in_none_stays()
    {
        const int Channels = 18, Height = 70, Width = 9, Pixels = Height * Width;
        using var compute = new NetworkCompute(threads: 2);
        using var blend = new RegionBlend(compute.Path, compute.Pool);
        using var map = new FeatureMap(Channels, Height, Width);
        float[] features = ScalarReference.RandomValues(Channels * Pixels, 1), a = MaskPictures.Left(Width, Height, 4, 3);
        // The second one lies below the first band of rows alone.
        float[] b = [.. Enumerable.Range(0, Pixels).Select(i => i / Width >= 40 ? 0.75f * (1 - a[i]) : 0)];
        map.CopyFromPlanes(features);
        AffineTransform[] transforms = [Transform(2), Transform(3)];

        blend.Load(transforms);
        blend.Run(map, [a, b]);

        float[] first = Apply(transforms[0]), second = Apply(transforms[1]);
        float[] expected = [.. features.Select((value, i) =>
        {
            (float s, float t) = (a[i % Pixels], b[i % Pixels]);
            return s * first[i] + t * second[i] + (1 - s - t) * value;
        })];
        float[] actual = map.ToPlanes();
        Assert.InRange(ScalarReference.RelativeError(expected, actual), 0, 1e-5);
        Assert.All(Enumerable.Range(0, actual.Length).Where(i => a[i % Pixels] == 0 && b[i % Pixels] == 0), i => Assert.Equal(features[i], actual[i]));

        AffineTransform Transform(int seed) => new(
            [.. ScalarReference.RandomValues(Channels * Channels, seed).Select(value => (double)value)],
            [.. ScalarReference.RandomValues(Channels, seed + 7).Select(value => (double)value)]);

        float[] Apply(AffineTransform transform) => [.. features.Select((_, i) => (float)(transform.Offset[i / Pixels]
            + Enumerable.Range(0, Channels).Sum(c => transform.Matrix[i / Pixels * Channels + c] * features[c * Pixels + i % Pixels])))];
    }
}
