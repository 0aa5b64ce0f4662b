using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

/// <summary>The first convolution over a whole picture, forward and backward, against the scalar reference.</summary>
public sealed class ImageConvolutionTests
{
    public static TheoryData<int, int, int, int, bool> Shapes()
    {
        var data = new TheoryData<int, int, int, int, bool>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach (bool isReflected in new[] { false, true })
            {
                foreach ((int outputs, int height, int width) in new[] { (16, 2, 3), (5, 7, 6), (33, 4, 13), (64, 9, 101), (40, 3, 2) })
                    data.Add(lanes, outputs, height, width, isReflected);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Features_and_gradient_equal_the_scalar_reference(int lanes, int outputs, int height, int width, bool isReflected)
    {
        PaddingKind padding = isReflected ? PaddingKind.Reflection : PaddingKind.Zero;
        float[] picture = ScalarReference.RandomValues(3 * height * width, 1);
        float[] kernel = ScalarReference.RandomValues(outputs * 27, 2), bias = ScalarReference.RandomValues(outputs, 3);
        float[] gradient = ScalarReference.RandomValues(outputs * height * width, 4);
        float[] scaled = [.. picture.Select(value => value * 3 - 1)];
        float[] expected = ScalarReference.Convolve(scaled, 3, height, width, kernel, bias, outputs, padding);
        float[] expectedBack = ScalarReference.ConvolveBackward(gradient, 3, height, width, kernel, outputs, padding);

        using var pool = new WorkerPool(2);
        ComputePath path = Vectors.Path(lanes);
        using ImageConvolution image = path.ImageConvolution(kernel, bias, pool.Count);
        using IImagePass pass = path.ImagePass(image, pool);
        using FeatureMap raw = new(outputs, height, width), activation = new(outputs, height, width), map = new(outputs, height, width);
        using var bits = new ActivationBits();
        bits.Reshape(outputs, height, width);
        image.Padding = padding;
        image.Reshape(height, width);
        for (int channel = 0; channel < 3; channel++)
            image.Load(channel, picture.AsSpan(channel * height * width, height * width), scale: 3, offset: -1);
        map.CopyFromPlanes(gradient);

        pass.Forward(raw, activation, bits);
        pass.Backward(map);

        Assert.InRange(ScalarReference.RelativeError(expected, raw.ToPlanes()), 0, 1e-6);
        Assert.InRange(ScalarReference.RelativeError(ScalarReference.Rectify(expected), activation.ToPlanes()), 0, 1e-6);
        var planes = new float[picture.Length];
        for (int channel = 0; channel < 3; channel++)
            pass.Gather(channel, planes.AsSpan(channel * height * width, height * width), scale: 0.5f);
        Assert.InRange(ScalarReference.RelativeError([.. expectedBack.Select(value => value / 2)], planes), 0, 1e-6);
    }
}
