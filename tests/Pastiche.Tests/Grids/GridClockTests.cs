using Pastiche.Engines;
using Pastiche.Grids;

namespace Pastiche.Tests.Grids;

public sealed class GridClockTests
{
    private static readonly StyleTransferRequest Gatys = new() { Content = null, Styles = [], Size = 100, Gatys = new GatysOptions { Iterations = 50 } };
    private static readonly StyleTransferRequest Universal = Gatys with { Engine = EngineKind.Universal };

    [Fact]
    public void Time_grows_with_pixels_and_steps_of_the_same_engine()
    {
        var clock = new GridClock();
        Assert.Null(clock.Estimate([Gatys]));
        clock.Finish(Gatys, TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(2), clock.Estimate([Gatys]));
        Assert.Equal(TimeSpan.FromSeconds(8 + 4), clock.Estimate([Gatys with { Size = 200 }, Gatys with { Gatys = new GatysOptions { Iterations = 100 } }]));
        Assert.Null(clock.Estimate([Gatys, Universal]));
        Assert.Equal(TimeSpan.Zero, clock.Estimate([]));
    }

    [Fact]
    public void First_cell_counts_by_what_it_tells_itself()
    {
        var clock = new GridClock();
        var step = new StyleProgress(1, 50, 1, new Dictionary<string, double>(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), () => null!);

        clock.Hear(Gatys, step with { Remaining = null });
        Assert.Null(clock.Estimate([Gatys]));
        clock.Hear(Gatys, step);

        Assert.Equal(TimeSpan.FromSeconds(10), clock.Estimate([Gatys, Gatys]));
    }
}
