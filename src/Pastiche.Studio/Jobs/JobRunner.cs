using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;
using Pastiche.Imaging;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Jobs;

/// <summary>
/// Does a job. May be called for the same job again and again, by several workers at once even: the first to finish gives it its
/// outcome, and all of them would give it the same picture.
/// </summary>
internal sealed class JobRunner
{
    private const int Retries = 3;

    private readonly JobStore _jobs;
    private readonly BlobStore _blobs;
    private readonly JobPictures _pictures;
    private readonly ILogger<JobRunner> _log;

    public JobRunner(JobStore jobs, BlobStore blobs, JobPictures pictures, ILogger<JobRunner> log) =>
        (_jobs, _blobs, _pictures, _log) = (jobs, blobs, pictures, log);

    /// <summary>Does a job and records its outcome.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="context">What the queue knows of it.</param>
    /// <param name="shutdown">Cancelled when this process is about to end; the job then goes back into the queue.</param>
    [AutomaticRetry(Attempts = Retries, DelaysInSeconds = [2, 10, 60])]
    public void Run(string id, PerformContext? context, CancellationToken shutdown)
    {
        if (_jobs.Find(id) is not { IsFinished: false } job)
            return;
        try
        {
            JobOutcome outcome = job.IsCancelling ? JobOutcome.Of(JobState.Cancelled) : Paint(job.Request, shutdown);
            bool isFirst = _jobs.TryFinish(id, outcome);
            StudioMetrics.Finished(outcome);
            _log.LogInformation("Job {Job}: {State} after {Seconds:0.0} s{Note}", id, outcome.State, outcome.Seconds, isFirst ? "" : ", but somebody else was first");
        }
        catch (InvalidInputException exception)
        {
            _jobs.TryFinish(id, JobOutcome.Of(JobState.Failed, exception.Problems));
            _log.LogInformation("Job {Job} cannot be done: {Problems}", id, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && IsLastTry(context))
        {
            _jobs.TryFinish(id, JobOutcome.Of(JobState.Failed, "the painting failed; the server's log says why"));
            _log.LogError(exception, "Job {Job} failed", id);
        }
    }

    private static bool IsLastTry(PerformContext? context) => context is null || context.GetJobParameter<int>("RetryCount") >= Retries;

    private JobOutcome Paint(JobRequest job, CancellationToken shutdown)
    {
        using var watch = new JobWatch(_jobs, job.Id, shutdown);
        StyleTransferRequest request = _pictures.Load(job);
        StyleResult result = Stylizer.Run(request, watch, watch.Cancelled);
        shutdown.ThrowIfCancellationRequested();

        StoredPicture? picture = null;
        if (result.Iterations > 0)
        {
            byte[] png = PictureFile.Encode(Recipe.Of(request, result).Attach(result.Picture), ".png");
            picture = new StoredPicture(
                _blobs.Add(png), $"{Path.GetFileNameWithoutExtension(job.Content.Name)}-repainted.png", result.Picture.Width, result.Picture.Height);
        }
        return new JobOutcome
        {
            State = result.Completed ? JobState.Done : JobState.Cancelled,
            Finished = DateTimeOffset.UtcNow,
            Result = picture,
            Seconds = result.Run.Elapsed.TotalSeconds,
            Steps = result.Iterations,
            Model = result.Run.Model,
            Notes = result.Notes,
        };
    }
}
