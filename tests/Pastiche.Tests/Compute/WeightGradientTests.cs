using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class WeightGradientTests
{
    public static TheoryData<int, int, int, int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach (int taps in new[] { 1, 9 })
            {
                foreach ((int inputs, int outputs, int height, int width) in new[]
                {
                    (1, 1, 1, 1), (3, 16, 7, 9), (16, 3, 8, 8), (17, 33, 5, 13), (40, 20, 9, 23), (64, 48, 2, 3),
                })
                {
                    data.Add(lanes, taps, inputs, outputs, height, width);
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_products_of_shifted_input_and_gradient(int lanes, int taps, int inputs, int outputs, int height, int width)
    {
        float[] input = ScalarReference.RandomValues(inputs * height * width, 1), gradient = ScalarReference.RandomValues(outputs * height * width, 2);
        using var map = new FeatureMap(inputs, height, width);
        map.CopyFromPlanes(input);
        ReflectionPadding.Fill(map);
        using var gradientMap = new FeatureMap(outputs, height, width);
        gradientMap.CopyFromPlanes(gradient);
        // What was there before is added to.
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * taps, 3), bias = ScalarReference.RandomValues(outputs, 4);
        float[] expected = [.. kernel], expectedBias = [.. bias];
        AddReference(input, gradient, inputs, outputs, height, width, taps, expected, expectedBias);

        using IWeightGradient product = Vectors.Path(lanes).WeightGradient();
        product.Add(map, gradientMap, kernel, bias);

        Assert.InRange(ScalarReference.RelativeError(expected, kernel), 0, 1e-6);
        Assert.InRange(ScalarReference.RelativeError(expectedBias, bias), 0, 1e-6);
    }

    private static void AddReference(
        float[] input, float[] gradient, int inputs, int outputs, int height, int width, int taps, float[] kernel, float[] bias)
    {
        int reach = taps == 9 ? 1 : 0, side = 2 * reach + 1;
        for (int output = 0; output < outputs; output++)
        {
            bias[output] += (float)gradient.AsSpan(output * height * width, height * width).ToArray().Sum(value => (double)value);
            for (int channel = 0; channel < inputs; channel++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    double sum = 0;
                    for (int y = 0; y < height; y++)
                    {
                        for (int x = 0; x < width; x++)
                        {
                            int sy = Reflection.Inside(y + tap / side - reach, height), sx = Reflection.Inside(x + tap % side - reach, width);
                            sum += (double)input[(channel * height + sy) * width + sx] * gradient[(output * height + y) * width + x];
                        }
                    }
                    kernel[(output * inputs + channel) * taps + tap] += (float)sum;
                }
            }
        }
    }
}
