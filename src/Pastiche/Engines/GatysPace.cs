using System.Diagnostics;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>What an evaluation costs on this machine: something in any case, and so much for every pixel.</summary>
/// <param name="Fixed">Seconds of an evaluation, whatever the size.</param>
/// <param name="PerPixel">Seconds for a pixel.</param>
internal readonly record struct GatysPace(double Fixed, double PerPixel)
{
    // Multiples of the deepest features, for pictures that are to tile.
    private const int SmallSide = 128, LargeSide = 256;

    // The first evaluation finds its memory, the second has nothing to remember yet.
    private const int Evaluations = 4;

    // In strips, two of five blocks are computed once more.
    private const double StripFactor = 1.15;

    /// <summary>Times a few evaluations of two small pictures.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="cancellation">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The pace; <c>null</c> when the search gives up too early to tell.</returns>
    public static GatysPace? Measure(GatysEngine engine, CancellationToken cancellation)
    {
        const double Small = SmallSide * SmallSide, Large = LargeSide * LargeSide;
        if (SecondsAt(SmallSide) is not { } small || SecondsAt(LargeSide) is not { } large)
            return null;
        double perPixel = Math.Max(large - small, 0) / (Large - Small);
        return new GatysPace(Math.Max(small - perPixel * Small, 0), perPixel);

        double? SecondsAt(int side)
        {
            Picture Noise(int seed)
            {
                var random = new Random(seed);
                return new Picture(side, side, [.. Enumerable.Range(0, 3 * side * side).Select(_ => random.NextSingle())]);
            }
            var times = new List<long>();
            engine.Run(
                Noise(1), [new WeightedGrams(engine.Read(Noise(2)), 1)], Noise(3).Planes, _ => times.Add(Stopwatch.GetTimestamp()), cancellation,
                iterations: Evaluations);
            return times.Count < Evaluations ? null : Stopwatch.GetElapsedTime(times[^2], times[^1]).TotalSeconds;
        }
    }

    /// <summary>The time of all evaluations of a run.</summary>
    /// <param name="scales">Its sizes.</param>
    /// <param name="mostPixels">Pixels of the largest picture that is not cut into strips.</param>
    public TimeSpan Of(IEnumerable<PaintScale> scales, int mostPixels)
    {
        (double @fixed, double perPixel) = this;
        return TimeSpan.FromSeconds(scales.Sum(scale =>
            scale.Iterations * @fixed + scale.Work * perPixel * ((double)scale.Width * scale.Height > mostPixels ? StripFactor : 1)));
    }
}
