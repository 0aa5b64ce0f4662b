using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>Takes a conversion of colours into the convolution that follows it.</summary>
internal static class ColourFold
{
    private const int Colours = 3, KernelArea = 9;

    /// <summary>
    /// The convolution of <c>y = A x + a</c>, as one of x. Exact where borders are reflected: reflection commutes with a convolution
    /// of 1x1.
    /// </summary>
    /// <param name="next">The convolution of y, which has three inputs.</param>
    /// <param name="matrix">A, <c>[3, 3]</c>.</param>
    /// <param name="offset">a, <c>[3]</c>.</param>
    public static ConvolutionWeights Apply(ConvolutionWeights next, double[,] matrix, double[] offset)
    {
        var kernel = new float[next.Kernel.Length];
        double[] bias = [.. next.Bias];
        for (int i = 0; i < kernel.Length; i++)
        {
            (int output, int rest) = Math.DivRem(i, Colours * KernelArea);
            (int input, int tap) = Math.DivRem(rest, KernelArea);
            double sum = 0;
            for (int k = 0; k < Colours; k++)
                sum += next.Kernel[(output * Colours + k) * KernelArea + tap] * matrix[k, input];
            kernel[i] = (float)sum;
            bias[output] += next.Kernel[i] * offset[input];
        }
        return next with { Kernel = kernel, Bias = Array.ConvertAll(bias, value => (float)value) };
    }
}
