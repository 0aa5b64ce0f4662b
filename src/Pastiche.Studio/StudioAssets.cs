using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Pastiche.Studio;

/// <summary>Scripts and style sheets, which are embedded in this assembly.</summary>
internal static class StudioAssets
{
    private const string Prefix = "Pastiche.Studio.Assets.";

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        [".css"] = "text/css",
        [".js"] = "text/javascript",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{file}", (string file) => Find(file)).ExcludeFromDescription();
        routes.MapGet("/_framework/blazor.web.js", () => Find("blazor.web.js")).ExcludeFromDescription();
        routes.MapGet("/favicon.ico", () => Find("icon.svg")).ExcludeFromDescription();
    }

    private static IResult Find(string file)
    {
        Assembly assembly = typeof(StudioAssets).Assembly;
        return MediaTypes.TryGetValue(Path.GetExtension(file), out string? type) && assembly.GetManifestResourceStream(Prefix + file) is { } stream
            ? Results.Stream(stream, type, entityTag: new EntityTagHeaderValue($"\"{assembly.ManifestModule.ModuleVersionId:N}\""))
            : Results.NotFound();
    }
}
