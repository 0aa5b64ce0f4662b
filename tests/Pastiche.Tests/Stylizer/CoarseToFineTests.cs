using Pastiche.Cli.Displays;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests;

public sealed class CoarseToFineTests
{
    private static readonly StyleTransferRequest Request = new()
    {
        Content = TestImages.Smooth(96, 72, hasAlpha: true),
        Styles = [new StyleSource(new Picture(80, 96, SmallVgg.Picture(96, 80)))],
        Size = 96,
        Gatys = GatysOptions.Gatys with { Iterations = 30, Scales = 3 },
        Model = "compact",
    };

    [Fact]
    public void Steps_are_counted_over_all_sizes_and_every_snapshot_has_the_results_size()
    {
        List<(int, int)> steps = [];
        List<(int, int, bool)> snapshots = [];
        StyleResult result = Stylizer.Run(Request, new ImmediateProgress<StyleProgress>(progress =>
        {
            steps.Add((progress.Iteration, progress.Iterations));
            Picture snapshot = progress.Snapshot();
            snapshots.Add((snapshot.Width, snapshot.Height, snapshot.Alpha is not null));
        }), TestContext.Current.CancellationToken);

        Assert.True(result.Completed);
        Assert.Equal(Enumerable.Range(1, 30).Select(step => (step, 30)), steps);
        Assert.All(snapshots, snapshot => Assert.Equal((96, 72, true), snapshot));
        Assert.Equal((96, 72, 30), (result.Picture.Width, result.Picture.Height, result.Losses.Count));
        Assert.Equal(Request.Content!.Alpha, result.Picture.Alpha);
    }

    [Fact]
    public void Who_wants_to_know_how_long_it_takes_is_told_first_and_gets_the_same_picture()
    {
        var progress = new Estimated();
        StyleResult plain = Stylizer.Run(Request, cancellation: TestContext.Current.CancellationToken);
        StyleResult told = Stylizer.Run(Request, progress, TestContext.Current.CancellationToken);

        RunEstimate estimate = Assert.IsType<RunEstimate>(progress.Heard[0]);
        Assert.Equal((30, 3), (estimate.Iterations, estimate.Sizes));
        Assert.True(estimate.Time > TimeSpan.Zero);
        Assert.Equal(30, progress.Heard.Skip(1).OfType<StyleProgress>().Count());
        Assert.Equal(plain.Losses, told.Losses);
        Assert.Equal(plain.Picture.Planes, told.Picture.Planes);
    }

    [Fact]
    public void An_estimate_is_a_time_for_each_evaluation_and_each_pixel()
    {
        PaintScale[] scales = [new(10, 10, 0.5, 7), new(20, 20, 1, 3)];

        // Three more at each size, for reading.
        Assert.Equal((10 + 6) * 2 + (1000 + 2400) * 0.5, new GatysPace(2, 0.5).Of(scales, 400).TotalSeconds, 1e-6);
        Assert.True(new GatysPace(2, 0.5).Of(scales, 399) > new GatysPace(2, 0.5).Of(scales, 400));
    }

    [Fact]
    public void A_larger_size_starts_where_the_smaller_one_ended()
    {
        IReadOnlyList<PaintScale> scales = ScalePlan.Of(Request.Gatys, 96, 72);
        StyleResult fine = Stylizer.Run(Request with { Gatys = Request.Gatys with { Scales = 1 } }, cancellation: TestContext.Current.CancellationToken);
        StyleResult coarse = Stylizer.Run(Request, cancellation: TestContext.Current.CancellationToken);
        double start = coarse.Losses[scales[0].Iterations + scales[1].Iterations];

        Assert.Equal([68, 96], scales.Skip(1).Select(scale => scale.Width));
        Assert.True(start < 0.8 * fine.Losses[0], $"{start} of {fine.Losses[0]}");
    }

    [Fact]
    public void What_is_reached_at_a_small_size_is_kept_at_the_results_size()
    {
        using var source = new CancellationTokenSource();
        StyleResult result = Stylizer.Run(Request, new ImmediateProgress<StyleProgress>(progress =>
        {
            if (progress.Iteration == 4)
                source.Cancel();
        }), source.Token);

        Assert.False(result.Completed);
        Assert.Equal((96, 72), (result.Picture.Width, result.Picture.Height));
        Assert.NotEqual(Request.Content!.Planes, result.Picture.Planes);
    }

    [Fact]
    public void A_session_paints_the_second_photograph_as_the_first()
    {
        using var session = StylizerSession.Open(Request);
        StyleResult first = session.Run(Request.Content!, cancellation: TestContext.Current.CancellationToken);
        session.Run(TestImages.Smooth(64, 96), cancellation: TestContext.Current.CancellationToken);
        StyleResult again = session.Run(Request.Content!, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(first.Picture.Planes, again.Picture.Planes);
        Assert.Equal(first.Losses, again.Losses);
    }

    [Fact]
    public void Regions_follow_the_size()
    {
        var mask = new Picture(96, 72, [.. Enumerable.Range(0, 3 * 96 * 72).Select(i => i % 96 < 48 ? 1f : 0f)]);
        StyleTransferRequest request = Request with { Content = TestImages.Smooth(96, 72), Styles = [], Regions = [new StyleRegion(mask, Request.Styles)] };
        StyleResult result = Stylizer.Run(request, cancellation: TestContext.Current.CancellationToken);

        for (int i = 0; i < result.Picture.Planes.Length; i++)
        {
            if (i % 96 >= 49)
                Assert.Equal(request.Content!.Planes[i], result.Picture.Planes[i]);
        }
        Assert.NotEqual(request.Content!.Planes[10], result.Picture.Planes[10]);
    }

    [Fact]
    public void A_texture_that_tiles_is_painted_in_whole_features()
    {
        var request = new TextureRequest
        {
            Styles = Request.Styles,
            Width = 96,
            Height = 80,
            IsSeamless = true,
            Engine = EngineKind.Gatys,
            Gatys = GatysOptions.Texture with { Iterations = 20, Scales = 2 },
            Model = "compact",
        };
        StyleResult result = TextureSynthesizer.Run(request, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((96, 80, 20), (result.Picture.Width, result.Picture.Height, result.Losses.Count));
    }

    private sealed class Estimated : IProgress<StyleProgress>, IProgress<RunEstimate>
    {
        public List<object> Heard { get; } = [];

        public void Report(StyleProgress value) => Heard.Add(value);

        public void Report(RunEstimate value) => Heard.Add(value);
    }
}
