using System.Diagnostics;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>An engine whose networks are built, for any number of pictures, one after the other.</summary>
internal sealed class EngineRunner : IDisposable
{
    private readonly EngineChoice _choice;
    private readonly LoadedModel _model;
    private readonly NetworkCompute _compute;
    private readonly IPreparedEngine _engine;

    /// <summary>Builds the networks.</summary>
    /// <param name="engine">The engine and its settings.</param>
    /// <param name="model">A model that does for it.</param>
    /// <param name="threads">Threads; <c>null</c>: the default.</param>
    public EngineRunner(EngineChoice engine, LoadedModel model, int? threads)
    {
        (_choice, _model) = (engine, model);
        _compute = new NetworkCompute(threads);
        try
        {
            _engine = engine.IsUniversal
                ? new PreparedUniversal(engine, model.Weights, _compute)
                : new PreparedGatys(engine, model.Weights, _compute);
        }
        catch
        {
            _compute.Dispose();
            throw;
        }
    }

    /// <summary>Runs the engine and makes a result of what it reached.</summary>
    /// <param name="input">What it works on.</param>
    /// <param name="checkpoint">Where what it needs to be continued is kept; <c>null</c>: nowhere.</param>
    /// <param name="started">When the request came in.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops the run; the result is then what was reached.</param>
    public StyleResult Run(EngineInput input, CheckpointOptions? checkpoint, long started, IProgress<StyleProgress>? progress, CancellationToken cancellation)
    {
        var reporter = new ProgressReporter(input, progress);
        Checkpoints? checkpoints = checkpoint is null ? null : new Checkpoints(checkpoint, OriginOf(input, checkpoint));
        bool isCompleted = true;
        try
        {
            _engine.Run(input, reporter, checkpoints, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            isCompleted = false;
            checkpoints?.Write();
        }
        var run = new RunRecord(
            Stylizer.Version, _compute.Path.Width.ToString(), _compute.Pool.Count, _model.Name, _model.Sha256,
            Stopwatch.GetElapsedTime(started) + (checkpoints?.From?.Elapsed ?? TimeSpan.Zero));
        return new StyleResult(reporter.BestPicture(), reporter.Losses, isCompleted, run)
        {
            Iterations = reporter.Steps,
            UncoveredPixels = input.Map is { HasRegions: true } map ? map.Uncovered : 0,
            Notes = [.. RegionNotes.Of(_choice, input.Map, input.Styles), .. checkpoints?.Notes ?? []],
            CheckpointFailure = checkpoints?.Failure,
        };
    }

    private RunOrigin OriginOf(EngineInput input, CheckpointOptions checkpoint) => new(
        RunFingerprint.Of(_choice, _model.Sha256, input), Stylizer.Version, _compute.Path.Width.ToString(), checkpoint.Note);

    public void Dispose()
    {
        _engine.Dispose();
        _compute.Dispose();
    }
}
