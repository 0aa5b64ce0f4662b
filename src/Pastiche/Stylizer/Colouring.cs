using Pastiche.Colours;
using Pastiche.Imaging;
using Pastiche.Regions;
using Pastiche.Transforms;

namespace Pastiche;

/// <summary>What of a run depends on whose colours it is to have.</summary>
/// <param name="Content">The photograph as the engine is to see it.</param>
/// <param name="Styles">The paintings as it is to see them.</param>
/// <param name="Finish">Makes the result of what the engine reached.</param>
internal sealed record ColouredRun(Picture Content, IReadOnlyList<WeightedStyle> Styles, Func<Picture, Picture> Finish);

/// <summary>Prepares photographs and paintings for the colours that a request asks for.</summary>
/// <param name="mode">The colours; a palette's picture is there.</param>
/// <param name="styles">The paintings at the size at which their style is read.</param>
internal sealed class Colouring(ColourMode mode, IReadOnlyList<WeightedStyle> styles)
{
    // The same for every photograph, so that an engine reads them once.
    private readonly IReadOnlyList<WeightedStyle> _fixed = mode.Kind == ColourKind.Palette ? ByPalette(mode.Palette!, styles) : styles;

    /// <summary>Prepares a photograph.</summary>
    /// <param name="content">The photograph at the result's size.</param>
    /// <param name="map">
    /// What is painted where; <c>null</c>: all paintings everywhere. The paintings of a region take the colours of its part of the
    /// photograph.
    /// </param>
    public ColouredRun Prepare(Picture content, RegionMap? map)
    {
        if (mode.Kind is ColourKind.Style or ColourKind.Palette)
            return new ColouredRun(content, _fixed, result => result);

        LabPicture photograph = LabPicture.Of(content);
        Func<LabPicture, LabPicture, LabPicture> recolour = mode.Kind switch
        {
            ColourKind.ContentHistogram => HistogramTransfer.Apply,
            ColourKind.ContentCovariance => (painting, part) => CovarianceTransfer.Apply(painting, part.Statistics()),
            _ => LuminanceTransfer.Painting,
        };
        IReadOnlyList<WeightedStyle> recoloured = [.. styles.Select((style, index) => Recolour(style, painting => recolour(painting, Part(index))))];
        return mode.Kind == ColourKind.ContentLuminance
            ? new ColouredRun(WithPlanes(content, photograph.Grey().ToPlanes()), recoloured, Finish)
            : new ColouredRun(content, recoloured, result => result);

        LabPicture Part(int style) => photograph.Within(map?.Regions.FirstOrDefault(region => region.Styles.Contains(style))?.Shares);

        Picture Finish(Picture result)
        {
            float[]? cover = map?.Cover;
            float[] planes = LuminanceTransfer.Result(LabPicture.Of(result), photograph, cover).ToPlanes();
            for (int i = 0; i < planes.Length && cover is not null; i++)
            {
                if (cover[i % cover.Length] == 0)
                    planes[i] = content.Planes[i]; // to the bit
            }
            return WithPlanes(result, planes);
        }
    }

    private static IReadOnlyList<WeightedStyle> ByPalette(Picture palette, IReadOnlyList<WeightedStyle> styles)
    {
        FeatureStatistics target = LabPicture.Of(palette).Statistics();
        return [.. styles.Select(style => Recolour(style, painting => CovarianceTransfer.Apply(painting, target)))];
    }

    private static WeightedStyle Recolour(WeightedStyle style, Func<LabPicture, LabPicture> recolour) =>
        style with { Picture = WithPlanes(style.Picture, recolour(LabPicture.Of(style.Picture)).ToPlanes()) };

    private static Picture WithPlanes(Picture picture, float[] planes) => new(picture.Width, picture.Height, planes, picture.Alpha, picture.IccProfile);
}
