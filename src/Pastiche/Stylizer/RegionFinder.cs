using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>Regions that a photograph and paintings have in common.</summary>
/// <param name="Regions">For <see cref="StyleTransferRequest.Regions"/>: each with the parts of the paintings that match it. They cover all.</param>
/// <param name="ContentMap">The photograph's label map (<see cref="RegionLabels"/>), a colour a region.</param>
/// <param name="StyleMaps">The paintings' label maps in the same colours.</param>
public sealed record FoundRegions(IReadOnlyList<StyleRegion> Regions, Picture ContentMap, IReadOnlyList<Picture> StyleMaps);

/// <summary>
/// Finds regions by themselves: deep features of the photograph and the paintings are clustered together, so that sky is painted
/// after sky. The network is <c>compact</c>, which is built in.
/// </summary>
public static class RegionFinder
{
    /// <summary>The fewest regions that can be asked for.</summary>
    public const int Fewest = 2;

    /// <summary>The most regions that can be asked for.</summary>
    public const int Most = 12;

    // Cells of eight pixels: some 2000 of each picture.
    private const int WorkingSize = 384;

    private const int LargestMap = 1024;

    /// <summary>Finds regions.</summary>
    /// <param name="content">The photograph.</param>
    /// <param name="styles">The paintings, at least one. Their own masks are kept: a region has of a painting what is in both.</param>
    /// <param name="count">Regions wanted, 2 to 12. There are fewer if the pictures do not have so many in common.</param>
    /// <param name="seed">Seed of the clustering.</param>
    /// <param name="threads">Threads; <c>null</c>: the default.</param>
    /// <exception cref="InvalidInputException">The count is out of range, or there is no painting.</exception>
    public static FoundRegions Find(Picture content, IReadOnlyList<StyleSource> styles, int count, int seed = 0, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(styles);
        if (count is < Fewest or > Most)
            throw new InvalidInputException($"regions to find are {count}; allowed: {Fewest} to {Most}");
        if (styles.Count == 0)
            throw new InvalidInputException("styles is empty; at least one is needed");

        IReadOnlyList<FeatureGrid> grids = Read([content, .. styles.Select(style => style.Picture)], threads);
        IReadOnlyList<int[]> labels = JointRegions.Find(grids, count, seed);
        int found = labels.Max(picture => picture.Max()) + 1;
        Picture[] maps = [.. grids.Select((grid, i) => MapOf(grid, labels[i], i == 0 ? content : styles[i - 1].Picture, found))];
        List<StyleRegion> regions = [];
        for (int region = 0; region < found; region++)
        {
            LabelColour colour = ColourOf(region, found);
            Picture mask = RegionLabels.MaskOf(maps[0], colour);
            StyleSource[] parts = [.. styles.Index().Where(style => JointRegions.Has(labels[style.Index + 1], region)).Select(style =>
                style.Item with { Mask = Both(RegionLabels.MaskOf(maps[style.Index + 1], colour), style.Item.Mask) })];
            if (!Mask.Of(mask).IsEmpty)
                regions.Add(new StyleRegion(mask, parts.Length > 0 ? parts : styles, colour.ToString()));
        }
        return new FoundRegions(regions, maps[0], maps[1..]);
    }

    private static IReadOnlyList<FeatureGrid> Read(IReadOnlyList<Picture> pictures, int? threads)
    {
        LoadedModel model = ModelStore.Default.Load(ModelStore.BuiltInName);
        using var compute = new NetworkCompute(threads);
        using FeatureNetwork network = FeatureNetwork.ForwardOnly(model.Weights, DeepFeatures.Taps, compute);
        var features = new DeepFeatures(network);
        return [.. pictures.Select(picture => features.Read(EngineInput.Fit(picture, WorkingSize)))];
    }

    // Borders between cells of eight pixels become straight lines at the map's size.
    private static Picture MapOf(FeatureGrid grid, int[] labels, Picture picture, int count)
    {
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, Math.Min(Math.Max(picture.Width, picture.Height), LargestMap));
        float[][] shares = [.. Enumerable.Range(0, count).Select(region =>
            new Mask(grid.Columns, grid.Rows, Array.ConvertAll(labels, label => label == region ? 1f : 0f)).Resize(width, height).Shares)];
        LabelColour[] colours = [.. Enumerable.Range(0, count).Select(region => ColourOf(region, count))];
        var planes = new float[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            LabelColour colour = colours[Enumerable.Range(0, count).MaxBy(region => shares[region][i])];
            (planes[i], planes[width * height + i], planes[2 * width * height + i]) = (colour.Red / 255f, colour.Green / 255f, colour.Blue / 255f);
        }
        return new Picture(width, height, planes);
    }

    private static Picture Both(Picture mask, Picture? own)
    {
        if (own is null)
            return mask;
        float[] shares = Mask.Of(own).Resize(mask.Width, mask.Height).Shares;
        return new Picture(mask.Width, mask.Height, [.. mask.Planes.Select((value, i) => value * shares[i % shares.Length])]);
    }

    // Hues around the circle, with strong and pale ones in turn.
    private static LabelColour ColourOf(int region, int count)
    {
        double hue = 6.0 * region / count, low = region % 2 == 0 ? 0 : 0.4;
        return new LabelColour(Band(5), Band(3), Band(1));

        byte Band(int offset)
        {
            double k = (offset + hue) % 6;
            return (byte)Math.Round(255 * (1 - (1 - low) * Math.Clamp(Math.Min(k, 4 - k), 0, 1)));
        }
    }
}
