using System.Numerics;
using Pastiche.Compute;

namespace Pastiche.Losses;

/// <summary>
/// Total variation of the picture itself, squared as in Mahendran and Vedaldi (arXiv 1412.0035, beta = 2): the mean over
/// channels and pixels of the squared differences to the right and to the lower neighbour. It smooths what the network
/// does not see.
/// </summary>
/// <param name="weight">The loss's weight.</param>
/// <param name="pool">The threads to compute with.</param>
/// <param name="isTiled">Whether the picture is a torus: its last row and column have neighbours in the first.</param>
internal sealed class TotalVariationLoss(double weight, WorkerPool pool, bool isTiled = false)
{
    /// <summary>What reports call it.</summary>
    public const string Name = "total variation";

    /// <summary>The weighted value; its gradient is added.</summary>
    /// <param name="planes">The picture <c>[3, height, width]</c>.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="gradient">The gradient <c>[3, height, width]</c> to add to.</param>
    public unsafe double Evaluate(ReadOnlySpan<float> planes, int height, int width, Span<float> gradient)
    {
        double factor = weight / planes.Length;
        var sums = new double[planes.Length / width];
        fixed (float* values = planes, slopes = gradient)
        {
            // Spans and pinned variables cannot go into a lambda.
            float* from = values, to = slopes;
            pool.Run(sums.Length, (row, _) =>
            {
                int start = row * width, y = row % height, plane = start - y * width;
                var line = new ReadOnlySpan<float>(from + start, width);
                ReadOnlySpan<float> above = new(from + plane + Neighbour(y - 1, height) * width, width);
                ReadOnlySpan<float> below = new(from + plane + Neighbour(y + 1, height) * width, width);
                sums[row] = AddRow(line, above, below, new Span<float>(to + start, width), (float)(2 * factor));
            });
        }
        return factor * sums.Sum();
    }

    // A neighbour that is missing counts as equal.
    private int Neighbour(int coordinate, int size) =>
        isTiled ? PaddingKind.Circular.Inside(coordinate, size) : Math.Clamp(coordinate, 0, size - 1);

    // A pixel's gradient is its difference to all four neighbours. The sum takes those to the right and below.
    private double AddRow(
        ReadOnlySpan<float> row, ReadOnlySpan<float> above, ReadOnlySpan<float> below, Span<float> gradient, float slope)
    {
        int last = row.Length - 1, i = 1;
        double sum = AddPixel(row, above, below, gradient, slope, 0);
        Vector<float> squares = Vector<float>.Zero;
        for (; i <= last - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(row[i..]);
            Vector<float> right = new Vector<float>(row[(i + 1)..]) - value, down = new Vector<float>(below[i..]) - value;
            Vector<float> left = value - new Vector<float>(row[(i - 1)..]), up = value - new Vector<float>(above[i..]);
            squares += right * right + down * down;
            (new Vector<float>(gradient[i..]) + (left - right + (up - down)) * slope).CopyTo(gradient[i..]);
        }
        for (; i <= last; i++)
            sum += AddPixel(row, above, below, gradient, slope, i);
        return sum + Vector.Sum(squares);
    }

    private double AddPixel(
        ReadOnlySpan<float> row, ReadOnlySpan<float> above, ReadOnlySpan<float> below, Span<float> gradient, float slope, int i)
    {
        float value = row[i];
        float right = row[Neighbour(i + 1, row.Length)] - value, left = value - row[Neighbour(i - 1, row.Length)];
        float down = below[i] - value, up = value - above[i];
        gradient[i] += slope * (left - right + (up - down));
        return (double)right * right + (double)down * down;
    }
}
