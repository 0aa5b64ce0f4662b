using Hangfire.Dashboard;
using Microsoft.AspNetCore.Http;

namespace Pastiche.Studio.Security;

/// <summary>The queue's dashboard is for whoever sits at the machine, and no proxy's clients.</summary>
internal sealed class OperatorOnly : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context)
    {
        HttpContext http = context.GetHttpContext();
        bool isForwarded = http.Request.Headers.ContainsKey("X-Forwarded-For") || http.Request.Headers.ContainsKey("Forwarded");
        return ApiKeyGate.IsLocal(http) && !isForwarded && http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
    }
}
