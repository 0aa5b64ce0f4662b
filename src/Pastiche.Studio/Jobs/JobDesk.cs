using Pastiche.Models;
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

    /// <summary>What is wrong with a job's settings; the library checks the rest when it has the pictures.</summary>
    /// <exception cref="InvalidInputException">Something is; all of it is listed.</exception>
    public void Check(JobRequest job)
    {
        List<string> problems = [];
        if (job.Styles.Count == 0 && job.Regions.Count == 0)
            problems.Add("style is missing; at least one painting is needed");
        StyleTransferRequest request = job.Settings.ApplyTo(new StyleTransferRequest { Content = null, Styles = [] });
        if (request.Size > options.MaxSize)
            problems.Add($"size is {request.Size}; allowed here: up to {options.MaxSize}");
        if (request.StyleSize > options.MaxSize)
            problems.Add($"style-size is {request.StyleSize}; allowed here: up to {options.MaxSize}");
        // A setting may be a file's path on the command line; a client's never is one.
        string[] installed = [.. ModelStore.Default.List().Where(model => model.IsInstalled).Select(model => model.Name)];
        if (request.Model is { } model && !installed.Contains(model))
            problems.Add($"model '{model}' is none of {string.Join(", ", installed)}");
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }
}
