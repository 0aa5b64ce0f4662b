using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Settings;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Settings;

/// <summary>Weights are found with the built-in model on small pictures.</summary>
public sealed class StyleTunerTests
{
    private static readonly StyleTransferRequest Transfer = new()
    {
        Content = TestImages.Smooth(64, 48),
        Styles = [new StyleSource(new Picture(64, 64, SmallVgg.Picture(64, 64)))],
        Size = 64,
        Model = "compact",
        Threads = 2,
        Gatys = new GatysOptions { Iterations = 12 },
    };

    [Fact]
    public void Balance_is_reached_and_a_run_with_the_weight_has_it()
    {
        const double balance = 0.8;
        TuneResult found = Run(new TuneRequest(Transfer) { Balance = balance, Tolerance = 0.03 });

        Assert.True(found.IsReached);
        Assert.Equal(balance, found.Best.Balance, 0.03);
        Assert.Equal(found.Best, found.Trials[^1]);
        // Measured anew, from what a run reports.
        List<(double Loss, double Style)> steps = [];
        Stylizer.Run(
            Transfer with { Gatys = Transfer.Gatys with { StyleWeight = found.Best.StyleWeight } },
            new Immediate(step => steps.Add((step.Loss!.Value, step.Terms.Where(term => term.Key.StartsWith("style")).Sum(term => term.Value)))),
            TestContext.Current.CancellationToken);
        Assert.Equal(found.Best.Balance, 1 - steps.MinBy(step => step.Loss).Style / steps[0].Style, 1e-9);
    }

    [Fact]
    public void Search_is_deterministic_and_heard_of()
    {
        List<TuneTrial> heard = [];
        var request = new TuneRequest(Transfer) { Balance = 0.7, Tolerance = 0.005, MaxTrials = 3 };

        TuneResult first = StyleTuner.Run(request, new Trials(heard.Add), TestContext.Current.CancellationToken);

        Assert.Equal(first.Trials, Run(request with { Transfer = Transfer with { Threads = 1 } }).Trials);
        Assert.Equal(first.Trials, heard);
        Assert.All(first.Trials, trial => Assert.Equal(trial.StyleWeight, double.Parse(trial.StyleWeight.ToString("G3"))));
    }

    [Fact]
    public void More_weight_removes_more()
    {
        double[] balances = [.. new[] { 0.01, 1.0 }.Select(weight => Run(new TuneRequest(
            Transfer with { Gatys = Transfer.Gatys with { StyleWeight = weight } }) { MaxTrials = 1 }).Best.Balance)];
        Assert.True(balances[0] < balances[1] - 0.05, string.Join(", ", balances));
    }

    [Fact]
    public void What_cannot_be_reached_is_told_with_the_nearest()
    {
        TuneResult found = Run(new TuneRequest(Transfer with { Gatys = new GatysOptions { Iterations = 2 } }) { Balance = 0.999, MaxTrials = 2 });

        Assert.False(found.IsReached);
        Assert.Equal(found.Trials.Max(trial => trial.Balance), found.Best.Balance);
    }

    [Fact]
    public void Problems_are_told_together()
    {
        var request = new TuneRequest(Transfer with { Engine = EngineKind.Universal, Init = InitKind.Noise }) { Balance = 1.5, MaxTrials = 0 };
        Assert.Equal(
            ["balance is 1.5; allowed: 0.01 to 0.999", "max trials is 0; allowed: 1 to 100",
             "engine is universal; allowed: gatys, which has a style weight", "init is noise; allowed: content, from which the balance is measured"],
            Assert.Throws<InvalidInputException>(() => Run(request)).Problems);
    }

    [Fact]
    public void Cancellation_stops_it()
    {
        using var cancellation = new CancellationTokenSource();
        var request = new TuneRequest(Transfer) { Balance = 0.999 };
        List<TuneTrial> heard = [];

        Assert.Throws<OperationCanceledException>(() => StyleTuner.Run(
            request, new Trials(trial => { heard.Add(trial); cancellation.Cancel(); }), cancellation.Token));
        Assert.Single(heard);
    }

    private static TuneResult Run(TuneRequest request) => StyleTuner.Run(request, cancellation: TestContext.Current.CancellationToken);

    private sealed class Immediate(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }

    private sealed class Trials(Action<TuneTrial> report) : IProgress<TuneTrial>
    {
        public void Report(TuneTrial value) => report(value);
    }
}
