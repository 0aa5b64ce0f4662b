using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests;

public sealed class StylizerTests
{
    [Fact]
    public void Classic_call_lowers_the_loss_with_the_real_network()
    {
        var request = new StyleTransferRequest
        {
            Content = TestImages.Smooth(96, 72),
            Styles = [new StyleSource(new Picture(64, 64, SmallVgg.Picture(64, 64)))],
            Size = 64,
            Gatys = GatysOptions.Slides with { Iterations = 8 },
            Model = SharedVgg.WeightsPath(),
        };

        StyleResult result = Stylizer.Run(request, cancellation: TestContext.Current.CancellationToken);

        Assert.True(result.Completed);
        Assert.Equal((64, 48), (result.Picture.Width, result.Picture.Height));
        Assert.Equal(8, result.Losses.Count);
        Assert.True(result.Losses[^1] < 0.9 * result.Losses[0], string.Join(", ", result.Losses));
        Assert.Equal("vgg19", result.Run.Model);
    }

    [Fact]
    public void Raw_features_are_those_of_vgg19_unless_a_model_is_named()
    {
        var picture = TestImages.Smooth(32, 32);
        var request = new StyleTransferRequest { Content = picture, Styles = [new StyleSource(picture)] };

        Assert.Equal(Pastiche.Models.ModelStore.Default.DefaultModel(), Stylizer.ModelOf(request));
        Assert.Equal("vgg19", Stylizer.ModelOf(request with { Gatys = GatysOptions.Slides }));
        Assert.Equal("compact", Stylizer.ModelOf(request with { Gatys = GatysOptions.Slides, Model = "compact" }));
    }

    [Fact]
    public void Universal_engine_paints_with_the_built_in_model()
    {
        var reports = new List<StyleProgress>();
        var request = new StyleTransferRequest
        {
            Content = TestImages.Smooth(96, 72, hasAlpha: true),
            Styles = [new StyleSource(new Picture(64, 64, SmallVgg.Picture(64, 64)))],
            Size = 64,
            Engine = EngineKind.Universal,
        };

        StyleResult result = Stylizer.Run(request, new Immediate(reports.Add), TestContext.Current.CancellationToken);

        Assert.True(result.Completed);
        Assert.Equal((64, 48), (result.Picture.Width, result.Picture.Height));
        Assert.NotNull(result.Picture.Alpha);
        Assert.Empty(result.Losses);
        Assert.Equal((5, "compact"), (result.Iterations, result.Run.Model));
        Assert.Equal([(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)], reports.Select(report => (report.Iteration, report.Iterations)));
        Assert.All(reports, report => Assert.Null(report.Loss));
    }

    private sealed class Immediate(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }
}
