using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pastiche.Imaging;
using Pastiche.Studio.Jobs;
using Pastiche.Studio.Security;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Api;

/// <summary>The HTTP API of jobs. Errors are problem details (RFC 9457).</summary>
internal static class JobsApi
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250), Silence = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, (string Extension, string MediaType)> Formats = new()
    {
        ["png"] = (".png", "image/png"),
        ["jpeg"] = (".jpg", "image/jpeg"),
        ["webp"] = (".webp", "image/webp"),
        ["tiff"] = (".tiff", "image/tiff"),
        ["avif"] = (".avif", "image/avif"),
    };

    /// <summary>The formats in which a result can be had, by the name that a request gives.</summary>
    public static IReadOnlyCollection<string> FormatNames => Formats.Keys;

    /// <summary>Adds the API.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/jobs").WithTags("Jobs").ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapPost("", CreateAsync).WithName("CreateJob").RequireRateLimiting(RateLimits.Uploads)
            .WithSummary("Create a job.")
            .WithDescription("Parts: content (file), style (file, or the name of a painting of the gallery; repeat to mix), weight (number, in the styles' order), "
                + "mask (file; the n-th is where the n-th style goes, styles without one are for the rest), settings (JSON object as in presets).")
            .Accepts<JobFormDescription>("multipart/form-data")
            .Produces<JobView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        api.MapGet("", List).WithName("ListJobs").WithSummary("The newest jobs.").Produces<JobView[]>();
        api.MapGet("{id}", Get).WithName("GetJob").WithSummary("A job's state and progress.")
            .Produces<JobView>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("{id}/events", Events).WithName("GetJobEvents").WithSummary("A job's state and progress as server-sent events, until it is finished.")
            .Produces<JobView>(contentType: "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("{id}/result", Result).WithName("GetJobResult").WithSummary("The picture; ?format=png|jpeg|webp|tiff|avif.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("{id}/live", Live).WithName("GetJobPicture").WithSummary("The picture so far, small, as JPEG.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("{id}/cancel", Cancel).WithName("CancelJob").WithSummary("Stop a job; what it had become by then is kept.")
            .Produces<JobView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("{id}", Delete).WithName("DeleteJob").WithSummary("Delete a job with its result; a running one is stopped.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, JobForm form, JobDesk desk)
    {
        JobRequest request = await form.ReadAsync(context.Request, context.RequestAborted);
        Job job = desk.Take(Client.Of(context), request);
        return Results.Created($"/api/jobs/{job.Id}", JobView.Of(job, desk.Before(job)));
    }

    private static IResult List(JobStore jobs, JobDesk desk, int limit = 50) =>
        Results.Ok(jobs.Ids().Take(Math.Clamp(limit, 1, 500)).Select(jobs.Find).OfType<Job>().Select(job => View(job, desk)).ToArray());

    private static IResult Get(string id, JobStore jobs, JobDesk desk) => With(jobs, id, job => Results.Ok(View(job, desk)));

    private static IResult Events(string id, JobStore jobs, JobDesk desk, CancellationToken aborted) =>
        With(jobs, id, _ => Results.ServerSentEvents(Follow(id, jobs, desk, aborted)));

    private static IResult Result(string id, JobStore jobs, BlobStore blobs, string format = "png") => With(jobs, id, job =>
    {
        if (!Formats.TryGetValue(format, out (string Extension, string MediaType) kind))
            throw new InvalidInputException($"format '{format}' is none of {string.Join(", ", Formats.Keys)}");
        if (job.Outcome?.Result is not { } result)
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: $"The job is {job.State.ToString().ToLowerInvariant()} and has no result.");
        byte[] png = blobs.Read(result.Blob);
        return Results.File(
            kind.Extension == ".png" ? png : Convert(png, kind.Extension), kind.MediaType, Path.ChangeExtension(result.Name, kind.Extension));
    });

    private static IResult Live(string id, JobStore jobs) => With(
        jobs, id, _ => jobs.Live(id) is { } jpeg ? Results.Bytes(jpeg, "image/jpeg") : NotFound($"job {id} has no picture yet"));

    private static IResult Cancel(string id, JobStore jobs, JobDesk desk) => With(jobs, id, job =>
    {
        if (!job.IsFinished)
            jobs.Cancel(job);
        return Results.Accepted($"/api/jobs/{id}", View(jobs.Find(id) ?? job, desk));
    });

    private static IResult Delete(string id, JobStore jobs) => With(jobs, id, _ =>
    {
        jobs.Delete(id);
        return Results.NoContent();
    });

    private static async IAsyncEnumerable<SseItem<JobView>> Follow(
        string id, JobStore jobs, JobDesk desk, [EnumeratorCancellation] CancellationToken aborted)
    {
        Job? last = null;
        DateTime said = DateTime.UtcNow;
        while (jobs.Find(id) is { } job)
        {
            // A heart-beat alone is no news, but a connection that is silent for long gets closed on the way.
            bool isNews = last is null || job.State != last.State || job.Progress?.Step != last.Progress?.Step
                || job.Progress?.LiveVersion != last.Progress?.LiveVersion;
            if (isNews || DateTime.UtcNow - said > Silence)
            {
                yield return new SseItem<JobView>(View(job, desk), job.IsFinished ? "finished" : "progress");
                said = DateTime.UtcNow;
            }
            if (job.IsFinished)
                yield break;
            last = job;
            await Task.Delay(Interval, aborted);
        }
    }

    private static JobView View(Job job, JobDesk desk) => JobView.Of(job, job.State == JobState.Queued ? desk.Before(job) : 0);

    private static byte[] Convert(byte[] png, string extension)
    {
        string? note = PictureFile.ReadNote(png, "result");
        return PictureFile.Encode(PictureFile.Read(png, "result").WithNote(note), extension);
    }

    private static IResult With(JobStore jobs, string id, Func<Job, IResult> answer) =>
        jobs.Find(id) is { } job ? answer(job) : NotFound($"there is no job '{(JobStore.IsId(id) ? id : "of that id")}'");

    private static IResult NotFound(string title) => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: title);
}

/// <summary>The parts of a request for a job, for its description; <see cref="JobForm"/> reads them.</summary>
internal sealed class JobFormDescription
{
    public required IFormFile Content { get; init; }

    public required IFormFileCollection Style { get; init; }

    public IFormFileCollection? Mask { get; init; }

    public double[]? Weight { get; init; }

    public string? Settings { get; init; }
}
