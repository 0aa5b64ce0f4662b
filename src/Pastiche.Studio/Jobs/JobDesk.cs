using Pastiche.Studio.Store;

namespace Pastiche.Studio.Jobs;

/// <summary>A client has as many unfinished jobs as it may have.</summary>
internal sealed class QueueFullException(int limit) : Exception($"there are {limit} unfinished jobs already; wait for one, or cancel it");

/// <summary>Takes jobs: checks what can be checked at once, records them and puts them into the queue.</summary>
internal sealed class JobDesk(JobStore jobs, JobQueue queue, StudioOptions options)
{
    private readonly Lock _lock = new();

    /// <summary>Takes a job.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="job">What for; id, time and client are given to it here.</param>
    /// <exception cref="InvalidInputException">It cannot be done.</exception>
    /// <exception cref="QueueFullException">The client has to wait.</exception>
    public Job Take(string client, JobRequest job)
    {
        Check(job);
        job = job with { Id = JobStore.NewId(), Created = DateTimeOffset.UtcNow, Client = client };
        lock (_lock)
        {
            if (jobs.Unfinished().Count(other => other.Request.Client == client) >= options.MaxQueuePerClient)
                throw new QueueFullException(options.MaxQueuePerClient);
            jobs.Add(job);
        }
        queue.Enqueue(job.Id);
        return jobs.Find(job.Id) ?? new Job(job, null, null, false);
    }

    /// <summary>How many jobs come before one.</summary>
    public int Before(Job job) => jobs.Unfinished().Count(other => string.CompareOrdinal(other.Id, job.Id) < 0);

    private void Check(JobRequest job)
    {
        List<string> problems = [];
        if (job.Styles.Count == 0 && job.Regions.Count == 0)
            problems.Add("style is missing; at least one painting is needed");
        problems.AddRange(ClientSettings.Problems(job.Settings, options));
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }
}
