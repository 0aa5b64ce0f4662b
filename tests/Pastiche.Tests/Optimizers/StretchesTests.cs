using Pastiche.Optimizers;

namespace Pastiche.Tests.Optimizers;

public sealed class StretchesTests
{
    private static readonly ParallelLoop Threads = (count, body) => Parallel.For(0, count, item => body(item, 0));

    [Theory]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(50_001)]
    public void Every_coordinate_is_visited_once(int length)
    {
        var visits = new int[length];
        new Stretches(Threads).Run(length, range =>
        {
            foreach (ref int visit in visits.AsSpan(range))
                visit++;
        });
        Assert.All(visits, value => Assert.Equal(1, value));
    }

    [Fact]
    public void Sums_and_maxima_are_those_of_the_array_whatever_runs_the_loop()
    {
        float[] a = Random(50_001, 1), b = Random(50_001, 2);
        a[40_000] = -3;
        Stretches alone = new(), together = new(Threads);

        Assert.Equal(a.Zip(b, (x, y) => (double)x * y).Sum(), alone.Dot(a, b), 1e-2);
        Assert.Equal(alone.Dot(a, b), together.Dot(a, b));
        Assert.Equal(3, together.MaxMagnitude(a));
        a[7] = float.NaN;
        Assert.Equal(double.NaN, together.MaxMagnitude(a));
    }

    [Fact]
    public void Lbfgs_does_not_depend_on_what_runs_its_loops()
    {
        float[] centre = Random(40_003, 3), alone = Random(40_003, 4), together = [.. alone];
        Bounds bounds = new(-0.4f, 0.4f);

        Lbfgs.Minimize(alone, Function, bounds, history: 4, evaluations: 12);
        Lbfgs.Minimize(together, Function, bounds, history: 4, evaluations: 12, Threads);

        Assert.Equal(alone, together);

        double Function(ReadOnlySpan<float> x, Span<float> gradient)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                float curvature = 1 + i % 7, difference = x[i] - centre[i];
                gradient[i] = curvature * difference;
                sum += 0.5 * curvature * difference * difference;
            }
            return sum;
        }
    }

    private static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }
}
