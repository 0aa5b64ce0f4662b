using Microsoft.AspNetCore.Http;

namespace Pastiche.Studio.Security;

/// <summary>Who a request is from.</summary>
internal static class Client
{
    /// <summary>The client's address.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
