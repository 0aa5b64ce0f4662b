using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Pastiche.Studio.Security;

/// <summary>How much clients may ask for. What is above gets status 429.</summary>
internal static class RateLimits
{
    /// <summary>Requests that bring pictures: few at a time, the others wait.</summary>
    public const string Uploads = "uploads";

    /// <summary>Attempts to log in.</summary>
    public const string Login = "login";

    private const int UploadsAtATime = 4, UploadsWaiting = 64, LoginsPerMinute = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Sets the limits up.</summary>
    public static void Configure(RateLimiterOptions limits, StudioOptions options)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsFree(context.Request.Path)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetSlidingWindowLimiter(Client.Of(context), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = options.RequestsPerMinute,
                Window = Window,
                SegmentsPerWindow = 6,
            }));
        limits.AddConcurrencyLimiter(Uploads, limit => (limit.PermitLimit, limit.QueueLimit) = (UploadsAtATime, UploadsWaiting));
        limits.AddPolicy(Login, context => RateLimitPartition.GetFixedWindowLimiter(
            Client.Of(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = LoginsPerMinute, Window = Window }));
        limits.OnRejected = async (context, cancellation) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "10";
            await Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests; try again later.")
                .ExecuteAsync(context.HttpContext);
        };
    }

    private static bool IsFree(PathString path) =>
        path.StartsWithSegments("/assets") || path.StartsWithSegments("/_framework") || path.StartsWithSegments("/health");
}
