namespace Pastiche.Cli.Displays;

/// <summary>Hears of a run's steps and, if anyone cares, of how long it will take.</summary>
internal static class RunProgress
{
    /// <summary>Makes a progress that reports at once, while the work waits: snapshots need that.</summary>
    /// <param name="step">Hears of every step.</param>
    /// <param name="estimate">Hears of the estimate before the first; <c>null</c>: none is made.</param>
    public static IProgress<StyleProgress> Of(Action<StyleProgress> step, Action<RunEstimate>? estimate) =>
        estimate is null ? new ImmediateProgress<StyleProgress>(step) : new EstimatedProgress(step, estimate);

    private sealed class EstimatedProgress(Action<StyleProgress> step, Action<RunEstimate> estimate) : IProgress<StyleProgress>, IProgress<RunEstimate>
    {
        public void Report(StyleProgress value) => step(value);

        public void Report(RunEstimate value) => estimate(value);
    }
}
