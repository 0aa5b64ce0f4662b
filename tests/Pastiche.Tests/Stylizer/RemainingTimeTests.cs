namespace Pastiche.Tests;

public sealed class RemainingTimeTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Time_before_the_first_step_does_not_count()
    {
        var remaining = new RemainingTime(_clock);
        _clock.Seconds += 100;
        Assert.Null(remaining.After(0.001));
        _clock.Seconds += 1;
        Assert.Equal(TimeSpan.FromSeconds(8.99), Rounded(remaining.After(0.101)));
    }

    [Fact]
    public void Estimate_counts_at_first_and_the_pace_later()
    {
        var remaining = new RemainingTime(_clock);
        remaining.Expect(TimeSpan.FromSeconds(10));
        // A small size, where a step costs more than its share of the pixels says: ten times as slow.
        Assert.Equal(TimeSpan.FromSeconds(9.99), Rounded(remaining.After(0.001)));
        _clock.Seconds += 1;
        Assert.InRange(remaining.After(0.011)!.Value.TotalSeconds, 9.8, 11);

        _clock.Seconds += 17.8;
        Assert.Equal(2, remaining.After(0.9)!.Value.TotalSeconds, 0.2);
        Assert.Equal(TimeSpan.Zero, remaining.After(1));
    }

    [Fact]
    public void Run_that_goes_on_is_measured_from_where_it_goes_on()
    {
        var remaining = new RemainingTime(_clock);
        remaining.After(0.5);
        _clock.Seconds += 10;
        Assert.Equal(TimeSpan.FromSeconds(40), Rounded(remaining.After(0.6)));
    }

    private static TimeSpan Rounded(TimeSpan? time) => TimeSpan.FromSeconds(Math.Round(time!.Value.TotalSeconds, 6));

    private sealed class ManualClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
