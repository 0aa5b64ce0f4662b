using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Pastiche.Studio.Security;

/// <summary>
/// Lets in who shows the key: programs in each request (<c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>), people once, on a page
/// that gives them a cookie. Without a key this machine alone is let in.
/// </summary>
internal sealed class ApiKeyGate(RequestDelegate next, StudioOptions options)
{
    private const string LoginPath = "/login";

    private static readonly string[] Open = [LoginPath, "/health", "/assets"];

    /// <summary>Sets the cookie up.</summary>
    public static void AddServices(IServiceCollection services) => services
        .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
        .AddCookie(cookie =>
        {
            cookie.Cookie.Name = "pastiche";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
        });

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsLetIn(context))
            await next(context);
        else if (options.ApiKey is null)
            await Refuse(context, StatusCodes.Status403Forbidden, "Only this machine is let in; a key would let others in.");
        else if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            context.Response.Redirect(LoginPath);
        else
            await Refuse(context, StatusCodes.Status401Unauthorized, "A key is needed: Authorization: Bearer KEY.");
    }

    /// <summary>Adds the page where people show the key.</summary>
    public static void MapLogin(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LoginPath, (HttpContext context, IAntiforgery antiforgery) => Page(context, antiforgery, "")).ExcludeFromDescription();
        routes.MapPost(LoginPath, async (HttpContext context, IAntiforgery antiforgery, StudioOptions studio) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context))
                return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The form is too old; open the page again.");
            IFormCollection form = await context.Request.ReadFormAsync();
            if (studio.ApiKey is not { } key || !IsKey(form["key"].ToString(), key))
                return Page(context, antiforgery, "This is not the key.");
            await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "key")], "key")));
            return Results.Redirect("/");
        }).RequireRateLimiting(RateLimits.Login).ExcludeFromDescription();
    }

    /// <summary>Whether a request comes from this machine.</summary>
    public static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    /// <summary>Compares in a time that does not tell how much of the key is right.</summary>
    internal static bool IsKey(string given, string key) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private bool IsLetIn(HttpContext context)
    {
        if (options.ApiKey is not { } key)
            return IsLocal(context);
        return Open.Any(path => context.Request.Path.StartsWithSegments(path))
            || context.User.Identity is { IsAuthenticated: true }
            || Given(context.Request) is { } given && IsKey(given, key);
    }

    private static string? Given(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return request.Headers["X-Api-Key"] is [{ } key] ? key
            : request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim()
            : null;
    }

    private static Task Refuse(HttpContext context, int status, string title) => Results.Problem(statusCode: status, title: title).ExecuteAsync(context);

    private static IResult Page(HttpContext context, IAntiforgery antiforgery, string message)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return Results.Content($"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Pastiche Studio</title>
            <link rel="stylesheet" href="/assets/studio.css"></head>
            <body class="login"><main><h1>Pastiche Studio</h1>
            <form method="post" action="{LoginPath}">
            <label for="key">Key</label> <input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <button type="submit">Open the studio</button><p role="alert">{message}</p></form></main></body></html>
            """, "text/html", statusCode: message.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
    }
}
