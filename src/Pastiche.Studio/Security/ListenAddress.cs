using System.Net;

namespace Pastiche.Studio.Security;

/// <summary>Addresses to listen at.</summary>
internal static class ListenAddress
{
    /// <summary>Reads an address as ASP.NET Core writes it, <c>http://*:80</c> included; <c>null</c> when it is none.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text.Replace("://*", "://0.0.0.0").Replace("://+", "://0.0.0.0"), UriKind.Absolute, out Uri? url)
        && url.Scheme is "http" or "https" ? url : null;

    /// <summary>Whether only this machine can reach it.</summary>
    public static bool IsLoopback(Uri url) =>
        url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
