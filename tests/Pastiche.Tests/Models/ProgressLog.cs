using Pastiche.Models;

namespace Pastiche.Tests.Models;

/// <summary>Keeps what was reported, in order and at once (<see cref="Progress{T}"/> reports from other threads).</summary>
internal sealed class ProgressLog : IProgress<ModelProgress>
{
    public List<ModelProgress> Reports { get; } = [];

    public Action<ModelProgress>? OnReport { get; init; }

    public void Report(ModelProgress value)
    {
        Reports.Add(value);
        OnReport?.Invoke(value);
    }
}
