using Pastiche.Studio.Pictures;

namespace Pastiche.Studio.Page;

/// <summary>The gallery's paintings as a draft has them.</summary>
internal static class GalleryStyles
{
    /// <summary>All that can be read.</summary>
    public static IEnumerable<DraftStyle> Of(StyleGallery gallery)
    {
        foreach (GalleryPainting painting in gallery.Paintings)
        {
            DraftStyle? style = null;
            try
            {
                style = new DraftStyle(painting.Id, painting.Title, gallery.Keep(painting));
            }
            catch (Exception exception) when (exception is InvalidInputException or IOException)
            {
                // A file of the user's folder that only looks like a picture: the gallery goes on without it.
            }
            if (style is not null)
                yield return style;
        }
    }
}
