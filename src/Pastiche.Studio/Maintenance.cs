using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pastiche.Studio.Jobs;
using Pastiche.Studio.Store;

namespace Pastiche.Studio;

/// <summary>From time to time: unfinished jobs that nobody has in hand go into the queue, and what is too much for the disk goes.</summary>
internal sealed class Maintenance(JobQueue queue, DiskQuota quota, ILogger<Maintenance> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                if (await Task.Run(queue.Restore, stoppingToken) is > 0 and var restored)
                    log.LogInformation("{Count} unfinished jobs are in the queue again", restored);
                if (await Task.Run(quota.Sweep, stoppingToken) is > 0 and var deleted)
                    log.LogInformation("{Count} old jobs were deleted to make room", deleted);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning(exception, "Maintenance failed and is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
