
namespace Pastiche.Studio.Store;

/// <summary>Keeps the folder within its limit: the oldest results go first, a job that is not finished never does.</summary>
internal sealed class DiskQuota(JobStore jobs, BlobStore blobs, StudioOptions options)
{
    /// <summary>An upload may wait so long for the job that it is for.</summary>
    public static readonly TimeSpan UploadsKept = TimeSpan.FromDays(1);

    private long _used;

    /// <summary>Whether there is room for another upload, as of the last sweep.</summary>
    public bool HasRoom => Interlocked.Read(ref _used) <= options.DiskBytes;

    /// <summary>Counts bytes that came in since the last sweep.</summary>
    public void Count(long bytes) => Interlocked.Add(ref _used, bytes);

    /// <summary>Deletes what has to go.</summary>
    /// <returns>How many jobs went.</returns>
    public int Sweep()
    {
        Dictionary<string, FileInfo> files = blobs.List().Where(file => BlobStore.IsId(file.Name)).ToDictionary(file => file.Name);
        List<Job> all = [.. jobs.List()];
        Dictionary<string, int> owners = all.SelectMany(BlobsOf).CountBy(id => id).ToDictionary();
        DateTime young = DateTime.UtcNow - UploadsKept;
        jobs.RemoveDebris(young);
        foreach (FileInfo file in blobs.List().Where(file => !owners.ContainsKey(file.Name) && file.LastWriteTimeUtc < young))
            Delete(file); // nobody's, or a temporary file of a process that died

        long used = files.Values.Where(file => owners.ContainsKey(file.Name) || file.LastWriteTimeUtc >= young).Sum(file => file.Length);
        int deleted = 0;
        foreach (Job job in all.AsEnumerable().Reverse().Where(job => job.IsFinished))
        {
            if (used <= options.DiskBytes)
                break;
            jobs.Delete(job.Id);
            deleted++;
            foreach (string id in BlobsOf(job))
            {
                if (--owners[id] > 0 || !files.TryGetValue(id, out FileInfo? file))
                    continue;
                used -= file.Length;
                Delete(file);
            }
        }
        Interlocked.Exchange(ref _used, used);
        return deleted;
    }

    private static IEnumerable<string> BlobsOf(Job job) =>
        (job.Outcome?.Result is { } result ? job.Request.Blobs().Append(result.Blob) : job.Request.Blobs()).Distinct();

    private static void Delete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (IOException)
        {
            // Somebody reads it, or it is gone: the next sweep sees.
        }
    }
}
