namespace Pastiche;

/// <summary>
/// How long a run goes on: at first as an estimate says, if there is one, and with every step more as its own pace says. What came before the
/// first step, reading and estimating, says nothing about the steps.
/// </summary>
/// <param name="clock">The time.</param>
internal sealed class RemainingTime(TimeProvider clock)
{
    private TimeSpan? _estimate;
    private (long Time, double Done)? _first;

    /// <summary>Takes an estimate of the time of all steps.</summary>
    public void Expect(TimeSpan all) => _estimate = all;

    /// <summary>The time that is left after a step; <c>null</c> before there is ground for telling.</summary>
    /// <param name="done">The share of all work that is done, 0 to 1, more than at the step before.</param>
    public TimeSpan? After(double done)
    {
        _first ??= (clock.GetTimestamp(), done);
        TimeSpan? expected = _estimate * (1 - done);
        double measured = done - _first.Value.Done;
        if (measured <= 0)
            return expected;
        TimeSpan atPace = clock.GetElapsedTime(_first.Value.Time) * ((1 - done) / measured);
        return expected is { } left ? left * (1 - measured) + atPace * measured : atPace;
    }
}
