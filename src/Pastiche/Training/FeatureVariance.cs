using System.Numerics.Tensors;
using Pastiche.Compute;

namespace Pastiche.Training;

/// <summary>What losses of features are compared with.</summary>
internal static unsafe class FeatureVariance
{
    /// <summary>The sum over channels and pixels of <c>(F - 1)^2</c>; 1 is a channel's mean at the common scale. Never zero.</summary>
    public static double AroundOne(FeatureMap features)
    {
        double sum = 0;
        for (int block = 0; block < features.Blocks; block++)
        {
            for (int y = 0; y < features.Height; y++)
            {
                var row = new ReadOnlySpan<float>(features.Pixel(block, y, 0), features.Width * FeatureMap.BlockSize);
                sum += TensorPrimitives.SumOfSquares(row) - 2 * TensorPrimitives.Sum(row);
            }
        }
        // Channels that only fill the last block are zero.
        return Math.Max(sum + (double)features.Channels * features.Height * features.Width, 1e-3);
    }
}
