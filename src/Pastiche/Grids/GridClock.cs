using Pastiche.Engines;

namespace Pastiche.Grids;

/// <summary>Estimates how long the rest of a grid takes, from what a pixel and step of each engine took so far.</summary>
internal sealed class GridClock
{
    private readonly Dictionary<EngineKind, (double Seconds, double Work)> _finished = [];
    private readonly Dictionary<EngineKind, (double Seconds, double Work)> _current = [];

    /// <summary>Takes a finished cell into account.</summary>
    public void Finish(StyleTransferRequest request, TimeSpan elapsed)
    {
        (double seconds, double work) = _finished.GetValueOrDefault(request.Engine);
        _finished[request.Engine] = (seconds + elapsed.TotalSeconds, work + WorkOf(request));
        _current.Clear();
    }

    /// <summary>Takes into account what the cell that is being painted tells about itself.</summary>
    public void Hear(StyleTransferRequest request, StyleProgress step)
    {
        if (step.Remaining is { } remaining)
            _current[request.Engine] = ((step.Elapsed + remaining).TotalSeconds, WorkOf(request));
    }

    /// <summary>Time for cells that are yet to be painted; <c>null</c> while their engine is unknown.</summary>
    public TimeSpan? Estimate(IEnumerable<StyleTransferRequest> pending)
    {
        double seconds = 0;
        foreach (StyleTransferRequest request in pending)
        {
            if (!_finished.TryGetValue(request.Engine, out (double Seconds, double Work) known) && !_current.TryGetValue(request.Engine, out known))
                return null;
            seconds += known.Seconds / known.Work * WorkOf(request);
        }
        return TimeSpan.FromSeconds(seconds);
    }

    private static double WorkOf(StyleTransferRequest request) => request.Engine == EngineKind.Universal
        ? (double)request.Size * request.Size * request.Universal.Levels.Count
        : ScalePlan.Of(request.Gatys, request.Size, request.Size).Sum(scale => scale.Work);
}
