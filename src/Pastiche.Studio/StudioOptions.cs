using System.ComponentModel.DataAnnotations;

namespace Pastiche.Studio;

/// <summary>How the studio runs. Initialisers are the one source of defaults; the attributes are the allowed ranges.</summary>
public sealed record StudioOptions
{
    /// <summary>The address at which it listens unless another is given.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The environment variable that holds the key which clients beyond this machine need.</summary>
    public const string ApiKeyVariable = "PASTICHE_API_KEY";

    /// <summary>The folder of pictures and jobs, which several workers may share; <c>null</c>: <see cref="DefaultFolder"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>The addresses to listen at, as ASP.NET Core knows them: separated by semicolons.</summary>
    public string Urls { get; init; } = DefaultUrl;

    /// <summary>A connection string of PostgreSQL for the queue; <c>null</c>: the queue is in this process and rebuilt from the folder at each start.</summary>
    public string? Storage { get; init; }

    /// <summary>What clients must show to be let in; <c>null</c>: nothing, and only this machine can be one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A folder of paintings that the gallery shows beside its own; <c>null</c>: none.</summary>
    public string? StylesFolder { get; init; }

    /// <summary>Jobs that this process works on at a time; 0: none, other workers do.</summary>
    [Range(0, 64)]
    public int Workers { get; init; } = 1;

    /// <summary>The largest file that is taken, in MiB.</summary>
    [Range(1, 1024)]
    public int MaxUploadMegabytes { get; init; } = 64;

    /// <summary>The most pixels that a picture may have, in millions; decided by its header, before any is decoded.</summary>
    [Range(1, 268)]
    public int MaxMegapixels { get; init; } = 50;

    /// <summary>The longest long side of a result, in pixels.</summary>
    [Range(16, 16384)]
    public int MaxSize { get; init; } = 4096;

    /// <summary>The most unfinished jobs of one client.</summary>
    [Range(1, 10_000)]
    public int MaxQueuePerClient { get; init; } = 20;

    /// <summary>The most space for pictures and results, in GiB; above it the oldest results go.</summary>
    [Range(0.01, 100_000.0)]
    public double DiskGigabytes { get; init; } = 10;

    /// <summary>Requests of one client a minute that are answered; what is above gets status 429.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>Where pictures and jobs are kept unless told otherwise: <c>pastiche/studio</c> in the user's folder for data.</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pastiche", "studio");

    internal string DataFolder => Path.GetFullPath(Folder ?? DefaultFolder);

    internal long MaxUploadBytes => (long)MaxUploadMegabytes << 20;

    internal long MaxPixels => MaxMegapixels * 1_000_000L;

    internal long DiskBytes => (long)(DiskGigabytes * (1L << 30));

    /// <summary>Everything that is wrong with these options, one line each.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        List<ValidationResult> results = [];
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        problems.AddRange(results.Select(result => result.ErrorMessage!));
        Uri?[] urls = [.. Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Security.ListenAddress.Parse)];
        if (urls.Length == 0 || urls.Any(url => url is null))
            problems.Add($"--urls '{Urls}' are no addresses; for example {DefaultUrl}, several with semicolons between");
        else if (ApiKey is null && !urls.All(url => Security.ListenAddress.IsLoopback(url!)))
            problems.Add($"--urls '{Urls}' can be reached from other machines, which needs a key: put one into a file for --api-key-file, or into the environment variable {ApiKeyVariable}");
        if (ApiKey is { Length: < 16 })
            problems.Add($"the API key has {ApiKey.Length} characters; at least 16 are needed");
        if (StylesFolder is { } styles && !Directory.Exists(styles))
            problems.Add($"folder of paintings '{styles}' does not exist");
        return problems;
    }
}
