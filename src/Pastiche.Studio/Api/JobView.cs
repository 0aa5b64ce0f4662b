using System.ComponentModel;
using System.Text.Json.Nodes;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Api;

/// <summary>A job as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">queued, running, done, cancelled or failed.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Content">The photograph.</param>
/// <param name="Styles">The paintings of what no region covers.</param>
/// <param name="Regions">Parts with paintings of their own.</param>
/// <param name="Settings">The settings that were given, with the names and values of presets.</param>
internal sealed record JobView(
    [property: Description("32 digits of hex.")] string Id,
    [property: Description("queued, running, done, cancelled or failed.")] string State,
    DateTimeOffset Created,
    PictureView Content,
    IReadOnlyList<StyleView> Styles,
    IReadOnlyList<RegionView> Regions,
    [property: Description("The settings that were given, with the names and values of presets.")] JsonObject Settings)
{
    [Description("Jobs that come before it, while it is queued.")]
    public int? Before { get; init; }

    [Description("How far it is, while it is running.")]
    public ProgressView? Progress { get; init; }

    [Description("The picture: of a job that is done, and of one that was cancelled after its first step.")]
    public ResultView? Result { get; init; }

    [Description("What to know of the result, one line each.")]
    public IReadOnlyList<string> Notes { get; init; } = [];

    [Description("Why it failed, one line each.")]
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Shows a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="before">Jobs that come before it.</param>
    public static JobView Of(Job job, int before) => new(
        job.Id, job.State.ToString().ToLowerInvariant(), job.Request.Created,
        PictureView.Of(job.Request.Content),
        [.. job.Request.Styles.Select(StyleView.Of)],
        [.. job.Request.Regions.Select(region => new RegionView(region.Name, [.. region.Styles.Select(StyleView.Of)]))],
        JsonNode.Parse(SettingsFile.Format(job.Request.Settings))!.AsObject())
    {
        Before = job.State == JobState.Queued ? before : null,
        Progress = job.Progress is { } progress ? new ProgressView(progress.Step, progress.Steps, progress.Loss, progress.SecondsLeft) : null,
        Result = job.Outcome?.Result is { } result
            ? new ResultView(result.Width, result.Height, job.Outcome.Seconds, job.Outcome.Steps, job.Outcome.Model, $"/api/jobs/{job.Id}/result")
            : null,
        Notes = job.Outcome?.Notes ?? [],
        Problems = job.Outcome?.Problems ?? [],
    };
}

/// <summary>A picture.</summary>
internal sealed record PictureView(string Name, int Width, int Height)
{
    public static PictureView Of(StoredPicture picture) => new(picture.Name, picture.Width, picture.Height);
}

/// <summary>A painting and its share.</summary>
internal sealed record StyleView(string Name, double Weight)
{
    public static StyleView Of(JobStyle style) => new(style.Picture.Name, style.Weight);
}

/// <summary>A part of the photograph.</summary>
internal sealed record RegionView(string Name, IReadOnlyList<StyleView> Styles);

/// <summary>How far a job is.</summary>
internal sealed record ProgressView(int Step, int Steps, double? Loss, double? SecondsLeft);

/// <summary>The picture that a job made.</summary>
internal sealed record ResultView(int Width, int Height, double Seconds, int Steps, string? Model, string Url);
