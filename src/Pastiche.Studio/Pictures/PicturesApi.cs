using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Pictures;

/// <summary>Small copies of pictures for the page's own use.</summary>
internal static class PicturesApi
{
    private static readonly int[] Sides = [160, 320, 1280];

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pictures/{blob}/{side:int}", (string blob, int side, HttpContext context, PictureCache cache, BlobStore blobs) =>
            blobs.Contains(blob) && Sides.Contains(side) ? Lasting(context, cache.Jpeg(blob, side)) : Results.NotFound()).ExcludeFromDescription();
        routes.MapGet("/gallery/{id}", (string id, HttpContext context, StyleGallery gallery, PictureCache cache) =>
            gallery.Find(id) is { } painting ? Lasting(context, cache.Jpeg(gallery.Keep(painting).Blob, 320)) : Results.NotFound()).ExcludeFromDescription();
        routes.MapGet("/samples/{file}", (string file, HttpContext context) =>
            StyleGallery.Samples.Contains(file) ? Lasting(context, StyleGallery.Sample(file)) : Results.NotFound()).ExcludeFromDescription();
    }

    // What is in such a file never changes.
    private static IResult Lasting(HttpContext context, byte[] jpeg)
    {
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return Results.Bytes(jpeg, "image/jpeg");
    }
}
