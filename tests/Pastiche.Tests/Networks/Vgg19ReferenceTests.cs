using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

/// <summary>The real VGG-19 against PyTorch's features, and against plain arithmetic where PyTorch's masks cannot be had.</summary>
public sealed class Vgg19ReferenceTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void Features_equal_those_of_PyTorch(int lanes)
    {
        NetworkWeights weights = SharedVgg.Weights;
        Picture picture = SharedVgg.Picture("kodim04_96.png");
        IReadOnlyDictionary<string, float[]> expected = SharedVgg.Reference("vgg19_features_content.safetensors");
        using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
        using var network = new FeatureNetwork(weights, expected.Keys.Select(Tap.Parse), PoolingKind.Max, compute);

        network.Forward(picture.Planes, picture.Height, picture.Width);

        foreach (Tap tap in network.Taps)
        {
            double error = ScalarReference.RelativeError(expected[tap.ToString()], network[tap].ToPlanes());
            TestContext.Current.TestOutputHelper?.WriteLine($"{lanes} lanes, {tap}: {error:e2}");
            Assert.InRange(error, 0, 1e-5);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void Gradients_equal_plain_arithmetic_when_the_masks_are_the_same(int lanes)
    {
        const int Height = 37, Width = 30;
        NetworkWeights weights = SharedVgg.Weights;
        Picture whole = SharedVgg.Picture("kodim04_96.png");
        Picture picture = Resampling.Resize(whole, Width, Height);
        Tap[] taps = [.. Tap.All.Where(tap => tap.Convolution < 9)];       // to relu4_1
        using var compute = new NetworkCompute(threads: 2, Vectors.Width(lanes));
        using var network = new FeatureNetwork(weights, taps, PoolingKind.Max, compute);
        network.Forward(picture.Planes, Height, Width);
        var reference = new ScalarNetwork(weights, taps.Max().Convolution, isAverage: false);
        reference.Forward(picture.Planes, Height, Width);
        for (int i = 0; i <= taps.Max().Convolution; i++)
            reference.FixMasks(i, network[new Tap(i, false)].ToPlanes());
        var gradients = new Dictionary<Tap, float[]>();
        foreach (string name in new[] { "conv1_2", "relu2_1", "conv3_4", "relu4_1" })
        {
            var tap = Tap.Parse(name);
            gradients[tap] = ScalarReference.RandomValues(reference.Features(tap).Length, 3);
        }

        var actual = new float[picture.Planes.Length];
        network.Backward(new FixedGradients(gradients), actual);

        double error = ScalarReference.RelativeError(reference.Backward(gradients), actual);
        TestContext.Current.TestOutputHelper?.WriteLine($"{lanes} lanes: {error:e2}");
        Assert.InRange(error, 0, 1e-5);
    }
}
