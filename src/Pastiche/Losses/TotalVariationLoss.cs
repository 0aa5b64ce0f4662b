namespace Pastiche.Losses;

/// <summary>
/// Total variation of the picture itself, squared as in Mahendran and Vedaldi (arXiv 1412.0035, beta = 2): the mean over
/// channels and pixels of the squared differences to the right and to the lower neighbour. It smooths what the network
/// does not see.
/// </summary>
/// <param name="weight">The loss's weight.</param>
internal sealed class TotalVariationLoss(double weight)
{
    /// <summary>What reports call it.</summary>
    public const string Name = "total variation";

    /// <summary>The weighted value; its gradient is added.</summary>
    /// <param name="planes">The picture <c>[3, height, width]</c>.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="gradient">The gradient <c>[3, height, width]</c> to add to.</param>
    public double Evaluate(ReadOnlySpan<float> planes, int height, int width, Span<float> gradient)
    {
        double factor = weight / planes.Length, sum = 0;
        var slope = (float)(2 * factor);
        for (int row = 0; row < planes.Length / width; row++)
        {
            int start = row * width;
            bool hasBelow = row % height < height - 1;
            for (int i = start; i < start + width; i++)
            {
                if (i + 1 < start + width)
                    sum += Pair(planes, gradient, i, i + 1, slope);
                if (hasBelow)
                    sum += Pair(planes, gradient, i, i + width, slope);
            }
        }
        return factor * sum;
    }

    private static double Pair(ReadOnlySpan<float> planes, Span<float> gradient, int a, int b, float slope)
    {
        float difference = planes[b] - planes[a];
        gradient[b] += slope * difference;
        gradient[a] -= slope * difference;
        return (double)difference * difference;
    }
}
