using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Chains;

/// <summary>The chain by its definition, in double precision: slow, plain, and what the self-test trusts.</summary>
internal sealed class ReferenceChain(IReadOnlyList<ChainStage> stages, int size, PoolingKind pooling)
{
    /// <summary>The last activation <c>[channels, height, width]</c>.</summary>
    public double[] Forward(double[] picture)
    {
        (double[] value, int side) = (picture, size);
        foreach ((ConvolutionWeights convolution, bool poolsBefore) in stages)
        {
            if (poolsBefore)
            {
                value = Pool(value, convolution.Inputs, side);
                side /= 2;
            }
            value = ConvolveAndRectify(convolution, value, side);
        }
        return value;
    }

    /// <summary><c>0.5 * ||last activation||^2</c>.</summary>
    public double Loss(double[] picture) => 0.5 * Forward(picture).Sum(value => value * value);

    private static double[] ConvolveAndRectify(ConvolutionWeights convolution, double[] input, int side)
    {
        var output = new double[convolution.Outputs * side * side];
        for (int i = 0; i < output.Length; i++)
        {
            (int channel, int y, int x) = (i / (side * side), i / side % side, i % side);
            double sum = convolution.Bias[channel];
            for (int tap = 0; tap < 9; tap++)
            {
                (int row, int column) = (y + tap / 3 - 1, x + tap % 3 - 1);
                if (row < 0 || row >= side || column < 0 || column >= side)
                    continue;
                for (int source = 0; source < convolution.Inputs; source++)
                    sum += convolution.Kernel[(channel * convolution.Inputs + source) * 9 + tap] * input[(source * side + row) * side + column];
            }
            output[i] = Math.Max(sum, 0);
        }
        return output;
    }

    private double[] Pool(double[] input, int channels, int side)
    {
        int half = side / 2;
        var output = new double[channels * half * half];
        for (int i = 0; i < output.Length; i++)
        {
            (int channel, int y, int x) = (i / (half * half), i / half % half, i % half);
            ReadOnlySpan<double> top = input.AsSpan((channel * side + 2 * y) * side + 2 * x, 2);
            ReadOnlySpan<double> bottom = input.AsSpan((channel * side + 2 * y + 1) * side + 2 * x, 2);
            output[i] = pooling == PoolingKind.Max
                ? Math.Max(Math.Max(top[0], top[1]), Math.Max(bottom[0], bottom[1]))
                : (top[0] + top[1] + bottom[0] + bottom[1]) / 4;
        }
        return output;
    }
}
