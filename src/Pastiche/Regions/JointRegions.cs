namespace Pastiche.Regions;

/// <summary>
/// Divides a photograph and paintings into the same regions, sky with sky: the cells of all of them are clustered together.
/// </summary>
internal static class JointRegions
{
    // Less of a picture than this is no region.
    private const double SmallestShare = 0.02;

    private const int Trials = 8;

    /// <summary>Finds regions that the photograph and at least one painting have.</summary>
    /// <param name="pictures">The photograph's cells, then the paintings'.</param>
    /// <param name="count">Regions wanted; fewer are found if the pictures do not have so many in common.</param>
    /// <param name="seed">Seed of the clustering.</param>
    /// <returns>The region of each cell of each picture, from 0; the regions are in the order of their first cell in the photograph.</returns>
    public static IReadOnlyList<int[]> Find(IReadOnlyList<FeatureGrid> pictures, int count, int seed)
    {
        float[][] cells = [.. pictures.SelectMany(picture => picture.Cells)];
        for (int wanted = Math.Min(count, cells.Length); ; wanted--)
        {
            IReadOnlyList<int[]>? best = Enumerable.Range(0, Trials)
                .Select(trial => KMeans.Run(cells, wanted, seed + trial))
                .OrderBy(clusters => clusters.Distance)
                .Select(clusters => Split(clusters.Labels, pictures))
                .FirstOrDefault(labels => IsShared(labels, wanted));
            if (best is not null)
                return InOrder(best, wanted);
        }
    }

    /// <summary>Whether enough of a picture belongs to a region.</summary>
    /// <param name="labels">The regions of its cells.</param>
    /// <param name="region">The region.</param>
    public static bool Has(int[] labels, int region) => labels.Count(label => label == region) >= SmallestShare * labels.Length;

    // One region is always shared.
    private static bool IsShared(IReadOnlyList<int[]> labels, int count) => count == 1 || Enumerable.Range(0, count).All(region =>
        Has(labels[0], region) && labels.Skip(1).Any(painting => Has(painting, region)));

    private static IReadOnlyList<int[]> Split(int[] labels, IReadOnlyList<FeatureGrid> pictures)
    {
        var parts = new List<int[]>();
        int first = 0;
        foreach (FeatureGrid picture in pictures)
        {
            parts.Add(labels[first..(first + picture.Cells.Length)]);
            first += picture.Cells.Length;
        }
        return parts;
    }

    private static IReadOnlyList<int[]> InOrder(IReadOnlyList<int[]> labels, int count)
    {
        List<int> order = [.. labels[0].Distinct(), .. Enumerable.Range(0, count)];
        return [.. labels.Select(picture => Array.ConvertAll(picture, label => order.IndexOf(label)))];
    }
}
