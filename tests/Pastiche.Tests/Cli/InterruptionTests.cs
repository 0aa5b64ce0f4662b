using Pastiche.Cli;

namespace Pastiche.Tests.Cli;

public sealed class InterruptionTests
{
    [Fact]
    public void First_signal_cancels_and_second_exits()
    {
        var exits = new List<int>();
        using var interruption = new Interruption(exits.Add);
        Assert.False(interruption.Token.IsCancellationRequested);

        interruption.Signal();
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.Empty(exits);

        interruption.Signal();
        Assert.Equal([130], exits);
    }
}
