using System.Collections.Concurrent;
using System.Text.Json;
using Pastiche.Imaging;

namespace Pastiche.Studio.Store;

/// <summary>
/// Jobs as folders of small files, which several processes may share: what was asked for (written once), how far it is (replaced by
/// whoever works on it), what came of it (created once, so that a job has one outcome whoever else worked on it).
/// </summary>
internal sealed class JobStore(StudioOptions options)
{
    private const string RequestFile = "request.json", ProgressFile = "progress.json", OutcomeFile = "outcome.json",
        CancelFile = "cancel", TicketFile = "ticket", LiveFile = "live.jpg";

    private readonly string _folder = Path.Combine(options.DataFolder, "jobs");
    private readonly ConcurrentDictionary<string, JobRequest> _requests = [];
    private readonly ConcurrentDictionary<string, JobOutcome> _outcomes = [];

    /// <summary>Whether a text can be the id of a job: 32 digits of lower-case hex.</summary>
    public static bool IsId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Makes an id; later ones sort behind earlier ones.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("N");

    /// <summary>Records a job.</summary>
    public void Add(JobRequest request)
    {
        Directory.CreateDirectory(FolderOf(request.Id));
        Write(request.Id, RequestFile, request);
        _requests[request.Id] = request;
    }

    /// <summary>The ids of all jobs, the newest first.</summary>
    public IReadOnlyList<string> Ids() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateDirectories(_folder).Select(path => Path.GetFileName(path)!).Where(IsId).OrderDescending(StringComparer.Ordinal)]
        : [];

    /// <summary>All jobs, the newest first.</summary>
    public IEnumerable<Job> List() => Ids().Select(Find).OfType<Job>();

    /// <summary>Jobs that have no outcome, the newest first.</summary>
    public IEnumerable<Job> Unfinished() => Ids().Where(id => OutcomeOf(id) is null).Select(Find).OfType<Job>();

    /// <summary>A job as it is now; <c>null</c> when there is none of that id.</summary>
    public Job? Find(string id)
    {
        if (RequestOf(id) is not { } request)
            return null;
        JobOutcome? outcome = OutcomeOf(id);
        return new Job(request, outcome is null ? Read<JobProgress>(id, ProgressFile) : null, outcome, File.Exists(PathOf(id, CancelFile)));
    }

    /// <summary>Says how far a job is; nothing happens when it has been deleted.</summary>
    public void Report(string id, JobProgress progress) => TryWrite(id, ProgressFile, progress);

    /// <summary>Shows a job's picture so far.</summary>
    public void Show(string id, byte[] jpeg) => IfThere(() => AtomicFile.Write(PathOf(id, LiveFile), stream => stream.Write(jpeg)));

    /// <summary>A job's picture so far; <c>null</c> when there is none.</summary>
    public byte[]? Live(string id) => IsId(id) ? ReadBytes(PathOf(id, LiveFile)) : null;

    /// <summary>Gives a job its outcome.</summary>
    /// <returns>False when it has one already, which stays, or when it has been deleted.</returns>
    public bool TryFinish(string id, JobOutcome outcome)
    {
        bool isFirst = false;
        IfThere(() =>
        {
            string final = PathOf(id, OutcomeFile), temporary = PathOf(id, $".{Guid.NewGuid():N}.tmp");
            AtomicFile.Write(temporary, stream => JsonSerializer.Serialize(stream, outcome, JobJson.Default.JobOutcome));
            try
            {
                File.Move(temporary, final, overwrite: false); // a hard link, which exists for one of several only
                isFirst = true;
            }
            catch (IOException) when (File.Exists(final))
            {
                File.Delete(temporary);
            }
        });
        return isFirst;
    }

    /// <summary>Asks whoever works on a job to stop and keep what was reached; a job that nobody works on is done for at once.</summary>
    public void Cancel(Job job)
    {
        IfThere(() => AtomicFile.Write(PathOf(job.Id, CancelFile), _ => { }));
        if (job.State == JobState.Queued)
            TryFinish(job.Id, JobOutcome.Of(JobState.Cancelled));
    }

    /// <summary>Whether somebody wants a job stopped: it was cancelled, or is no longer there.</summary>
    public bool IsUnwanted(string id) => !File.Exists(PathOf(id, RequestFile)) || File.Exists(PathOf(id, CancelFile));

    /// <summary>Removes a job. Who works on it notices and stops. Its pictures go when no other job has them.</summary>
    public void Delete(string id)
    {
        IfThere(() =>
        {
            File.Delete(PathOf(id, RequestFile)); // from here on it is not there for anybody
            Directory.Delete(FolderOf(id), recursive: true);
        });
        _requests.TryRemove(id, out _);
        _outcomes.TryRemove(id, out _);
    }

    /// <summary>Removes what is left of jobs that were never recorded or not wholly deleted, because somebody died in between.</summary>
    /// <param name="before">Only what nobody has touched since then.</param>
    public void RemoveDebris(DateTime before)
    {
        foreach (string id in Ids().Where(id => !File.Exists(PathOf(id, RequestFile)) && Directory.GetLastWriteTimeUtc(FolderOf(id)) < before))
            IfThere(() => Directory.Delete(FolderOf(id), recursive: true));
    }

    /// <summary>What the queue calls a job; <c>null</c> before it is in the queue.</summary>
    public string? TicketOf(string id) => ReadBytes(PathOf(id, TicketFile)) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Notes what the queue calls a job.</summary>
    public void SetTicket(string id, string ticket) =>
        IfThere(() => AtomicFile.Write(PathOf(id, TicketFile), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ticket))));

    private JobRequest? RequestOf(string id)
    {
        if (!IsId(id) || !File.Exists(PathOf(id, RequestFile)))
            return null;
        return _requests.TryGetValue(id, out JobRequest? known) ? known
            : Read<JobRequest>(id, RequestFile) is { } read ? _requests[id] = read : null;
    }

    private JobOutcome? OutcomeOf(string id) =>
        _outcomes.TryGetValue(id, out JobOutcome? known) ? known
        : Read<JobOutcome>(id, OutcomeFile) is { } read ? _outcomes[id] = read : null;

    private T? Read<T>(string id, string file) where T : class
    {
        try
        {
            return ReadBytes(PathOf(id, file)) is { } json ? (T?)JsonSerializer.Deserialize(json, typeof(T), JobJson.Default) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidInputException)
        {
            return null; // from another version, or edited by hand: as if it were not there
        }
    }

    private void TryWrite<T>(string id, string file, T value) => IfThere(() => Write(id, file, value));

    private void Write<T>(string id, string file, T value) =>
        AtomicFile.Write(PathOf(id, file), stream => JsonSerializer.Serialize(stream, value, typeof(T), JobJson.Default));

    private static byte[]? ReadBytes(string path)
    {
        try
        {
            // Mostly there is none, and looking costs less than an exception.
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // A job may be deleted at any moment, by another process, too.
    private static void IfThere(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
        }
    }

    private string PathOf(string id, string file) => Path.Combine(FolderOf(id), file);

    // No other text ever becomes a path.
    private string FolderOf(string id) => IsId(id) ? Path.Combine(_folder, id) : throw new ArgumentException($"'{id}' is no id of a job", nameof(id));
}
