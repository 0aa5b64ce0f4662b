namespace Pastiche.Tests;

/// <summary>
/// Checks a gradient against the function's own differences. Directions are half random, half along the gradient: purely
/// random ones are nearly orthogonal to it, and rounding and kinks would drown what they measure.
/// </summary>
internal static class FiniteDifferences
{
    /// <param name="function">The function, smooth around the point.</param>
    /// <param name="point">Where.</param>
    /// <param name="gradient">The claimed gradient there.</param>
    /// <param name="step">How far to go to either side.</param>
    /// <param name="tolerance">Allowed difference, relative to the largest of the directional derivatives.</param>
    public static void Check(Func<float[], double> function, float[] point, float[] gradient, double step, double tolerance)
    {
        var random = new Random(7);
        double size = Math.Sqrt(gradient.Average(value => (double)value * value));
        Assert.True(size > 0, "the gradient is zero: the check would prove nothing");
        var measured = new List<double>();
        var claimed = new List<double>();
        for (int trial = 0; trial < 8; trial++)
        {
            float[] direction = [.. gradient.Select(value => (float)(random.NextDouble() * 2 - 1 + value / size))];
            double up = function(Move(point, direction, step)), down = function(Move(point, direction, -step));
            measured.Add((up - down) / (2 * step));
            claimed.Add(gradient.Zip(direction, (g, d) => (double)g * d).Sum());
        }
        double scale = measured.Max(Math.Abs);
        Assert.True(scale > 0, "the function does not change: the check would prove nothing");
        for (int trial = 0; trial < measured.Count; trial++)
            Assert.InRange(Math.Abs(measured[trial] - claimed[trial]) / scale, 0, tolerance);
    }

    private static float[] Move(float[] point, float[] direction, double step) =>
        [.. point.Zip(direction, (p, d) => (float)(p + step * d))];
}
