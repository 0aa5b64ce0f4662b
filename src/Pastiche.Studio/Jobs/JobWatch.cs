using System.Diagnostics;
using Pastiche.Imaging;
using Pastiche.Studio.Pictures;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Jobs;

/// <summary>Tells others how a job goes on, shows its picture, gives signs of life, and hears when the job is no longer wanted.</summary>
internal sealed class JobWatch : IProgress<StyleProgress>, IDisposable
{
    private const int LiveSide = 640;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5), LiveInterval = TimeSpan.FromSeconds(1.5);

    private static readonly string Worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    private readonly JobStore _jobs;
    private readonly string _id;
    private readonly CancellationTokenSource _cancel;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private long _shown;
    private JobProgress _progress = new(Worker, DateTimeOffset.UtcNow);
    private bool _isDisposed;

    public JobWatch(JobStore jobs, string id, CancellationToken shutdown)
    {
        (_jobs, _id) = (jobs, id);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        _timer = new Timer(_ => GiveSign(), null, TimeSpan.Zero, Beat);
    }

    /// <summary>Cancelled when the job is not wanted any more or the process ends.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    public void Report(StyleProgress value)
    {
        lock (_lock)
            _progress = _progress with { Step = value.Iteration, Steps = value.Iterations, Loss = value.Loss, SecondsLeft = value.Remaining?.TotalSeconds };
        if (_shown != 0 && Stopwatch.GetElapsedTime(_shown) < LiveInterval)
            return;
        _jobs.Show(_id, Thumbnail.Jpeg(value.Snapshot(), LiveSide));
        _shown = Stopwatch.GetTimestamp();
        lock (_lock)
            _progress = _progress with { LiveVersion = _progress.LiveVersion + 1 };
    }

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _timer.Dispose();
        _cancel.Dispose();
    }

    private void GiveSign()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            if (_jobs.IsUnwanted(_id))
                _cancel.Cancel();
            _progress = _progress with { Heartbeat = DateTimeOffset.UtcNow };
            try
            {
                _jobs.Report(_id, _progress);
            }
            catch (IOException)
            {
                // A full disk, a network folder that is away: the next sign may come through, and a result does not depend on it.
            }
        }
    }
}
