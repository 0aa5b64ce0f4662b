using System.Diagnostics;

namespace Pastiche.Benchmarks;

/// <summary>
/// Times several actions in rounds, one after the other (A B A B ...), so that a machine that gets slower or faster in the
/// course of the measurement does so for all of them.
/// </summary>
/// <param name="Rounds">Rounds that count; <c>null</c>: as many as fit in the budget, from 3 to 9.</param>
internal sealed record InterleavedTimer(int? Rounds)
{
    private const int LeastRounds = 3;
    private const int MostRounds = 9;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(16);

    // A round of less than this is cheap enough to warm up with, and short enough to need it.
    private const double ShortRoundMilliseconds = 2000;

    // ONNX Runtime's threads spin for tens of milliseconds after a run and would take a core from whoever comes next.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The median time of each action, in milliseconds.</summary>
    /// <param name="actions">The actions, each of which has run once already, so that its memory is allocated.</param>
    public double[] Medians(params Action[] actions) =>
        [.. Medians([.. actions.Select(action => new Func<Cost>(() => Cost.Of(action)))]).Select(cost => cost.Wall)];

    /// <summary>The median cost of each action.</summary>
    /// <param name="actions">The actions, which tell their costs; each has run once already.</param>
    public Cost[] Medians(IReadOnlyList<Func<Cost>> actions)
    {
        long start = Stopwatch.GetTimestamp();
        var rounds = new List<Cost[]> { RunOnce(actions) };
        if (rounds[0].Sum(cost => cost.Wall) < ShortRoundMilliseconds)
        {
            RunOnce(actions);
            rounds.Clear();
        }
        while (rounds.Count < (Rounds ?? LeastRounds)
            || Rounds is null && rounds.Count < MostRounds && Stopwatch.GetElapsedTime(start) < Budget)
        {
            rounds.Add(RunOnce(actions));
        }
        return [.. actions.Select((_, i) => Cost.Median([.. rounds.Select(round => round[i])]))];
    }

    private static Cost[] RunOnce(IReadOnlyList<Func<Cost>> actions)
    {
        var costs = new Cost[actions.Count];
        for (int i = 0; i < costs.Length; i++)
        {
            Thread.Sleep(Pause);
            costs[i] = actions[i]();
        }
        return costs;
    }
}
