using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class PointwiseConvolutionTests
{
    public static TheoryData<int, int, int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int, int, int>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach ((int inputs, int outputs, int height, int width) in new[]
            {
                (1, 1, 1, 1), (3, 3, 4, 5), (16, 64, 7, 19), (33, 17, 5, 13), (64, 48, 2, 30),
            })
            {
                data.Add(lanes, inputs, outputs, height, width);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Applies_the_matrix_to_every_pixel(int lanes, int inputs, int outputs, int height, int width)
    {
        int pixels = height * width;
        float[] values = ScalarReference.RandomValues(inputs * pixels, 1), matrix = ScalarReference.RandomValues(outputs * inputs, 2);
        float[] bias = ScalarReference.RandomValues(outputs, 3), transposed = new float[matrix.Length], expected = new float[outputs * pixels];
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
                transposed[input * outputs + output] = matrix[output * inputs + input];
            for (int pixel = 0; pixel < pixels; pixel++)
                expected[output * pixels + pixel] = bias[output] + Enumerable.Range(0, inputs).Sum(input => matrix[output * inputs + input] * values[input * pixels + pixel]);
        }
        using var source = new FeatureMap(inputs, height, width);
        source.CopyFromPlanes(values);
        using var target = new FeatureMap();
        using IPointwiseConvolution convolution = Vectors.Path(lanes).PointwiseConvolution();

        convolution.Load(matrix, inputs, outputs, bias, transposed: false);
        convolution.Run(source, target);
        Assert.InRange(ScalarReference.RelativeError(expected, target.ToPlanes()), 0, 1e-6);

        using var pool = new WorkerPool(3);
        float[] once = target.ToPlanes();
        convolution.Run(source, target, pool);
        Assert.Equal(once, target.ToPlanes());

        convolution.Load(transposed, inputs, outputs, bias, transposed: true);
        convolution.Run(source, target);
        Assert.InRange(ScalarReference.RelativeError(expected, target.ToPlanes()), 0, 1e-6);
    }

    [Theory]
    [InlineData(16, 20)]
    [InlineData(8, 64)]
    [InlineData(4, 33)]
    public void Target_may_be_the_source(int lanes, int channels)
    {
        float[] values = ScalarReference.RandomValues(channels * 5 * 31, 1), matrix = ScalarReference.RandomValues(channels * channels, 2);
        using FeatureMap source = new(channels, 5, 31), target = new();
        source.CopyFromPlanes(values);
        using IPointwiseConvolution convolution = Vectors.Path(lanes).PointwiseConvolution();
        convolution.Load(matrix, channels, channels, ScalarReference.RandomValues(channels, 3), transposed: false);
        convolution.Run(source, target);

        convolution.Run(source, source);

        Assert.Equal(target.ToPlanes(), source.ToPlanes());
        convolution.Load(matrix, channels, channels - 1, [], transposed: false);
        Assert.Throws<ArgumentException>(() => convolution.Run(source, source));
    }
}
