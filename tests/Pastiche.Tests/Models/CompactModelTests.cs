using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Models;

/// <summary>What the built-in model is good for, on the pictures of <c>samples/</c>.</summary>
public sealed class CompactModelTests
{
    private static readonly double[] LowestPsnr = [40, 26, 21, 19, 17];

    [Theory]
    [InlineData("mountains.jpg", "swirls.jpg")]
    [InlineData("dogs.jpg", "mosaic.jpg")]
    public void It_paints(string content, string style)
    {
        Picture photograph = Sample(content);

        StyleResult result = Stylizer.Run(
            new StyleTransferRequest
            {
                Content = photograph,
                Styles = [new StyleSource(Sample(style))],
                Size = 128,
                Gatys = new() { Iterations = 20 },
                Model = "compact",
            },
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("compact", result.Run.Model);
        Assert.All(result.Losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(result.Losses[^1] < 0.5 * result.Losses[0], $"the loss went from {result.Losses[0]} to {result.Losses[^1]}");
        Picture start = Resampling.Resize(photograph, result.Picture.Width, result.Picture.Height);
        Assert.True(TestImages.Rms(start, result.Picture) > 0.05, "the photograph is hardly changed");
    }

    [Theory]
    [InlineData("mountains.jpg")]
    [InlineData("dogs.jpg")]
    [InlineData("dandelion.jpg")]
    [InlineData("swirls.jpg")]
    public void Its_decoders_give_the_picture_back(string name)
    {
        Picture picture = Resampling.Resize(Sample(name), 256, 192);
        NetworkWeights weights = ModelStore.Default.Load("compact").Weights;
        using var compute = new NetworkCompute();
        using var encoder = new FeatureNetwork(weights, weights.Decoders.Select(decoder => decoder.From), PoolingKind.Max, compute, weights.Padding);
        encoder.Forward(picture.Planes, picture.Height, picture.Width);

        foreach (DecoderWeights decoder in weights.Decoders)
        {
            using var network = new DecoderNetwork(decoder, compute);
            double decibels = Psnr(picture.Planes, network.Forward(encoder[decoder.From], picture.Height, picture.Width));
            Assert.True(decibels >= LowestPsnr[decoder.Level - 1], $"level {decoder.Level} gives {name} back with {decibels:f2} dB");
        }
    }

    private static double Psnr(float[] expected, float[] actual)
    {
        double squares = expected.Zip(actual, (one, other) => Math.Pow(one - Math.Clamp(other, 0f, 1f), 2)).Average();
        return -10 * Math.Log10(squares);
    }

    private static Picture Sample(string name) => PictureFile.Read(Path.Combine(SharedData.RepositoryRoot(), "samples", name));
}
