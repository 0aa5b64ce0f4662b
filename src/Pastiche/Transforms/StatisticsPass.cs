using Pastiche.Compute;

namespace Pastiche.Transforms;

/// <summary>
/// Reads the statistics of feature maps. The mean is taken off before products are summed: features' means are larger than their
/// deviations, and a difference of large sums would lose the digits that count.
/// </summary>
/// <remarks>Results do not depend on the number of threads. One map at a time.</remarks>
internal sealed unsafe class StatisticsPass(WorkerPool pool, IFeatureProducts products) : IDisposable
{
    private const int Lanes = FeatureMap.BlockSize;

    // Stretches of rows are summed separately and then in order, so that threads do not matter.
    private const int Stretches = 16;

    // Rows that are summed in single precision.
    private const int RowsAtOnce = 32;

    // Numbers whose deviations from the mean are held at once: 64 MiB.
    private const int MostCentred = 1 << 24;

    private readonly FeatureMap _centred = new();

    /// <summary>Computes mean and covariance of a whole map.</summary>
    /// <inheritdoc cref="Compute(FeatureMap, FeatureWindow, ReadOnlyMemory{float})"/>
    public FeatureStatistics Compute(FeatureMap map, ReadOnlyMemory<float> weights = default) =>
        Compute(map, FeatureWindow.Whole(map), weights);

    /// <summary>Computes mean and covariance.</summary>
    /// <param name="map">Features, <c>[channels, height, width]</c>.</param>
    /// <param name="window">The rectangle of it that is read.</param>
    /// <param name="weights">
    /// How much each of the window's pixels counts, <c>[height, width]</c>, not negative: 0 leaves it out. Empty: all count 1.
    /// </param>
    /// <returns>The statistics; all zero when no pixel counts.</returns>
    public FeatureStatistics Compute(FeatureMap map, FeatureWindow window, ReadOnlyMemory<float> weights)
    {
        long pixels = (long)window.Height * window.Width;
        if (!weights.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, pixels, nameof(weights));
        if (map.Channels * pixels > MostCentred && window.Height > 1)
        {
            int half = window.Height / 2, upper = weights.IsEmpty ? 0 : half * window.Width;
            return FeatureStatistics.Merge(
                Compute(map, window with { Height = half }, weights[..upper]),
                Compute(map, window with { Top = window.Top + half, Height = window.Height - half }, weights[upper..]));
        }
        (double weight, double squared) = weights.IsEmpty ? (pixels, pixels) : Sums(weights.Span);
        double freedom = FeatureStatistics.FreedomOf(weight, squared);
        int channels = map.Channels;
        if (weight == 0)
            return new FeatureStatistics(new double[channels], new double[channels * channels], 0, 0);

        double[] mean = Mean(map, window, weights, weight);
        if (freedom == 0)
            return new FeatureStatistics(mean, new double[channels * channels], weight, squared);
        Centre(map, window, weights, mean);
        var gram = new float[channels * channels];
        products.Gram(_centred, gram);
        return new FeatureStatistics(mean, Array.ConvertAll(gram, sum => sum / freedom), weight, squared);
    }

    public void Dispose() => _centred.Dispose();

    private static (double Sum, double SquaredSum) Sums(ReadOnlySpan<float> weights)
    {
        double sum = 0, squared = 0;
        foreach (float weight in weights)
        {
            sum += weight;
            squared += (double)weight * weight;
        }
        return (sum, squared);
    }

    private double[] Mean(FeatureMap map, FeatureWindow window, ReadOnlyMemory<float> weights, double weight)
    {
        int width = window.Width * Lanes;
        float[][] sums = Rows(width), counts = Rows(width);
        var partials = new double[map.Blocks * Stretches][];
        pool.Run(partials.Length, (item, worker) =>
        {
            (int block, int stretch) = Math.DivRem(item, Stretches);
            var partial = partials[item] = new double[Lanes];
            Span<float> sum = sums[worker], count = counts[worker];
            sum.Clear();
            (int start, int end) = (window.Height * stretch / Stretches, window.Height * (stretch + 1) / Stretches);
            for (int y = start; y < end; y++)
            {
                var row = new ReadOnlySpan<float>(map.Pixel(block, window.Top + y, window.Left), width);
                if (weights.IsEmpty)
                {
                    SpanMath.Add(sum, row);
                }
                else
                {
                    Repeat(weights.Span.Slice(y * window.Width, window.Width), count);
                    SpanMath.AddWeighted(sum, row, count);
                }
                if ((y - start) % RowsAtOnce == RowsAtOnce - 1 || y == end - 1)
                    AddTo(partial, sum);
            }
        });

        var mean = new double[map.Channels];
        for (int channel = 0; channel < mean.Length; channel++)
        {
            for (int stretch = 0; stretch < Stretches; stretch++)
                mean[channel] += partials[channel / Lanes * Stretches + stretch][channel % Lanes];
            mean[channel] /= weight;
        }
        return mean;
    }

    // (F - mean) * sqrt(weight), so that the plain Gram matrix is the weighted one.
    private void Centre(FeatureMap map, FeatureWindow window, ReadOnlyMemory<float> weights, double[] mean)
    {
        int width = window.Width * Lanes;
        _centred.Reshape(map.Channels, window.Height, window.Width);
        var means = new float[map.Blocks][];
        for (int block = 0; block < map.Blocks; block++)
        {
            means[block] = new float[width];
            for (int i = 0; i < width; i++)
                means[block][i] = block * Lanes + i % Lanes is int channel && channel < mean.Length ? (float)mean[channel] : 0;
        }
        float[][] roots = Rows(width);
        float[]? squareRoots = weights.IsEmpty ? null : Array.ConvertAll(weights.ToArray(), MathF.Sqrt);
        pool.Run(window.Height, (y, worker) =>
        {
            Span<float> root = squareRoots is null ? [] : roots[worker];
            if (squareRoots is not null)
                Repeat(squareRoots.AsSpan(y * window.Width, window.Width), root);
            for (int block = 0; block < map.Blocks; block++)
            {
                var target = new Span<float>(_centred.Pixel(block, y, 0), width);
                SpanMath.Centre(new ReadOnlySpan<float>(map.Pixel(block, window.Top + y, window.Left), width), means[block], root, target);
            }
        });
    }

    private float[][] Rows(int width) => [.. Enumerable.Range(0, pool.Count).Select(_ => new float[width])];

    private static void Repeat(ReadOnlySpan<float> values, Span<float> target)
    {
        for (int x = 0; x < values.Length; x++)
            target.Slice(x * Lanes, Lanes).Fill(values[x]);
    }

    private static void AddTo(double[] partial, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
            partial[i % Lanes] += sum[i];
        sum.Clear();
    }
}
