using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Jobs;

/// <summary>The order in which jobs are done. The folder of jobs is what counts: whatever is unfinished there is brought into the queue again.</summary>
internal sealed class JobQueue(IBackgroundJobClient client, JobStorage storage, JobStore jobs, StudioOptions options)
{
    // Who has just recorded a job is about to put it into the queue.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private static readonly string[] Waiting = [EnqueuedState.StateName, ProcessingState.StateName, ScheduledState.StateName];

    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly HashSet<string> _mine = [];
    private readonly Lock _lock = new();

    /// <summary>Puts a job at the end.</summary>
    public void Enqueue(string id)
    {
        string ticket = client.Enqueue<JobRunner>(runner => runner.Run(id, null, CancellationToken.None));
        jobs.SetTicket(id, ticket);
        lock (_lock)
            _mine.Add(id);
    }

    /// <summary>Puts every unfinished job into the queue that is not there: after a restart, or when somebody died between two steps.</summary>
    /// <returns>How many there were.</returns>
    public int Restore()
    {
        string[] lost = [.. jobs.Unfinished().Reverse().Where(job => IsSettled(job) && !IsQueued(job.Id)).Select(job => job.Id)];
        foreach (string id in lost)
            Enqueue(id);
        return lost.Length;
    }

    // A queue in memory is this process's own: what was recorded before it began is in nobody's hands.
    private bool IsSettled(Job job) =>
        DateTimeOffset.UtcNow - job.Request.Created > Grace || (options.Storage is null && job.Request.Created < _started);

    private bool IsQueued(string id)
    {
        // A queue in memory begins empty, and its tickets count from the beginning at each start.
        if (options.Storage is null)
        {
            lock (_lock)
            {
                if (!_mine.Contains(id))
                    return false;
            }
        }
        if (jobs.TicketOf(id) is not { } ticket)
            return false;
        using IStorageConnection connection = storage.GetConnection();
        return connection.GetStateData(ticket)?.Name is { } state && Waiting.Contains(state);
    }
}
