using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests;

public sealed class StylizerSessionTests
{
    private static readonly Picture First = TestImages.Smooth(96, 72), Second = TestImages.Smooth(64, 90, hasAlpha: true);

    private static readonly StyleTransferRequest Request = new()
    {
        Content = null,
        Styles = [new StyleSource(new Picture(64, 64, SmallVgg.Picture(64, 64))), new StyleSource(TestImages.Smooth(50, 70), 0.5)],
        Size = 64,
        Universal = UniversalOptions.Default,
        Gatys = GatysOptions.Gatys with { Iterations = 4 },
        Model = "compact",
        Threads = 2,
    };

    [Theory]
    [InlineData(EngineKind.Gatys, InitKind.Content)]
    [InlineData(EngineKind.Gatys, InitKind.Noise)]
    [InlineData(EngineKind.Universal, InitKind.Content)]
    [InlineData(EngineKind.Universal, InitKind.Picture)]
    public void Results_are_those_of_single_runs_to_the_bit(EngineKind engine, InitKind init)
    {
        StyleTransferRequest request = Request with { Engine = engine, Init = init, InitPicture = TestImages.Smooth(40, 40), Seed = 3 };
        using var session = StylizerSession.Open(request);

        // Sizes change to and fro: nothing may be left of the photograph before.
        foreach (Picture content in new[] { First, Second, First })
        {
            StyleResult alone = Stylizer.Run(request with { Content = content }, cancellation: TestContext.Current.CancellationToken);
            StyleResult result = session.Run(content, cancellation: TestContext.Current.CancellationToken);

            Assert.Equal(alone.Picture.Planes, result.Picture.Planes);
            Assert.Equal(alone.Picture.Alpha, result.Picture.Alpha);
            Assert.Equal(alone.Losses, result.Losses);
            Assert.Equal(alone.Run with { Elapsed = default }, result.Run with { Elapsed = default });
            Assert.True(result.Completed);
        }
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void Paintings_are_read_by_the_first_run_and_never_again(EngineKind engine)
    {
        // At its own size a painting is not copied, so that the session would see what becomes of it.
        var painting = new Picture(64, 64, SmallVgg.Picture(64, 64));
        using var session = StylizerSession.Open(Request with { Engine = engine, Styles = [new StyleSource(painting)] });
        float[] expected = Run(session, First).Planes;

        Array.Clear(painting.Planes);

        Assert.Equal(expected, Run(session, First).Planes);
    }

    [Theory]
    [InlineData(EngineKind.Gatys)]
    [InlineData(EngineKind.Universal)]
    public void Session_goes_on_after_a_run_that_was_cancelled_or_refused(EngineKind engine)
    {
        using var session = StylizerSession.Open(Request with { Engine = engine });
        using var before = new CancellationTokenSource();
        using var between = new CancellationTokenSource();
        before.Cancel();

        StyleResult nothing = session.Run(First, cancellation: before.Token);
        StyleResult part = session.Run(Second, new Immediate(_ => between.Cancel()), between.Token);
        var refused = Assert.Throws<InvalidInputException>(() => Run(session, new Picture(15, 40, new float[3 * 15 * 40])));

        Assert.Equal((false, 0), (nothing.Completed, nothing.Iterations));
        Assert.Equal((false, 1), (part.Completed, part.Iterations));
        Assert.Equal("content is 15 x 40 pixels; allowed: at least 16 on each side", refused.Message);
        StyleResult alone = Stylizer.Run(Request with { Engine = engine, Content = First }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(alone.Picture.Planes, Run(session, First).Planes);
    }

    [Fact]
    public void Photograph_must_fit_the_settings()
    {
        using var session = StylizerSession.Open(Request with { Engine = EngineKind.Universal, Universal = new UniversalOptions { Levels = [new(5)] } });

        var refused = Assert.Throws<InvalidInputException>(() => Run(session, new Picture(128, 16, new float[3 * 128 * 16])));

        Assert.StartsWith("content is 64 x 8 pixels at the size asked for; level 5 needs at least 32 on each side", Assert.Single(refused.Problems));
    }

    [Fact]
    public void Request_is_checked_when_the_session_is_opened()
    {
        StyleTransferRequest bad = Request with { Size = 1, Threads = 0, Model = "none-such" };

        Assert.Equal(3, Assert.Throws<InvalidInputException>(() => StylizerSession.Open(bad)).Problems.Count);
        bad = bad with { Content = new Picture(15, 40, new float[3 * 15 * 40]) };
        Assert.Equal(4, Assert.Throws<InvalidInputException>(() => StylizerSession.Open(bad)).Problems.Count);
        Assert.Equal(
            "content is missing",
            Assert.Throws<InvalidInputException>(() => Stylizer.Run(Request, cancellation: TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Closed_session_does_nothing()
    {
        var session = StylizerSession.Open(Request);
        session.Dispose();
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Run(session, First));
    }

    private static Picture Run(StylizerSession session, Picture content) =>
        session.Run(content, cancellation: TestContext.Current.CancellationToken).Picture;

    private sealed class Immediate(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }
}
