using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>Features of a picture and their statistics, strip by strip.</summary>
internal sealed class StripEncoder : IDisposable
{
    private readonly FeatureNetwork _network;
    private readonly MapPair _maps;
    private readonly StatisticsPass _statistics;
    private readonly int _pixels;
    private readonly ReusedArray _band = new();

    /// <summary>Builds the network.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="levels">The blocks whose first taps are asked for.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="maps">The maps to work in, which are disposed of with the encoder.</param>
    /// <param name="pixels">The most pixels of a strip.</param>
    public StripEncoder(NetworkWeights weights, IEnumerable<int> levels, NetworkCompute compute, MapPair maps, int pixels)
    {
        (_maps, _pixels) = (maps, pixels);
        _network = FeatureNetwork.ForwardOnly(weights, levels.Select(Vgg19.FirstTapOf), compute, maps);
        _statistics = new StatisticsPass(compute.Pool, compute.Products);
    }

    /// <summary>The features of a level in the last strip that was encoded for it.</summary>
    public FeatureMap this[int level] => _network[Vgg19.FirstTapOf(level)];

    /// <summary>Cuts a picture.</summary>
    /// <param name="canvas">Its size, with the margin.</param>
    /// <param name="level">The deepest block that is computed.</param>
    /// <param name="halo">Rows that are computed above and below each strip.</param>
    public IReadOnlyList<Strip> Cut(Canvas canvas, int level, int halo) => StripPlan.Cut(canvas.Height, canvas.Width, level, halo, _pixels);

    /// <summary>The statistics of a picture without a margin, at several levels at once.</summary>
    /// <param name="picture">The picture; its transparent pixels do not count.</param>
    /// <param name="levels">The levels.</param>
    public IReadOnlyDictionary<int, FeatureStatistics> Statistics(Picture picture, int[] levels)
    {
        var canvas = new Canvas(picture.Height, picture.Width, 0);
        int deepest = levels.Max(), halo = StripPlan.HaloOf(deepest);
        float[]?[] weights = [.. levels.Select(level => FeatureWeights.Of(picture, level - 1))];
        var statistics = new FeatureStatistics?[levels.Length];
        foreach (Strip strip in Cut(canvas, deepest, halo))
        {
            Strip encoded = Encode(canvas, picture.Planes, strip.Grow(halo, canvas.Height), levels);
            for (int i = 0; i < levels.Length; i++)
                statistics[i] = Add(statistics[i], canvas, levels[i], encoded, strip, weights[i]);
        }
        return levels.Zip(statistics).ToDictionary(pair => pair.First, pair => pair.Second!);
    }

    /// <summary>Encodes some rows.</summary>
    /// <param name="canvas">The picture's size and margin.</param>
    /// <param name="planes">The picture without the margin, <c>[3, height, width]</c>.</param>
    /// <param name="rows">The rows, halo included, counted with the margin.</param>
    /// <param name="levels">The levels whose features are asked for.</param>
    /// <returns>The rows.</returns>
    public Strip Encode(Canvas canvas, ReadOnlySpan<float> planes, Strip rows, params ReadOnlySpan<int> levels)
    {
        Span<float> band = Band(3 * rows.Rows * canvas.Width);
        canvas.EnlargeRows(planes, rows.Top, rows.Rows, band);
        var taps = new Tap[levels.Length];
        for (int i = 0; i < taps.Length; i++)
            taps[i] = Vgg19.FirstTapOf(levels[i]);
        _network.Forward(band, rows.Rows, canvas.Width, taps);
        return rows;
    }

    /// <summary>Adds the statistics of a strip.</summary>
    /// <param name="sum">What came before; <c>null</c> for nothing.</param>
    /// <param name="canvas">The picture's size and margin, which does not count.</param>
    /// <param name="level">The level.</param>
    /// <param name="encoded">The rows that were encoded last.</param>
    /// <param name="strip">Those of them that count.</param>
    /// <param name="weights">Of the picture's features without its margin; <c>null</c> when all count.</param>
    public FeatureStatistics Add(FeatureStatistics? sum, Canvas canvas, int level, Strip encoded, Strip strip, float[]? weights)
    {
        int poolings = level - 1, columns = canvas.PictureWidth >> poolings, margin = canvas.Margin >> poolings;
        (Strip features, int first) = (strip.Halve(poolings), encoded.Top >> poolings);
        var inside = new Strip(Math.Max(features.Top, margin), Math.Min(features.End, margin + (canvas.PictureHeight >> poolings)));
        if (inside.Rows <= 0)
            return sum!;
        ReadOnlyMemory<float> counted = weights?.AsMemory((inside.Top - margin) * columns, inside.Rows * columns) ?? default;
        FeatureStatistics own = _statistics.Compute(this[level], new FeatureWindow(inside.Top - first, margin, inside.Rows, columns), counted);
        return sum is null ? own : FeatureStatistics.Merge(sum, own);
    }

    /// <summary>Memory for some rows of a picture, until the next call.</summary>
    public Span<float> Band(int length) => _band.OfLength(length);

    public void Dispose()
    {
        _network.Dispose();
        _maps.Dispose();
        _statistics.Dispose();
    }
}
