using Pastiche.Engines;

namespace Pastiche.Grids;

/// <summary>Paints the cells of a grid that are not there yet. Cells that differ in their photographs alone share a session.</summary>
/// <param name="pictures">The cells, one for each picture.</param>
/// <param name="there">The fingerprints of the pictures that are there; grows.</param>
/// <param name="store">Where they go.</param>
/// <param name="models">The models.</param>
/// <param name="progress">Hears of every step.</param>
internal sealed class GridPainter(
    IReadOnlyList<CellFile> pictures, HashSet<string> there, CellStore store, GridModels models, IProgress<GridProgress>? progress)
{
    private readonly int _kept = there.Count;
    private readonly GridClock _clock = new();

    /// <summary>Paints until all is there or it is cancelled.</summary>
    public void Paint(CellFingerprint fingerprints, CancellationToken cancellation)
    {
        progress?.Report(Progress(null, null));

        // The quicker engine first: there is more to look at, and an estimate of the whole, early.
        IEnumerable<IGrouping<string, CellFile>> sessions = pictures
            .Where(file => !there.Contains(file.Fingerprint))
            .OrderByDescending(file => file.Cell.Request.Engine == EngineKind.Universal)
            .GroupBy(file => fingerprints.WithoutContent(file.Cell))
            .ToList();
        foreach (IGrouping<string, CellFile> cells in sessions)
        {
            if (cancellation.IsCancellationRequested)
                return;
            StyleTransferRequest request = cells.First().Cell.Request with { Content = null };
            using StylizerSession session = StylizerSession.Open(request, models.Of(request));
            foreach (CellFile file in cells)
            {
                if (!Paint(file, session, cancellation))
                    return;
            }
        }
    }

    private bool Paint(CellFile file, StylizerSession session, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return false;
        StyleTransferRequest request = file.Cell.Request;
        StyleResult result = session.Run(request.Content!, new Immediate(step =>
        {
            _clock.Hear(request, step);
            progress?.Report(Progress(file.Cell, step));
        }), cancellation);
        if (!result.Completed)
            return false;
        store.Save(file, result);
        there.Add(file.Fingerprint);
        _clock.Finish(request, result.Run.Elapsed);
        progress?.Report(Progress(file.Cell, null));
        return true;
    }

    private GridProgress Progress(GridCell? cell, StyleProgress? step)
    {
        IEnumerable<StyleTransferRequest> pending = pictures
            .Where(file => !there.Contains(file.Fingerprint))
            .Select(file => file.Cell.Request);
        TimeSpan? remaining = _clock.Estimate(pending) - (step?.Elapsed ?? TimeSpan.Zero);
        return new GridProgress(there.Count, pictures.Count, _kept, cell, step, remaining < TimeSpan.Zero ? TimeSpan.Zero : remaining);
    }

    private sealed class Immediate(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }
}
