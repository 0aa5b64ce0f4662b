namespace Pastiche.Studio.Store;

/// <summary>Where a job is on its way.</summary>
internal enum JobState
{
    /// <summary>It waits for a worker.</summary>
    Queued,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>Its result is there.</summary>
    Done,

    /// <summary>It was stopped; what it had become by then may be there.</summary>
    Cancelled,

    /// <summary>It cannot be done; <see cref="JobOutcome.Problems"/> say why.</summary>
    Failed,
}

/// <summary>A picture that is kept.</summary>
/// <param name="Blob">Its file's id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Width">Columns, upright.</param>
/// <param name="Height">Rows, upright.</param>
internal sealed record StoredPicture(string Blob, string Name, int Width, int Height);

/// <summary>A painting and its share.</summary>
internal sealed record JobStyle(StoredPicture Picture, double Weight = 1);

/// <summary>A part of the photograph with paintings of its own.</summary>
/// <param name="Mask">White where it is.</param>
/// <param name="Styles">Its paintings.</param>
/// <param name="Name">What people call it.</param>
internal sealed record JobRegion(StoredPicture Mask, IReadOnlyList<JobStyle> Styles, string Name);

/// <summary>What a job is to do; never changed.</summary>
internal sealed record JobRequest
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Who asked.</summary>
    public required string Client { get; init; }

    /// <summary>The photograph.</summary>
    public required StoredPicture Content { get; init; }

    /// <summary>The paintings of what no region covers.</summary>
    public required IReadOnlyList<JobStyle> Styles { get; init; }

    /// <summary>Parts with paintings of their own.</summary>
    public IReadOnlyList<JobRegion> Regions { get; init; } = [];

    /// <summary>All hyper-parameters that differ from the defaults.</summary>
    public required StyleSettings Settings { get; init; }

    /// <summary>The ids of all files that it needs.</summary>
    public IEnumerable<string> Blobs() =>
        [Content.Blob, .. Paintings().Select(style => style.Picture.Blob), .. Regions.Select(region => region.Mask.Blob)];

    /// <summary>All paintings, those of regions included.</summary>
    public IEnumerable<JobStyle> Paintings() => Styles.Concat(Regions.SelectMany(region => region.Styles));
}

/// <summary>How far a job is.</summary>
/// <param name="Worker">Who works on it.</param>
/// <param name="Heartbeat">When it was last heard of.</param>
/// <param name="Step">Steps made: evaluations or levels.</param>
/// <param name="Steps">Steps to make; 0: not known yet.</param>
/// <param name="Loss">The loss, if the engine has one.</param>
/// <param name="SecondsLeft">Estimated time to the end, if there is ground for an estimate.</param>
/// <param name="LiveVersion">Counts the pictures that were shown; 0: none.</param>
internal sealed record JobProgress(
    string Worker, DateTimeOffset Heartbeat, int Step = 0, int Steps = 0, double? Loss = null, double? SecondsLeft = null, int LiveVersion = 0)
{
    /// <summary>Without a sign of life for so long, a worker counts as gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether its worker still works, as far as one can know.</summary>
    public bool IsAlive(DateTimeOffset now) => now - Heartbeat < Patience;
}

/// <summary>What came of a job; written once.</summary>
internal sealed record JobOutcome
{
    /// <summary><see cref="JobState.Done"/>, <see cref="JobState.Cancelled"/> or <see cref="JobState.Failed"/>.</summary>
    public required JobState State { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>The picture's file, a PNG; <c>null</c> when there is none.</summary>
    public StoredPicture? Result { get; init; }

    /// <summary>Wall time of the run in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps made.</summary>
    public int Steps { get; init; }

    /// <summary>The network that painted.</summary>
    public string? Model { get; init; }

    /// <summary>What its owner should know of the result.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why it failed, one line each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>An outcome without a picture.</summary>
    public static JobOutcome Of(JobState state, params IReadOnlyList<string> problems) =>
        new() { State = state, Finished = DateTimeOffset.UtcNow, Problems = problems };
}

/// <summary>A job as it is at a moment.</summary>
/// <param name="Request">What it is to do.</param>
/// <param name="Progress">How far it is; <c>null</c> before a worker takes it and after its end.</param>
/// <param name="Outcome">What came of it; <c>null</c> before its end.</param>
/// <param name="IsCancelling">Whether it was asked to stop.</param>
internal sealed record Job(JobRequest Request, JobProgress? Progress, JobOutcome? Outcome, bool IsCancelling)
{
    /// <summary>Its id.</summary>
    public string Id => Request.Id;

    /// <summary>Where it is on its way. A job whose worker died waits for another.</summary>
    public JobState State => Outcome?.State
        ?? (Progress is { } progress && progress.IsAlive(DateTimeOffset.UtcNow) ? JobState.Running : JobState.Queued);

    /// <summary>Whether nothing will happen to it any more.</summary>
    public bool IsFinished => Outcome is not null;
}
