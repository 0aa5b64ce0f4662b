using System.Numerics.Tensors;

namespace Pastiche.Regions;

/// <summary>What clustering found.</summary>
/// <param name="Labels">The cluster of each point, from 0.</param>
/// <param name="Distance">The sum of squared distances to the clusters' means.</param>
internal sealed record Clusters(int[] Labels, double Distance);

/// <summary>
/// Clusters by k-means from well-spread first means (k-means++, Arthur and Vassilvitskii, SODA 2007). The same points and seed give the
/// same clusters.
/// </summary>
internal static class KMeans
{
    private const int MostRounds = 60;

    /// <summary>Finds clusters.</summary>
    /// <param name="points">The points, each of the same length; at least as many as clusters.</param>
    /// <param name="count">Clusters wanted, at least 1.</param>
    /// <param name="seed">Seed of the first means.</param>
    public static Clusters Run(IReadOnlyList<float[]> points, int count, int seed)
    {
        float[][] means = FirstMeans(points, count, new Random(seed));
        var labels = new int[points.Count];
        double distance = Assign(points, means, labels);
        for (int round = 0; round < MostRounds; round++)
        {
            Move(points, labels, means);
            double next = Assign(points, means, labels);
            if (next >= distance * (1 - 1e-6))
                return new Clusters(labels, next);
            distance = next;
        }
        return new Clusters(labels, distance);
    }

    // Each further mean is a point that is drawn with the probability of its squared distance to those that there are.
    private static float[][] FirstMeans(IReadOnlyList<float[]> points, int count, Random random)
    {
        List<float[]> means = [[.. points[random.Next(points.Count)]]];
        double[] distances = [.. points.Select(point => Squared(point, means[0]))];
        while (means.Count < count)
        {
            double left = random.NextDouble() * distances.Sum();
            int chosen = 0;
            while (chosen < points.Count - 1 && (left -= distances[chosen]) > 0)
                chosen++;
            means.Add([.. points[chosen]]);
            for (int i = 0; i < points.Count; i++)
                distances[i] = Math.Min(distances[i], Squared(points[i], means[^1]));
        }
        return [.. means];
    }

    private static double Assign(IReadOnlyList<float[]> points, float[][] means, int[] labels)
    {
        var distances = new double[points.Count];
        Parallel.For(0, points.Count, i =>
        {
            double[] toMeans = [.. means.Select(mean => Squared(points[i], mean))];
            labels[i] = Array.IndexOf(toMeans, distances[i] = toMeans.Min());
        });
        return distances.Sum();
    }

    // A cluster that has lost its points keeps its mean.
    private static void Move(IReadOnlyList<float[]> points, int[] labels, float[][] means)
    {
        int[] counts = new int[means.Length];
        float[][] sums = [.. means.Select(mean => new float[mean.Length])];
        for (int i = 0; i < points.Count; i++)
        {
            counts[labels[i]]++;
            TensorPrimitives.Add(sums[labels[i]], points[i], sums[labels[i]]);
        }
        for (int k = 0; k < means.Length; k++)
        {
            if (counts[k] > 0)
                TensorPrimitives.Divide(sums[k], counts[k], means[k]);
        }
    }

    private static double Squared(float[] a, float[] b)
    {
        double distance = TensorPrimitives.Distance(a, b);
        return distance * distance;
    }
}
