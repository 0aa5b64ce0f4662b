using Pastiche.Regions;

namespace Pastiche.Tests.Regions;

public sealed class KMeansTests
{
    [Fact]
    public void Clouds_that_lie_apart_are_told_apart()
    {
        var random = new Random(3);
        float[][] centres = [[0, 0], [5, 0], [0, 5]];
        float[][] points = [.. Enumerable.Range(0, 300).Select(i => centres[i % 3].Select(c => c + random.NextSingle()).ToArray())];

        Clusters clusters = KMeans.Run(points, 3, seed: 1);

        Assert.Equal(3, clusters.Labels.Distinct().Count());
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(clusters.Labels[i % 3], clusters.Labels[i]));
        Assert.Equal(clusters.Labels, KMeans.Run(points, 3, seed: 1).Labels);
        Assert.InRange(clusters.Distance, 20, 80);     // 300 points at a mean squared distance of 1/6
    }

    [Fact]
    public void Regions_that_a_painting_lacks_are_none()
    {
        // The photograph has three kinds of cells; the painting two of them.
        FeatureGrid photograph = Grid([0, 1, 2]), painting = Grid([2, 0]);

        IReadOnlyList<int[]> labels = JointRegions.Find([photograph, painting], 3, seed: 0);

        Assert.Equal([0, 1], labels.SelectMany(picture => picture).Distinct().Order());
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(labels[0][0], labels[1][100 + i]));
        Assert.Equal(labels[0][250], labels[1][0]);
        Assert.Equal(0, labels[0][0]);
    }

    private static FeatureGrid Grid(int[] kinds)
    {
        var random = new Random(kinds.Length);
        return new FeatureGrid(1, 100 * kinds.Length, [.. kinds.SelectMany(kind => Enumerable.Range(0, 100).Select(_ => (float[])[10f * kind + random.NextSingle(), random.NextSingle()]))]);
    }
}
