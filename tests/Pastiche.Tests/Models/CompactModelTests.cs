using Pastiche.Imaging;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Models;

/// <summary>What the built-in model is good for, on the pictures of <c>samples/</c>.</summary>
public sealed class CompactModelTests
{
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

    private static Picture Sample(string name) => PictureFile.Read(Path.Combine(SharedData.RepositoryRoot(), "samples", name));
}
