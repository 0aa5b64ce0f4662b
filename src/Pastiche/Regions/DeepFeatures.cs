using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Regions;

/// <summary>What a network sees in each cell of a picture.</summary>
/// <param name="Rows">Rows of cells.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Cells">The cells' features, row by row.</param>
internal sealed record FeatureGrid(int Rows, int Columns, float[][] Cells);

/// <summary>
/// Deep features for finding regions: those of relu3_1 and relu4_1 in cells of eight pixels, and a little of where the cell is. In each
/// picture every channel is brought to mean 0 and deviation 1: otherwise paintings would differ from photographs more than skies
/// from houses.
/// </summary>
/// <param name="network">A forward chain with the two taps.</param>
internal sealed class DeepFeatures(FeatureNetwork network)
{
    /// <summary>The taps that the network must have.</summary>
    public static IReadOnlyList<Tap> Taps { get; } = [Tap.Parse("relu3_1"), Tap.Parse("relu4_1")];

    // The place, from -1 to 1, in relation to a layer's features, whose squares sum to 1 on average: high and low tell more than left
    // and right.
    private const float DownWeight = 0.6f, AcrossWeight = 0.2f;

    /// <summary>Reads a picture of at least eight pixels on each side.</summary>
    public FeatureGrid Read(Picture picture)
    {
        network.Forward(picture.Planes, picture.Height, picture.Width);
        FeatureMap deep = network[Taps[1]], shallow = network[Taps[0]];
        (int rows, int columns) = (deep.Height, deep.Width);
        float[][] cells = [.. Enumerable.Range(0, rows * columns).Select(i => new float[shallow.Channels + deep.Channels + 2])];
        Fill(cells, 0, MeansOfPairs(shallow, rows, columns), rows, columns);
        Fill(cells, shallow.Channels, deep.ToPlanes(), rows, columns);
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i][^2] = DownWeight * (2f * (i / columns) / Math.Max(rows - 1, 1) - 1);
            cells[i][^1] = AcrossWeight * (2f * (i % columns) / Math.Max(columns - 1, 1) - 1);
        }
        return new FeatureGrid(rows, columns, cells);
    }

    // [channels, rows, columns] of a map with twice as many of both.
    private static float[] MeansOfPairs(FeatureMap map, int rows, int columns)
    {
        float[] planes = map.ToPlanes();
        return [.. Enumerable.Range(0, map.Channels).SelectMany(channel =>
            MaskPyramid.Reduce(planes[(channel * map.Height * map.Width)..((channel + 1) * map.Height * map.Width)], map.Height, map.Width, 1)[..(rows * columns)])];
    }

    private static void Fill(float[][] cells, int first, float[] planes, int rows, int columns)
    {
        int pixels = rows * columns, channels = planes.Length / pixels;
        var weight = (float)(1 / Math.Sqrt(channels));
        for (int channel = 0; channel < channels; channel++)
        {
            float[] plane = Smooth(planes.AsSpan(channel * pixels, pixels), rows, columns);
            float mean = plane.Average(), deviation = MathF.Sqrt(plane.Average(value => (value - mean) * (value - mean)));
            for (int i = 0; i < pixels && deviation > 1e-6f; i++)
                cells[i][first + channel] = weight * (plane[i] - mean) / deviation;
        }
    }

    // The mean of a cell and its neighbours: regions are larger than strokes.
    private static float[] Smooth(ReadOnlySpan<float> plane, int rows, int columns)
    {
        var result = new float[plane.Length];
        for (int i = 0; i < plane.Length; i++)
        {
            int count = 0;
            for (int y = Math.Max(i / columns - 1, 0); y <= Math.Min(i / columns + 1, rows - 1); y++)
            {
                for (int x = Math.Max(i % columns - 1, 0); x <= Math.Min(i % columns + 1, columns - 1); x++, count++)
                    result[i] += plane[y * columns + x];
            }
            result[i] /= count;
        }
        return result;
    }
}
