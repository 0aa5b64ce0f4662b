using Pastiche.Imaging;

namespace Pastiche.Benchmarks.Regions;

/// <summary>A photograph and what is painted where.</summary>
/// <param name="Name">What files and rows call it.</param>
/// <param name="Content">The photograph.</param>
/// <param name="Regions">The regions, each with one painting.</param>
internal sealed record RegionCase(string Name, Picture Content, IReadOnlyList<StyleRegion> Regions)
{
    /// <summary>The pair with label maps, and two and three paintings on masks drawn by code over Kodak's photographs.</summary>
    /// <param name="images">The folder of pictures.</param>
    public static IEnumerable<RegionCase> All(string images)
    {
        yield return OfLabelMaps(Path.Combine(images, "regions"));
        yield return OfBands("kodim05-2", images, "kodim05.png", isDown: false, "great_wave.jpg", "mosaic.jpg");
        yield return OfBands("kodim04-3", images, "kodim04.png", isDown: true, "starry_night.jpg", "great_wave.jpg", "mosaic.jpg");
    }

    private static RegionCase OfLabelMaps(string folder)
    {
        Picture Read(string name) => PictureFile.Read(Path.Combine(folder, name, "in00.png"));
        Picture style = Read("style"), contentMap = Read("content_segment"), styleMap = Read("style_segment");
        LabelColour[] colours = [new(0x80, 0x80, 0), new(0x80, 0, 0), new(0, 0x80, 0)];
        return new RegionCase("pair", Read("content"), [.. colours.Select(colour => new StyleRegion(
            RegionLabels.MaskOf(contentMap, colour),
            [new StyleSource(style, Name: colour.ToString()) { Mask = RegionLabels.MaskOf(styleMap, colour) }],
            colour.ToString()))]);
    }

    // Bands with a winding border that is soft over some 2 % of the picture.
    private static RegionCase OfBands(string name, string images, string content, bool isDown, params string[] styles)
    {
        Picture photograph = PictureFile.Read(Path.Combine(images, "content", content));
        return new RegionCase(name, photograph, [.. styles.Select((style, band) => new StyleRegion(
            Band(photograph.Width, photograph.Height, isDown, band, styles.Length),
            [new StyleSource(PictureFile.Read(Path.Combine(images, "styles", style)), Name: style)], style))]);
    }

    private static Picture Band(int width, int height, bool isDown, int band, int count)
    {
        var shares = new float[width * height];
        for (int i = 0; i < shares.Length; i++)
        {
            double x = (i % width + 0.5) / width, y = (i / width + 0.5) / height;
            (double along, double across) = isDown ? (y, x) : (x, y);
            double place = along * count + 0.15 * Math.Sin(2 * Math.PI * across);
            double from = band == 0 ? 1 : Math.Clamp((place - band) / 0.04 + 0.5, 0, 1);
            double to = band == count - 1 ? 0 : Math.Clamp((place - band - 1) / 0.04 + 0.5, 0, 1);
            shares[i] = (float)(from - to);
        }
        return new Picture(width, height, [.. shares, .. shares, .. shares]);
    }
}
