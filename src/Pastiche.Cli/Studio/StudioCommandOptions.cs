using System.CommandLine;
using Pastiche.Cli.Options;
using Pastiche.Studio;

namespace Pastiche.Cli.Studio;

/// <summary>The options of <c>pastiche studio</c>, <c>serve</c> and <c>worker</c>. Ranges and defaults are those of <see cref="StudioOptions"/>.</summary>
internal sealed class StudioCommandOptions
{
    private static readonly StudioOptions Defaults = new();

    private readonly Option<string?> _folder = new("--folder")
    {
        HelpName = "DIR",
        Description = $"The folder of pictures, jobs and results; processes that share the work share it. Default {StudioOptions.DefaultFolder}.",
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        HelpName = "CONNECTION",
        Description = "PostgreSQL's connection string for the queue, so that several processes and machines share the work: "
            + "\"Host=db;Database=pastiche;Username=pastiche;Password=...\". Default: the queue is in this process and rebuilt from the folder at each start.",
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        HelpName = "URL[;URL...]",
        Description = $"Addresses to listen at. Default {Defaults.Urls}, which only this machine can reach; others need a key.",
    };

    private readonly Option<string?> _apiKeyFile = new("--api-key-file")
    {
        HelpName = "FILE",
        Description = $"A file whose first line is the key that clients must show. The environment variable {StudioOptions.ApiKeyVariable} does, too.",
    };

    private readonly Option<string?> _styles = new("--styles")
    {
        HelpName = "DIR",
        Description = "A folder of paintings that the gallery shows beside its own.",
    };

    private readonly NumberOption _workers = Number("--workers", nameof(StudioOptions.Workers), Defaults.Workers,
        "Jobs that this process works on at a time; 0 leaves them to others.");

    private readonly NumberOption[] _limits =
    [
        Number("--max-upload", nameof(StudioOptions.MaxUploadMegabytes), Defaults.MaxUploadMegabytes, "The largest file that is taken, in MiB."),
        Number("--max-megapixels", nameof(StudioOptions.MaxMegapixels), Defaults.MaxMegapixels, "The most pixels of a picture that is taken, in millions."),
        Number("--max-size", nameof(StudioOptions.MaxSize), Defaults.MaxSize, "The longest long side of a result."),
        Number("--max-queue", nameof(StudioOptions.MaxQueuePerClient), Defaults.MaxQueuePerClient, "The most unfinished jobs of one client."),
        Number("--disk", nameof(StudioOptions.DiskGigabytes), Defaults.DiskGigabytes, "Space for pictures and results in GiB; above it the oldest results go."),
        Number("--requests", nameof(StudioOptions.RequestsPerMinute), Defaults.RequestsPerMinute, "Requests of one client a minute that are answered."),
    ];

    /// <summary>Whether to leave the browser alone.</summary>
    public Option<bool> NoBrowser { get; } = new("--no-browser") { Arity = ArgumentArity.Zero, Description = "Do not open the browser." };

    /// <summary>The options of a process that serves pages or the API.</summary>
    public OptionGroups Web(params Option[] more) => new(
        ("Serving", [_urls, _apiKeyFile, .. more]),
        ("Pictures and work", [_folder, _styles, _storage, _workers]),
        ("Limits", [.. _limits]));

    /// <summary>The options of a worker.</summary>
    public OptionGroups Worker() => new(("Work", [_storage, _folder, _workers]));

    /// <summary>Reads them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public StudioOptions Read(ParseResult parsed, List<string> problems)
    {
        var read = new ArgumentReader(parsed, problems);
        return new StudioOptions
        {
            Folder = read.FileName(_folder),
            Storage = parsed.GetValue(_storage),
            Urls = parsed.GetValue(_urls) ?? Defaults.Urls,
            ApiKey = ApiKey(read.FileName(_apiKeyFile), problems),
            StylesFolder = read.FileName(_styles),
            Workers = read.Whole(_workers, Defaults.Workers),
            MaxUploadMegabytes = read.Whole(_limits[0], Defaults.MaxUploadMegabytes),
            MaxMegapixels = read.Whole(_limits[1], Defaults.MaxMegapixels),
            MaxSize = read.Whole(_limits[2], Defaults.MaxSize),
            MaxQueuePerClient = read.Whole(_limits[3], Defaults.MaxQueuePerClient),
            DiskGigabytes = read.Number(_limits[4], Defaults.DiskGigabytes),
            RequestsPerMinute = read.Whole(_limits[5], Defaults.RequestsPerMinute),
        };
    }

    private static string? ApiKey(string? file, List<string> problems)
    {
        if (file is null)
            return Environment.GetEnvironmentVariable(StudioOptions.ApiKeyVariable) is { Length: > 0 } key ? key : null;
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"--api-key-file '{file}' cannot be read: {exception.Message}");
            return null;
        }
    }

    private static NumberOption Number(string name, string property, double standard, string text)
    {
        Bounds bounds = Bounds.Of<StudioOptions>(property);
        return new NumberOption(name, "N", bounds, $"{text} Range {bounds}, default {SettingText.Format(standard)}.");
    }
}
