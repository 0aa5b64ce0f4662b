using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

/// <summary>Plain double-precision arithmetic on planar arrays <c>[channels, height, width]</c>: what the fast kernels must give.</summary>
internal static class ScalarReference
{
    /// <summary>One output of a 3x3 convolution.</summary>
    public static double ConvolveAt(
        float[] input, int inputs, int height, int width, float[] kernel, float[] bias, int output, int y, int x,
        PaddingKind padding = PaddingKind.Zero)
    {
        double sum = bias.Length > 0 ? bias[output] : 0;
        for (int channel = 0; channel < inputs; channel++)
        {
            for (int ky = 0; ky < 3; ky++)
            {
                for (int kx = 0; kx < 3; kx++)
                {
                    int sy = Padded(y + ky - 1, height, padding), sx = Padded(x + kx - 1, width, padding);
                    if (sy >= 0 && sy < height && sx >= 0 && sx < width)
                        sum += (double)input[(channel * height + sy) * width + sx] * kernel[((output * inputs + channel) * 3 + ky) * 3 + kx];
                }
            }
        }
        return sum;
    }

    public static float[] Convolve(
        float[] input, int inputs, int height, int width, float[] kernel, float[] bias, int outputs,
        PaddingKind padding = PaddingKind.Zero)
    {
        var result = new float[outputs * height * width];
        for (int output = 0; output < outputs; output++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    result[(output * height + y) * width + x] = (float)ConvolveAt(input, inputs, height, width, kernel, bias, output, y, x, padding);
            }
        }
        return result;
    }

    /// <summary>The gradient with respect to the input: each output's gradient goes back to all that it was computed from.</summary>
    public static float[] ConvolveBackward(
        float[] gradient, int inputs, int height, int width, float[] kernel, int outputs, PaddingKind padding = PaddingKind.Zero)
    {
        var result = new double[inputs * height * width];
        for (int output = 0; output < outputs; output++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double value = gradient[(output * height + y) * width + x];
                    for (int channel = 0; channel < inputs; channel++)
                    {
                        for (int ky = 0; ky < 3; ky++)
                        {
                            for (int kx = 0; kx < 3; kx++)
                            {
                                int ty = Padded(y + ky - 1, height, padding), tx = Padded(x + kx - 1, width, padding);
                                if (ty >= 0 && ty < height && tx >= 0 && tx < width)
                                    result[(channel * height + ty) * width + tx] += value * kernel[((output * inputs + channel) * 3 + ky) * 3 + kx];
                            }
                        }
                    }
                }
            }
        }
        return [.. result.Select(value => (float)value)];
    }

    /// <summary>Repeats each pixel twice a side, and once more where the size is odd.</summary>
    public static float[] Enlarge(float[] input, int channels, int height, int width)
    {
        int h = height / 2, w = width / 2;
        return [.. from channel in Enumerable.Range(0, channels)
                   from y in Enumerable.Range(0, height)
                   from x in Enumerable.Range(0, width)
                   select input[(channel * h + Math.Min(y / 2, h - 1)) * w + Math.Min(x / 2, w - 1)]];
    }

    public static float[] Rectify(float[] values) => [.. values.Select(value => Math.Max(value, 0))];

    /// <summary>2x2 pooling; odd sizes lose their last row or column.</summary>
    public static float[] Pool(float[] input, int channels, int height, int width, bool isAverage)
    {
        int pooledHeight = height / 2, pooledWidth = width / 2;
        var result = new float[channels * pooledHeight * pooledWidth];
        for (int i = 0; i < result.Length; i++)
        {
            float[] values = [.. Neighbourhood(i, pooledHeight, pooledWidth, height, width).Select(index => input[index])];
            result[i] = isAverage ? values.Average() : values.Max();
        }
        return result;
    }

    public static float[] PoolBackward(float[] gradient, float[] input, int channels, int height, int width, bool isAverage)
    {
        var result = new float[channels * height * width];
        int pooledHeight = height / 2, pooledWidth = width / 2;
        for (int i = 0; i < gradient.Length; i++)
        {
            int[] indices = Neighbourhood(i, pooledHeight, pooledWidth, height, width);
            if (isAverage)
            {
                foreach (int index in indices)
                    result[index] = gradient[i] / 4;
            }
            else
            {
                result[indices.MaxBy(index => input[index])] = gradient[i];
            }
        }
        return result;
    }

    public static float[] RandomValues(int count, int seed, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))];
    }

    /// <summary>The root mean square of the difference, relative to that of the expected values.</summary>
    public static double RelativeError(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, norm = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            norm += Math.Pow(expected[i], 2);
        }
        return Math.Sqrt(difference / Math.Max(norm, double.Epsilon));
    }

    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
            (ab, aa, bb) = (ab + (double)a[i] * b[i], aa + (double)a[i] * a[i], bb + (double)b[i] * b[i]);
        return ab / Math.Sqrt(aa * bb);
    }

    private static int Padded(int coordinate, int size, PaddingKind padding) =>
        padding == PaddingKind.Zero ? coordinate : padding.Inside(coordinate, size);

    private static int[] Neighbourhood(int pooled, int pooledHeight, int pooledWidth, int height, int width)
    {
        (int row, int x) = Math.DivRem(pooled, pooledWidth);
        (int channel, int y) = Math.DivRem(row, pooledHeight);
        int first = (channel * height + 2 * y) * width + 2 * x;
        return [first, first + 1, first + width, first + width + 1];
    }
}
