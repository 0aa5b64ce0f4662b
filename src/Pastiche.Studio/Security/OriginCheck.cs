using Microsoft.AspNetCore.Http;

namespace Pastiche.Studio.Security;

/// <summary>
/// A page of somebody else's, open in the same browser, can send forms to this server; they are refused. Browsers tell where a request
/// comes from, other programs need not.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool changesNothing = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        // A socket is opened with GET and can do everything.
        return (changesNothing && request.Headers.Upgrade.Count == 0) || IsOwn(request)
            ? next(context)
            : Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Requests from other sites are not answered.").ExecuteAsync(context);
    }

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
            return false;
        return request.Headers.Origin is not [{ } origin]
            || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            // A proxy that ends TLS in front of us.
            || origin.Equals($"https://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
