namespace Pastiche.Cli.Displays;

/// <summary>Unlike <see cref="Progress{T}"/> it reports at once, while the work waits: snapshots need that.</summary>
/// <param name="report">Hears of every step.</param>
internal sealed class ImmediateProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
