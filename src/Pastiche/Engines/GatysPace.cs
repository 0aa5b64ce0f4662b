using System.Diagnostics;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>What an evaluation costs on this machine: something in any case, and so much for every pixel.</summary>
/// <param name="Fixed">Seconds of an evaluation, whatever the size.</param>
/// <param name="PerPixel">Seconds for a pixel.</param>
internal readonly record struct GatysPace(double Fixed, double PerPixel)
{
    // Multiples of the deepest features, for pictures that are to tile. The larger one is where caches no longer hold everything, unless that
    // would take longer than an estimate is worth.
    private const int SmallSide = 128, LargeSide = 512, LargeSideOfSlow = 256;
    private const double Slow = 0.008;

    // The first evaluations find their memory and have little to remember yet.
    private const int Evaluations = 8, Timed = 4;

    // What scaling and reading photograph and painting cost at each size, in evaluations.
    private const int Reading = 3;

    // In strips, two of five blocks are computed once more.
    private const double StripFactor = 1.15;

    /// <summary>Times a few evaluations of two small pictures.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="cancellation">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The pace; <c>null</c> when the search gives up too early to tell.</returns>
    public static GatysPace? Measure(GatysEngine engine, CancellationToken cancellation)
    {
        if (SecondsAt(SmallSide) is not { } small)
            return null;
        int side = small > Slow ? LargeSideOfSlow : LargeSide;
        if (SecondsAt(side) is not { } large)
            return null;
        double pixels = SmallSide * SmallSide, perPixel = Math.Max(large - small, 0) / ((double)side * side - pixels);
        return new GatysPace(Math.Max(small - perPixel * pixels, 0), perPixel);

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
            if (times.Count < Evaluations)
                return null;
            double[] last = [.. Enumerable.Range(Evaluations - Timed, Timed).Select(i => Stopwatch.GetElapsedTime(times[i - 1], times[i]).TotalSeconds).Order()];
            return (last[Timed / 2 - 1] + last[Timed / 2]) / 2;
        }
    }

    /// <summary>The time of all evaluations of a run.</summary>
    /// <param name="scales">Its sizes.</param>
    /// <param name="largestWhole">Pixels of the largest picture that is not cut into strips.</param>
    public TimeSpan Of(IEnumerable<PaintScale> scales, int largestWhole)
    {
        (double @fixed, double perPixel) = this;
        return TimeSpan.FromSeconds(scales.Sum(scale =>
            (scale.Iterations + Reading) * (@fixed + (double)scale.Width * scale.Height * perPixel * ((double)scale.Width * scale.Height > largestWhole ? StripFactor : 1))));
    }
}
