using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Pastiche.Studio.Jobs;
using Pastiche.Studio.Pictures;

namespace Pastiche.Studio.Api;

/// <summary>What clients are told of exceptions: problem details (RFC 9457), with all <c>problems</c> of an input.</summary>
internal sealed class Problems(IProblemDetailsService details) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Status(exception) is not { } status)
            return false;
        httpContext.Response.StatusCode = status;
        var context = new ProblemDetailsContext { HttpContext = httpContext };
        context.ProblemDetails.Status = status;
        context.ProblemDetails.Title = exception is InvalidInputException ? "The request is not valid." : exception.Message;
        if (exception is InvalidInputException { Problems: var problems })
        {
            context.ProblemDetails.Detail = string.Join(' ', problems);
            context.ProblemDetails.Extensions["problems"] = problems;
        }
        await details.WriteAsync(context);
        return true;
    }

    private static int? Status(Exception exception) => exception switch
    {
        InvalidInputException => StatusCodes.Status400BadRequest,
        UploadTooLargeException => StatusCodes.Status413PayloadTooLarge,
        BadHttpRequestException bad => bad.StatusCode,
        QueueFullException => StatusCodes.Status429TooManyRequests,
        StoreFullException => StatusCodes.Status507InsufficientStorage,
        _ => null,
    };
}
